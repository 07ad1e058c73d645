"""A backup: one sealed file with every row and every piece of evidence, good for either engine."""
