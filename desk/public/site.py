"""The pages of the public side that look into the store."""

from fastapi import APIRouter

from desk.api.house import House
from desk.public.figures import figures_page
from desk.public.pages import Pages
from desk.public.procedures import procedures_page
from desk.public.status import status_page


def public_site(house: House, name: str) -> APIRouter:
    """`/status`, `/angka`, `/prosedur` and `/data`."""
    pages = Pages(name, house.language, house.zone)
    router = APIRouter(include_in_schema=False)
    router.include_router(status_page(house, pages))
    router.include_router(figures_page(house, pages))
    router.include_router(procedures_page(house, pages))
    return router
