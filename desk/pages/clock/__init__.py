"""The room of the clock: what it does, when it did it last and does it next, and what came of it."""
