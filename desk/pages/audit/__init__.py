"""The audit log at the desk: leafed through by those who oversee, and its chain verified."""
