"""Files that an operator reads and changes, in TOML: read key by key, all that is wrong told at once."""
