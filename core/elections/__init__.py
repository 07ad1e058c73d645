"""Elections as data: their stages, and what is due from whom in each."""
