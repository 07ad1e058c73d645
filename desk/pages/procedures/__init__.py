"""The procedures at the desk: how cases are worked, in plain words; a new version put in force."""
