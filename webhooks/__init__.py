"""The doors in: each turns what a platform posts into an `Incoming` and hands it to the bot."""
