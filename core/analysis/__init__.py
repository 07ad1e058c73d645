"""What many reports say together: answers added up, never words."""
