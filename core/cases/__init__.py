"""Cases: the procedures they follow, their clocks, numbers and codes, and what each act does to them."""
