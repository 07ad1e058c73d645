"""The web chat: a page of our own, the door behind it, and what the page is told as it happens."""
