"""The rules, pure: no input or output, no clock, no chance; `now` and new ids come in as arguments."""
