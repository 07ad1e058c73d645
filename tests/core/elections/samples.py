"""Elections as the tests need them."""

from dataclasses import replace
from datetime import date, time

from core.elections.election import Cadence, Duty, Election, Stage
from core.model.people import Role

CAMPAIGN = Stage("kampanye", {"id": "Kampanye"}, date(2024, 9, 25), date(2024, 11, 23))
QUIET = Stage("masa-tenang", {"id": "Masa tenang"}, date(2024, 11, 24), date(2024, 11, 26))
VOTING = Stage("pungut-hitung", {"id": "Pemungutan"}, date(2024, 11, 27), date(2024, 11, 27))
BARE = Election(
    "coba",
    "1",
    "pilkada",
    {"id": "Coba"},
    frozenset({"64"}),
    date(2024, 11, 27),
    (CAMPAIGN, QUIET, VOTING),
    (),
)


def duty(
    name: str = "harian",
    cadence: Cadence = "daily",
    stage: str = "masa-tenang",
    due: time = time(20),
    roles: frozenset[Role] = frozenset({Role.PTPS}),
    form: str = "ptps-pungut",
    **more: object,
) -> Duty:
    return replace(Duty(name, form, roles, stage, cadence, due), **more)  # type: ignore[arg-type]


def election(*duties: Duty, **more: object) -> Election:
    return replace(BARE, duties=duties, **more)  # type: ignore[arg-type]
