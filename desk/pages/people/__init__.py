"""People and posts: who holds what in one's own area, how they are reached, and how they are let in."""
