"""The room of the Monday desk: an area's week as a page, its files, and what is said of it."""
