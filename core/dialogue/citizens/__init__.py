"""Citizens by chat: the door, consent, a tip handed in, its case followed to the end."""
