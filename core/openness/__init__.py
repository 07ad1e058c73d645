"""What the public is told in figures, and what is left out so that they identify nobody."""
