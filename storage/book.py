"""One transaction's view of everything that is remembered: a noun for each kind of row."""

from sqlalchemy import Connection

from storage.addresses import Addresses
from storage.areas import Areas
from storage.attempts import Attempts
from storage.audit import Audit
from storage.cases import Cases
from storage.custodians import Custodians
from storage.forms import Forms
from storage.identities import Identities
from storage.inbox import Inbox
from storage.invitations import Invitations
from storage.keys import Keys
from storage.marks import Marks
from storage.media import MediaShelf
from storage.outbox import Outbox
from storage.people import People
from storage.procedures import Procedures
from storage.reports import Reports
from storage.sessions import Sessions
from storage.staff import Staff
from storage.ticks import Ticks
from storage.tokens import Tokens


class Book:
    """What a job gets to read and write. Nobody below `Store` commits."""

    __slots__ = (
        "addresses",
        "areas",
        "attempts",
        "audit",
        "cases",
        "connection",
        "custodians",
        "forms",
        "identities",
        "inbox",
        "invitations",
        "keys",
        "marks",
        "media",
        "outbox",
        "people",
        "procedures",
        "reports",
        "sessions",
        "staff",
        "ticks",
        "tokens",
    )

    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys
        self.addresses = Addresses(connection, keys)
        self.areas = Areas(connection)
        self.attempts = Attempts(connection)
        self.audit = Audit(connection, keys)
        self.cases = Cases(connection, keys)
        self.custodians = Custodians(connection)
        self.forms = Forms(connection)
        self.identities = Identities(connection, keys)
        self.inbox = Inbox(connection, keys)
        self.invitations = Invitations(connection, keys)
        self.marks = Marks(connection)
        self.media = MediaShelf(connection, keys)
        self.outbox = Outbox(connection, keys)
        self.people = People(connection, keys)
        self.procedures = Procedures(connection)
        self.reports = Reports(connection, keys)
        self.sessions = Sessions(connection, keys)
        self.staff = Staff(connection)
        self.ticks = Ticks(connection)
        self.tokens = Tokens(connection, keys)
