"""Every table, the same on SQLite and PostgreSQL; `migrations/` brings a database to this shape.

`*_sealed` columns hold what `storage/keys.py` sealed; `*_index` and `*_hmac` hold what it is found by.
"""

from storage.tables.cases import (
    audit,
    case_clock,
    case_exclusion,
    case_file,
    case_note,
    custodian,
    identity,
    identity_key,
    procedure_version,
)
from storage.tables.desk import setting, staff, tick, token
from storage.tables.duties import campaign_event, election_version, expectation, opening
from storage.tables.entrance import account, account_code, account_link, visit
from storage.tables.places import area, holding, invitation, person, post
from storage.tables.reports import form_version, media, report, revision
from storage.tables.talk import address, attempt, inbox, outbox, session
from storage.tables.types import AnyRow, UTCDateTime, metadata

__all__ = [
    "AnyRow",
    "UTCDateTime",
    "account",
    "account_code",
    "account_link",
    "address",
    "area",
    "attempt",
    "audit",
    "campaign_event",
    "case_clock",
    "case_exclusion",
    "case_file",
    "case_note",
    "custodian",
    "election_version",
    "expectation",
    "form_version",
    "holding",
    "identity",
    "identity_key",
    "inbox",
    "invitation",
    "media",
    "metadata",
    "opening",
    "outbox",
    "person",
    "post",
    "procedure_version",
    "report",
    "revision",
    "session",
    "setting",
    "staff",
    "tick",
    "token",
    "visit",
]
