"""What is still owed, by chat: how a reminder sounds, how it is answered, what comes tomorrow."""
