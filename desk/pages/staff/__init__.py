"""The staff at the desk: who works where, taken in and let go by those who oversee; tokens for programs."""
