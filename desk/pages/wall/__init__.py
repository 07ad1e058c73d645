"""The room with a screen on the wall: large calm figures of the day, for everybody in it."""
