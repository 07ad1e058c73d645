"""A form is filled by chat: begun, asked, heard, settled, looked at once more, filed, corrected."""
