"""What stands around the pages: headers on every answer, forms only from our own pages."""

import re
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from core.model.people import Role
from desk.pages.app import ROUTES
from desk.pages.room import PATH, TEMPLATES
from desk.pages.statics import static
from tests.desk.pages.desk_office import ADDRESS, SAME, DeskOffice, Officer

POSTING = [
    route.path
    for routes in ROUTES
    for route in routes().routes
    if isinstance(route, APIRoute) and "POST" in route.methods
]
OVERSEEN = ("/clock", "/channels", "/staff", "/audit", "/settings", "/procedures")
"""Rooms that are not there for anybody else."""
STYLE = static("sheet.css").removeprefix(PATH)
FROM: dict[str, tuple[dict[str, str], bool]] = {
    "our page": (SAME, True),
    "an old browser": ({"Origin": ADDRESS}, True),
    "a browser without Origin": ({"Sec-Fetch-Site": "same-origin"}, True),
    "another site": ({"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, False),
    "another site that lies": ({"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"}, False),
    "a sister site": ({"Sec-Fetch-Site": "same-site", "Origin": "https://x.example.org"}, False),
    "a frame without origin": ({"Origin": "null"}, False),
    "typed by hand": ({"Sec-Fetch-Site": "none"}, False),
    "our name inside another": ({"Origin": f"{ADDRESS}.evil.example"}, False),
    "nowhere": ({}, False),
}


@pytest.mark.parametrize(("headers", "is_ours"), FROM.values(), ids=FROM.keys())
def test_a_form_comes_from_our_own_page(
    desk_office: DeskOffice, umi: Officer, headers: dict[str, str], is_ours: bool
) -> None:
    number = desk_office.opens()
    before = desk_office.case(number).serial
    answer = umi.post(f"/cases/{number}/note", headers, serial=str(before), text="Catatan.")
    assert answer.status_code == (303 if is_ours else 403)
    assert desk_office.case(number).serial == before + is_ours
    assert umi.knock().status_code == 303  # our own form still opens
    fields = {"email": umi.email, "password": "x", "code": "1"}
    shut = umi.browser.post("/desk/sign-in", data=fields, headers=headers)
    assert ("E-mail" in shut.text and "not right" in shut.text) == is_ours


@pytest.mark.parametrize("mark", ["", "0" * 64, "of another", "twice"])
def test_a_form_bears_the_mark_of_its_visit(desk_office: DeskOffice, umi: Officer, mark: str) -> None:
    number = desk_office.opens()
    other = desk_office.officer(umi.role, umi.area, "lain@contoh.example").enter()
    shown = {"of another": other.mark(), "twice": umi.mark() * 2}.get(mark, mark)
    sent = {"csrf": shown, "serial": str(desk_office.case(number).serial), "text": "Catatan."}
    answer = umi.browser.post(f"/desk/cases/{number}/note", data=sent, headers=SAME)
    assert answer.status_code == 403
    assert len(desk_office.case(number).notes) == 1


def test_every_post_route_asks_for_both(desk_office: DeskOffice, umi: Officer) -> None:
    routes = [one for one in POSTING if "{shown}" not in one]
    assert len(routes) >= 10
    number = desk_office.opens()
    overseer = desk_office.officer(Role.PROVINSI, "64").enter()
    for path in routes:
        who = overseer if path.startswith(OVERSEEN) else umi
        named = "P-7K2-M9Q" if path.startswith("/reports") else number
        there = path.replace("{number}", str(umi.visit) if "visits" in path else named)
        without = who.browser.post(f"/desk{there}", data={"csrf": who.mark()})
        assert without.status_code == 403, there
        if not path.startswith("/sign-in"):
            assert who.browser.post(f"/desk{there}", data={}, headers=SAME).status_code == 403, there


@pytest.mark.parametrize("path", ["/", "/cases", "/sign-in", "/account", "/nowhere", STYLE, "/begin/x"])
def test_every_answer_is_guarded(umi: Officer, path: str) -> None:
    headers = umi.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src 'self';" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    if path != STYLE:
        assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=lambda file: file.name)
def test_no_page_holds_a_script_or_a_style_in_itself(template: Path) -> None:
    page = template.read_text()
    assert not re.search(
        r"<script(?! src=\"\{\{ static)|<style|\sstyle=|\son[a-z]+=|javascript:|\|\s*safe", page
    )
    assert not re.search(r"(src|href|action)=\"https?:", page)


def test_a_form_that_is_too_large_is_not_read(desk_office: DeskOffice, umi: Officer) -> None:
    number = desk_office.opens()
    assert umi.act(number, "note", text="x" * 70_000).status_code == 413
    assert umi.act(number, "note", **{f"f{n}": "" for n in range(60)}).status_code == 400
