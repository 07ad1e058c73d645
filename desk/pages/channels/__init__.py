"""The room of the channels: how each does, what its platform says, what is stuck and why."""
