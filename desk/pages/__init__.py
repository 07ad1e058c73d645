"""The web desk: pages under `/desk` for the staff; `desk/pages/app.py` puts it together."""
