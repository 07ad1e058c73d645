"""Who comes in: signing in, setting up an account, the visits that are open, signing out."""
