"""Officers work cases by chat: the list, one case, an act that is asked, looked at and done."""
