"""What can be typed after `lapordesk`: one file for each noun; `lapordesk/cli.py` puts them in order."""
