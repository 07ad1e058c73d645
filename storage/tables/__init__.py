"""Every table, the same on SQLite and PostgreSQL; `migrations/` brings a database to this shape.

`*_sealed` columns hold what `storage/keys.py` sealed; `*_index` and `*_hmac` hold what it is found by.
"""

from storage.tables.cases import (
    audit,
    case_clock,
    case_exclusion,
    case_file,
    case_note,
    case_word,
    custodian,
    identity,
    identity_key,
    procedure_version,
)
from storage.tables.desk import setting, staff, tick, token
from storage.tables.drafts import draft
from storage.tables.duties import (
    IS_LATE,
    IS_OPEN,
    IS_OPEN_NOW,
    call,
    campaign_event,
    election_version,
    expectation,
    opening,
)
from storage.tables.entrance import account, account_code, account_link, visit
from storage.tables.monday import digest_kept, digest_state, topic_entry, topics_version
from storage.tables.pictures import likeness, picture, picture_mark
from storage.tables.places import area, holding, invitation, person, post
from storage.tables.processes import process
from storage.tables.reports import (
    IS_CHANGED,
    IS_FLAGGED,
    IS_NIHIL,
    IS_PRACTICE,
    IS_UNCOUNTED,
    IS_UNVERIFIED,
    form_version,
    media,
    report,
    revision,
)
from storage.tables.review import answer_tally, inquiry, verification
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
from storage.tables.views import saved_view

__all__ = [
    "IS_CHANGED",
    "IS_FLAGGED",
    "IS_LATE",
    "IS_NIHIL",
    "IS_OPEN",
    "IS_OPEN_NOW",
    "IS_PRACTICE",
    "IS_UNCOUNTED",
    "IS_UNSAID_REMINDER",
    "IS_UNVERIFIED",
    "IS_WITHHELD",
    "AnyRow",
    "UTCDateTime",
    "account",
    "account_code",
    "account_link",
    "address",
    "answer_tally",
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
    "case_word",
    "custodian",
    "digest_kept",
    "digest_state",
    "draft",
    "election_version",
    "enclosure",
    "expectation",
    "form_version",
    "holding",
    "identity",
    "identity_key",
    "inbox",
    "inquiry",
    "invitation",
    "likeness",
    "media",
    "metadata",
    "opening",
    "outbox",
    "outbox_part",
    "person",
    "picture",
    "picture_mark",
    "post",
    "procedure_version",
    "process",
    "report",
    "revision",
    "saved_view",
    "session",
    "setting",
    "staff",
    "tick",
    "token",
    "topic_entry",
    "topics_version",
    "verification",
    "visit",
]
