"""What other systems are told of what happens here: the events, their signatures, when to try again."""
