"""Forms: an XLSForm is the conversation."""
