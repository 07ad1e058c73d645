"""Puts it together: settings, the app, the commands."""
