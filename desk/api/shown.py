"""What the API gives: a case as a line of a list and whole, procedures, the audit log."""

from datetime import date, datetime

from pydantic import BaseModel, Field


class Labelled(BaseModel):
    name: str = Field(examples=["kajian-awal"])
    label: str = Field(description="In the language of `Accept-Language`.", examples=["Kajian awal"])


class ClockShown(BaseModel):
    """A deadline that runs; it is due at the end of `due_on`."""

    name: str
    label: str
    started_on: date
    due_on: date
    due_at: datetime
    extended: bool
    is_past: bool


class CaseLine(BaseModel):
    """A case in a list."""

    number: str = Field(examples=["K-7K2-M9Q"])
    procedure: str = Field(examples=["laporan"])
    version: str = Field(examples=["pilkada-2024-1"])
    state: Labelled
    secrecy: str = Field(description="rahasia, bernama, anonim or resmi.", examples=["rahasia"])
    title: str
    area: str = Field(examples=["64.72.03.1005"])
    office: str = Field(description="The area of the office that works it.", examples=["64.72"])
    opened_at: datetime
    entered_at: datetime = Field(description="Since when it stands in this state.")
    closed_at: datetime | None
    due_at: datetime | None = Field(description="Of the clock that runs out first.")
    is_overdue: bool
    assigned: str = Field(description='Who works it, or "".', examples=["staff:3"])
    awaits: bool = Field(description="A question to the one who brought it is open.")
    official: str = Field(description="The number in the body's register.")
    result: str
    held: bool
    practice: bool
    doubts: list[str]
    serial: int = Field(description="Of its latest act.")


class CasePage(BaseModel):
    """Some cases, what runs out first in front."""

    cases: list[CaseLine]
    next: str | None = Field(description="The cursor of the next page, if there may be one.")


class NoteShown(BaseModel):
    """One act; no note is ever changed."""

    serial: int
    kind: str = Field(examples=["moved"])
    at: datetime
    actor: str = Field(examples=["staff:3"])
    text: str
    details: dict[str, str]
    media: list[str]


class MoveShown(BaseModel):
    """A move that the caller could make now."""

    name: str
    label: str
    target: Labelled
    needs: list[str] = Field(description="reason, number, result, office, identity.")
    results: list[str] = Field(description="What it may end with, where it needs a result.")


class MediaShown(BaseModel):
    id: str
    kind: str
    state: str = Field(description="expected, kept, refused or failed.")
    content_type: str
    size: int | None
    sha256: str = Field(description="Of the original.")
    can_be_viewed: bool = Field(description="There is a cleaned copy.")


class CaseWhole(CaseLine):
    """A case with all that is known of it, but never who brought it."""

    story: str
    accused: str
    where: str
    happened_on: date | None
    known_on: date | None
    form: str
    answers: dict[str, str] = Field(description="What was answered, by its place in the form.")
    missing: list[str] = Field(description="Requirements that are not met yet.")
    report: str = Field(description="The supervisor's report that it comes from.")
    parent: str = Field(description="The case that it grew out of.")
    has_identity: bool = Field(description="Somebody's name lies sealed with the custodians.")
    excluded: list[str]
    clocks: list[ClockShown]
    moves: list[MoveShown]
    notes: list[NoteShown]
    media: list[MediaShown]


class Done(BaseModel):
    """What an act did."""

    case: CaseWhole
    opened: str | None = Field(None, description="The case that grew out of it.", examples=["K-9Q2-B7D"])


class LikelyCase(BaseModel):
    case: CaseLine
    likeness: float = Field(ge=0, le=1)


class Likely(BaseModel):
    """Cases that may be about the same; hints, and never more."""

    cases: list[LikelyCase]


class IdentityShown(BaseModel):
    """Who brought it. Keep it nowhere."""

    identity: dict[str, str]


class TermShown(BaseModel):
    name: str
    label: str
    days: int
    counting: str = Field(description="calendar or working.")
    extension: int


class StateShown(Labelled):
    is_end: bool


class StepShown(BaseModel):
    """A move as the procedure has it."""

    name: str
    label: str
    sources: list[str]
    target: str
    who: list[str]
    needs: list[str]


class ProcedureLine(BaseModel):
    name: str = Field(examples=["laporan"])
    version: str = Field(examples=["pilkada-2024-1"])
    law: str = Field(examples=["pilkada"])
    kind: str
    title: str


class ProcedureWhole(ProcedureLine):
    """A procedure in force: its states, the moves between them, its clocks."""

    start: str
    states: list[StateShown]
    moves: list[StepShown]
    terms: list[TermShown]
    results: list[Labelled]
    number_example: str


class Procedures(BaseModel):
    procedures: list[ProcedureLine]


class AuditRow(BaseModel):
    number: int = Field(description="Of the row in the log, which is one chain.")
    at: datetime
    actor: str
    act: str
    subject: str
    details: dict[str, str]


class AuditRows(BaseModel):
    rows: list[AuditRow]


class StatusShown(BaseModel):
    """What the one who holds the code is told, in the same words as in the chat."""

    status: str
    awaits: bool = Field(description="A question waits for their answer, in the chat.")


class AudienceShown(BaseModel):
    people: int = Field(description="Who hold one of the roles there now, each once.")
    unreachable: int = Field(description="Of them: they never wrote here.")


class BroadcastShown(BaseModel):
    """The same words to many, and how far it is."""

    id: int
    by: str = Field(examples=["staff:3"])
    area: str = Field(examples=["64.72"])
    roles: list[str] = Field(examples=[["ptps"]])
    text: str
    made_at: datetime
    stopped_at: datetime | None
    people: int
    unreachable: int
    waiting: int = Field(description="Not sent yet; a failed try waits for the next.")
    sent: int
    withheld: int = Field(description="WhatsApp lets it out when they write.")
    failed: int = Field(description="Given up.")
    dropped: int = Field(description="Not sent any more: stopped.")


class Broadcasts(BaseModel):
    broadcasts: list[BroadcastShown]
