"""Coordinators by chat: the week of their area, its topics, who is silent, what cannot wait."""
