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
from storage.tables.duties import IS_OPEN, call, campaign_event, election_version, expectation, opening
from storage.tables.entrance import account, account_code, account_link, entrance_link, staff_chat, visit
from storage.tables.monday import digest_kept, digest_state, topic_entry, topics_version
from storage.tables.places import area, holding, invitation, person, post
from storage.tables.reports import form_version, media, report, revision
from storage.tables.talk import (
    IS_UNSAID_REMINDER,
    IS_WITHHELD,
    address,
    approach,
    attempt,
    broadcast,
    enclosure,
    inbox,
    outbox,
    outbox_part,
    session,
)
from storage.tables.types import AnyRow, UTCDateTime, metadata

__all__ = [
    "IS_OPEN",
    "IS_UNSAID_REMINDER",
    "IS_WITHHELD",
    "AnyRow",
    "UTCDateTime",
    "account",
    "account_code",
    "account_link",
    "address",
    "approach",
    "area",
    "attempt",
    "audit",
    "broadcast",
    "call",
    "campaign_event",
    "case_clock",
    "case_exclusion",
    "case_file",
    "case_note",
    "custodian",
    "digest_kept",
    "digest_state",
    "election_version",
    "enclosure",
    "entrance_link",
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
    "outbox_part",
    "person",
    "post",
    "procedure_version",
    "report",
    "revision",
    "session",
    "setting",
    "staff",
    "staff_chat",
    "tick",
    "token",
    "topic_entry",
    "topics_version",
    "visit",
]
