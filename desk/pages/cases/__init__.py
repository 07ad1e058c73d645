"""The room where cases are worked: the list, one case, its acts, its papers, the custodian's door."""
