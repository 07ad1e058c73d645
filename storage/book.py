"""One transaction's view of everything that is remembered: a noun for each kind of row."""

from sqlalchemy import Connection

from storage.accounts import Accounts
from storage.addresses import Addresses
from storage.alike import Pictures
from storage.analysis import Analysis
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
from storage.drafts import Drafts
from storage.elections import Elections
from storage.enclosures import Enclosures
from storage.entrances import Entrances
from storage.events import Events
from storage.forms import Forms
from storage.held import HeldBack
from storage.hook_outbox import HookOutbox
from storage.hooks import Hooks
from storage.identities import Identities
from storage.inbox import Inbox
from storage.inquiries import Inquiries
from storage.invitations import Invitations
from storage.keys import Keys
from storage.latest_digests import LatestDigests
from storage.ledger import Ledger
from storage.mailing import Mailing
from storage.marks import Marks
from storage.media import MediaShelf
from storage.openings import Openings
from storage.openness import Openness
from storage.outbox import Outbox
from storage.owing import Owing
from storage.people import People
from storage.procedures import Procedures
from storage.processes import Processes
from storage.reminders import Reminders
from storage.report_list import ReportList
from storage.reports import Reports
from storage.retention import Retention
from storage.seats import Seats
from storage.sessions import Sessions
from storage.silence import SilentAreas
from storage.staff import Staff
from storage.staff_list import StaffList
from storage.tallies import Tallies
from storage.ticks import Ticks
from storage.tokens import Tokens
from storage.topics import Topics
from storage.traffic import TrafficLook
from storage.vacancies import Vacancies
from storage.verifications import Verifications
from storage.views import Views
from storage.visits import Visits
from storage.weeks import Weeks
from storage.window import Window


class Book:
    """What a job gets to read and write. Nobody below `Store` commits."""

    __slots__ = (
        "accounts",
        "addresses",
        "analysis",
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
        "drafts",
        "elections",
        "enclosures",
        "entrances",
        "events",
        "forms",
        "held",
        "hook_outbox",
        "hooks",
        "identities",
        "inbox",
        "inquiries",
        "invitations",
        "keys",
        "latest_digests",
        "ledger",
        "mailing",
        "marks",
        "media",
        "openings",
        "openness",
        "outbox",
        "owing",
        "people",
        "pictures",
        "procedures",
        "processes",
        "reminders",
        "report_list",
        "reports",
        "retention",
        "seats",
        "sessions",
        "silent",
        "staff",
        "staff_list",
        "tallies",
        "ticks",
        "tokens",
        "topics",
        "traffic",
        "vacancies",
        "verifications",
        "views",
        "visits",
        "weeks",
        "window",
    )

    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys
        self.accounts = Accounts(connection, keys)
        self.addresses = Addresses(connection, keys)
        self.analysis = Analysis(connection, keys)
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
        self.drafts = Drafts(connection, keys)
        self.elections = Elections(connection)
        self.enclosures = Enclosures(connection, keys)
        self.entrances = Entrances(connection)
        self.events = Events(connection)
        self.forms = Forms(connection)
        self.held = HeldBack(connection)
        self.hook_outbox = HookOutbox(connection, keys)
        self.hooks = Hooks(connection, keys)
        self.identities = Identities(connection, keys)
        self.inbox = Inbox(connection, keys)
        self.inquiries = Inquiries(connection, keys)
        self.invitations = Invitations(connection, keys)
        self.latest_digests = LatestDigests(connection, keys)
        self.ledger = Ledger(connection, keys)
        self.mailing = Mailing(connection, keys)
        self.marks = Marks(connection)
        self.media = MediaShelf(connection, keys)
        self.openings = Openings(connection)
        self.openness = Openness(connection)
        self.outbox = Outbox(connection, keys)
        self.owing = Owing(connection)
        self.people = People(connection, keys)
        self.pictures = Pictures(connection)
        self.procedures = Procedures(connection)
        self.processes = Processes(connection)
        self.reminders = Reminders(connection)
        self.report_list = ReportList(connection)
        self.reports = Reports(connection, keys)
        self.retention = Retention(connection, keys)
        self.seats = Seats(connection)
        self.sessions = Sessions(connection, keys)
        self.silent = SilentAreas(connection)
        self.staff = Staff(connection)
        self.staff_list = StaffList(connection)
        self.tallies = Tallies(connection)
        self.ticks = Ticks(connection)
        self.tokens = Tokens(connection, keys)
        self.traffic = TrafficLook(connection)
        self.vacancies = Vacancies(connection)
        self.verifications = Verifications(connection)
        self.views = Views(connection, keys)
        self.visits = Visits(connection)
        self.topics = Topics(connection)
        self.weeks = Weeks(connection, keys)
        self.window = Window(connection)
