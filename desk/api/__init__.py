"""The API over cases: `/api/v1`, for officers' programs; `desk/api/app.py` puts it together."""
