"""What the desk does with filed reports: who may see them, how they read, what changed."""
