"""What the API takes: the bodies of its acts, each with its bounds."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StringConstraints

from core.model.people import Role

WORDS = r"^[^\x00]*[^\x00\s][^\x00]*$"
"""Something that can be read, and kept by a database."""
CASE = r"^K-[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}$"
ACTOR = r"^(staff|person):[1-9][0-9]{0,8}$"
AREA = r"^[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4}(\.[0-9]{3})?)?)?)?$"
NAME = r"^[a-z0-9][a-z0-9-]{0,63}$"

Line = Annotated[str, StringConstraints(max_length=200, pattern=WORDS)]
Reason = Annotated[str, StringConstraints(max_length=2000, pattern=WORDS)]
Text = Annotated[str, StringConstraints(max_length=4000, pattern=WORDS)]
Story = Annotated[str, StringConstraints(max_length=20_000, pattern=WORDS)]
CaseNumber = Annotated[str, StringConstraints(pattern=CASE)]
AreaCode = Annotated[str, StringConstraints(pattern=AREA)]
Name = Annotated[str, StringConstraints(pattern=NAME)]
Serial = Annotated[
    int | None, Field(ge=1, le=1_000_000, description="Of the case as it was read: 409 when it has moved on.")
]


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Act(Asked):
    serial: Serial = None


class NewIdentity(Asked):
    """Who brought it: sealed to the custodians at once, read by nobody without them."""

    nama: Line
    telepon: Line | None = None
    nik: Annotated[str | None, StringConstraints(pattern=r"^[0-9]{16}$")] = None
    alamat: Line | None = None
    lahir: Line | None = None
    pekerjaan: Line | None = None
    surel: Line | None = None


class NewCase(Asked):
    """A complaint, petition or request that came by letter or over the counter."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "procedure": "laporan",
                    "area": "64.72.03",
                    "title": "Pembagian sembako",
                    "story": "Pada tanggal 20 November tim kampanye membagikan sembako di balai desa.",
                    "accused": "Tim kampanye pasangan Contoh",
                    "where": "Balai Kelurahan Sidodadi",
                    "happened_on": "2024-11-20",
                    "known_on": "2024-11-21",
                    "identity": {"nama": "Budi Contoh", "telepon": "+62 800 0000 777"},
                }
            ]
        },
    )

    procedure: Name = Field(description="One of `GET /procedures`.")
    area: AreaCode = Field(description="Where it happened, as exactly as it is known.")
    title: Line
    story: Story
    accused: Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00]*$")] = ""
    where: Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00]*$")] = ""
    happened_on: date | None = None
    known_on: date | None = Field(None, description="When it became known: the reporting term starts there.")
    identity: NewIdentity | None = None


class MoveAsked(Act):
    """A move of the procedure, with what it needs."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"move": "kaji", "reason": "Syarat lengkap.", "serial": 3}]},
    )

    move: Name
    reason: Reason | None = None
    number: Line | None = Field(None, description="The number in the body's own register.")
    result: Name | None = None
    office: AreaCode | None = Field(None, description="The area of the office that takes it over.")


class TextAsked(Act):
    """Words to be kept with the case."""

    text: Text


class AssignmentAsked(Act):
    to: Annotated[str, StringConstraints(pattern=rf"^me$|{ACTOR}")] = Field(
        description="Who works it from now on: `me`, `staff:3`, `person:12`.", examples=["me"]
    )


class ExclusionAsked(Act):
    whom: Annotated[str, StringConstraints(pattern=ACTOR)] = Field(examples=["staff:3"])
    reason: Reason


class LinkAsked(Act):
    other: CaseNumber = Field(description="Another case about the same.", examples=["K-7K2-M9Q"])


class HoldAsked(Act):
    on: bool = Field(description="True: nothing of it is erased. False: no longer so.")
    reason: Reason


class IdentityAsked(Asked):
    """Opening an identity needs a custodian who is there, and a reason that stays written."""

    reason: Annotated[str, StringConstraints(min_length=10, max_length=2000, pattern=WORDS)]
    custodian: Annotated[int, Field(ge=1, le=2**31 - 1)]
    passphrase: Annotated[str, StringConstraints(min_length=1, max_length=400, pattern=r"^[^\x00]*$")] = (
        Field(json_schema_extra={"format": "password"})
    )


class StatusAsked(Asked):
    code: Annotated[str, StringConstraints(min_length=1, max_length=100)] = Field(
        description="The tracking code, in any spelling.", examples=["7Q2M-K9TD-4XW1-B6RE"]
    )


class ListAsked(Asked):
    """Which cases to list; everything narrows the list."""

    state: Name | None = None
    procedure: Name | None = None
    office: AreaCode | None = Field(None, description="Of this office, or of one inside its area.")
    assigned: Annotated[str | None, StringConstraints(pattern=rf"^me$|{ACTOR}")] = None
    overdue: bool = Field(False, description="Only those with a clock that has run out.")
    open: bool = Field(True, description="false: also those that are closed.")
    practice: bool = Field(False, description="Practice cases instead of real ones.")
    q: Annotated[str | None, StringConstraints(max_length=100, pattern=r"^[^\x00]*$")] = Field(
        None,
        description=(
            "A number, an official number, or words that all stand in the case (title, story, accused, "
            "place, answers, notes), in any form of Indonesian: `dilaporkan` finds `laporan`. Words that "
            "stand in every sentence do not count; parts of a word are not found."
        ),
    )
    cursor: Annotated[str | None, StringConstraints(max_length=200)] = Field(
        None, description="`next` of the page before."
    )
    limit: Annotated[int, Field(ge=1, le=100)] = 20


class AudienceAsked(Asked):
    """Whom a broadcast is for: who holds one of the roles in the area."""

    area: Annotated[str, StringConstraints(pattern=rf"{AREA}|^$")] = Field(
        description='The area or one inside it; "" is the whole country.', examples=["64.72"]
    )
    roles: Annotated[list[Role], Field(min_length=1, max_length=6, examples=[["ptps"]])]


class BroadcastAsked(AudienceAsked):
    text: Annotated[str, StringConstraints(max_length=1500, pattern=WORDS)] = Field(
        examples=["Bimtek daring hari Kamis pukul 10.00 WITA. Tautannya ada di menu."]
    )
    urgent: StrictBool = Field(False, description="Also at night and on a Sunday morning.")
