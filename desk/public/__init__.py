"""The public side, at `/`: how to report, status by code, figures, procedures, open data."""

from desk.public.front import public_page
from desk.public.site import public_site

__all__ = ["public_page", "public_site"]
