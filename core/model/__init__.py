"""The nouns that every floor of the house shares."""
