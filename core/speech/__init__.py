"""How we speak: the sentences in each language, and what each channel can show."""
