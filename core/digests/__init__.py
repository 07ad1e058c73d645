"""The Monday desk: an area's week, counted once for text, picture, sheet and paper."""
