"""The room of the ledger: who owes what, who told it late, which posts are vacant, who was phoned."""
