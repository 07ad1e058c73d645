"""Ways out: each sends a fitted part to its platform and tells what became of it."""
