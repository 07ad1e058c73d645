"""The voice: one message is one turn and one transaction; what we say leaves through the outbox."""
