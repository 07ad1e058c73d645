"""One transaction's view of everything that is remembered: a noun for each kind of row."""

from sqlalchemy import Connection

from storage.accounts import Accounts
from storage.addresses import Addresses
from storage.areas import Areas
from storage.attempts import Attempts
from storage.audit import Audit
from storage.audit_list import AuditList
from storage.broadcasts import Broadcasts
from storage.calls import Calls
from storage.cases import Cases
from storage.coordinators import Coordinators
from storage.custodians import Custodians
from storage.digests import Digests
from storage.elections import Elections
from storage.enclosures import Enclosures
from storage.entrances import Entrances
from storage.events import Events
from storage.forms import Forms
from storage.identities import Identities
from storage.inbox import Inbox
from storage.invitations import Invitations
from storage.keys import Keys
from storage.ledger import Ledger
from storage.mailing import Mailing
from storage.marks import Marks
from storage.media import MediaShelf
from storage.openings import Openings
from storage.outbox import Outbox
from storage.people import People
from storage.procedures import Procedures
from storage.reminders import Reminders
from storage.reports import Reports
from storage.retention import Retention
from storage.sessions import Sessions
from storage.silence import SilentAreas
from storage.staff import Staff
from storage.staff_list import StaffList
from storage.tallies import Tallies
from storage.ticks import Ticks
from storage.tokens import Tokens
from storage.topics import Topics
from storage.vacancies import Vacancies
from storage.visits import Visits
from storage.weeks import Weeks
from storage.window import Window


class Book:
    """What a job gets to read and write. Nobody below `Store` commits."""

    __slots__ = (
        "accounts",
        "addresses",
        "areas",
        "attempts",
        "audit",
        "audit_list",
        "broadcasts",
        "calls",
        "cases",
        "connection",
        "coordinators",
        "custodians",
        "digests",
        "elections",
        "enclosures",
        "entrances",
        "events",
        "forms",
        "identities",
        "inbox",
        "invitations",
        "keys",
        "ledger",
        "mailing",
        "marks",
        "media",
        "openings",
        "outbox",
        "people",
        "procedures",
        "reminders",
        "reports",
        "retention",
        "sessions",
        "silent",
        "staff",
        "staff_list",
        "tallies",
        "ticks",
        "tokens",
        "topics",
        "vacancies",
        "visits",
        "weeks",
        "window",
    )

    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys
        self.accounts = Accounts(connection, keys)
        self.addresses = Addresses(connection, keys)
        self.areas = Areas(connection)
        self.attempts = Attempts(connection)
        self.audit = Audit(connection, keys)
        self.audit_list = AuditList(connection)
        self.broadcasts = Broadcasts(connection, keys)
        self.calls = Calls(connection)
        self.cases = Cases(connection, keys)
        self.coordinators = Coordinators(connection, keys)
        self.custodians = Custodians(connection)
        self.digests = Digests(connection, keys)
        self.elections = Elections(connection)
        self.enclosures = Enclosures(connection, keys)
        self.entrances = Entrances(connection)
        self.events = Events(connection)
        self.forms = Forms(connection)
        self.identities = Identities(connection, keys)
        self.inbox = Inbox(connection, keys)
        self.invitations = Invitations(connection, keys)
        self.ledger = Ledger(connection, keys)
        self.mailing = Mailing(connection, keys)
        self.marks = Marks(connection)
        self.media = MediaShelf(connection, keys)
        self.openings = Openings(connection)
        self.outbox = Outbox(connection, keys)
        self.people = People(connection, keys)
        self.procedures = Procedures(connection)
        self.reminders = Reminders(connection)
        self.reports = Reports(connection, keys)
        self.retention = Retention(connection, keys)
        self.sessions = Sessions(connection, keys)
        self.silent = SilentAreas(connection)
        self.staff = Staff(connection)
        self.staff_list = StaffList(connection)
        self.tallies = Tallies(connection)
        self.ticks = Ticks(connection)
        self.tokens = Tokens(connection, keys)
        self.vacancies = Vacancies(connection)
        self.visits = Visits(connection)
        self.topics = Topics(connection)
        self.weeks = Weeks(connection, keys)
        self.window = Window(connection)
