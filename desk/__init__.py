"""The coordinators' room and the public page."""
