"""The settings at the desk: read, never changed here; how the house stands; who its custodians are."""
