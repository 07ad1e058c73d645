"""What a big house has seen already, made by the database itself: posts with their holders, years of talk.

An answer that is stored is a message that came, a reply that went out, and a sixteenth of a report. Nobody
could read those reports: they count as looked at for the analysis, or the clock would do that meanwhile.
"""

from datetime import UTC, datetime

from sqlalchemy import Connection, text

from storage.book import Book
from storage.store import Store

OF_A_REPORT = 16
SINCE = datetime(2024, 9, 25, tzinfo=UTC)


def settle(store: Store, posts: int, answers: int) -> None:
    """So many posts more, each with somebody in it, and so many answers, then what autovacuum would do."""
    with store.begin() as book:
        _posts(book, posts)
    with store.begin() as book:
        _answers(book, answers)
    with store.begin() as book:
        book.connection.execute(text("ANALYZE"))


def _posts(book: Book, many: int) -> None:
    here = book.connection
    given = {"at": _spelled(here), "most": many}
    first = {"person": _highest(here, "person"), "post": _highest(here, "post")}
    for statement in (_PEOPLE, _AREAS, _POSTS):
        here.execute(text(_led(statement)), given)
    here.execute(text(_HOLDINGS), given | first)


def _answers(book: Book, many: int) -> None:
    here = book.connection
    sealed = (
        "randomblob(220)" if here.dialect.name == "sqlite" else "decode(repeat(md5('contoh'), 14), 'hex')"
    )
    given = {"at": _spelled(here), "most": many, "inbox": _highest(here, "inbox")}
    given["addresses"] = _highest(here, "address")
    for statement in (_CAME, _WENT, _REPORTS, _REVISIONS):
        here.execute(text(_led(statement.replace("SEALED", sealed))), given)


def _led(statement: str) -> str:
    """`INSERT … WITH … SELECT` is the order of words that both engines take."""
    into, _, chosen = statement.partition("SELECT")
    return f"{into} {_NUMBERS} SELECT {chosen}" if "FROM n" in chosen else statement


def _highest(here: Connection, table: str) -> int:
    return int(here.execute(text(f"SELECT coalesce(max(id), 0) FROM {table}")).scalar_one())


def _spelled(here: Connection) -> object:
    """SQLite keeps moments as text, as `UTCDateTime` writes them."""
    return f"{SINCE:%Y-%m-%d %H:%M:%S.%f}" if here.dialect.name == "sqlite" else SINCE


_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most)"
_CODE = "'64.72.03.' || cast(3000 + i / 900 AS text) || '.' || substr(cast(1000 + i % 900 AS text), 2)"
_PEOPLE = "INSERT INTO person (name, language, created_at, updated_at) SELECT 'Contoh', '', :at, :at FROM n"
_AREAS = f"""
INSERT INTO area (code, name, level, kind, parent, plain)
SELECT {_CODE}, 'Contoh', 'tps', '', '64.72.03.' || cast(3000 + i / 900 AS text), 'contoh' FROM n
"""
_POSTS = f"INSERT INTO post (role, area, seat, zone) SELECT 'ptps', {_CODE}, 1, 'Asia/Makassar' FROM n"
_HOLDINGS = """
INSERT INTO holding (post_id, person_id, since)
SELECT post.id, post.id - :post + :person, :at FROM post WHERE post.id > :post
"""
_CAME = """
INSERT INTO inbox (channel, account, provider_id, address_id, received_at, sent_at, raw_sealed, state, reason)
SELECT 'telegram', 'contoh', cast(i AS text), 1 + i % :addresses, :at, :at, SEALED, 'done', '' FROM n
"""
_WENT = """
INSERT INTO outbox (address_id, inbox_id, reply_sealed, topic, priority, state, holder, attempts, parts_done,
    provider_id, receipt, reason, created_at, sent_at, secret)
SELECT 1 + i % :addresses, :inbox + i, SEALED, '', 0, 'sent', '', 1, 1, 'contoh-' || cast(i AS text), '', '',
    :at, :at, false FROM n
"""
_REPORTS = f"""
INSERT INTO report (number, form, version, post_id, person_id, area, practice, started_at, filed_at, standing,
    serial, counted)
SELECT 'P-' || cast(i AS text), form.name, form.version, holding.post_id, holding.person_id, post.area, false,
    :at, :at, 'filed', 1, 1
FROM n
JOIN (SELECT name, version FROM form_version ORDER BY id LIMIT 1) AS form ON true
JOIN holding ON holding.id = 1 + i % (SELECT max(id) FROM holding) AND i <= :most / {OF_A_REPORT}
JOIN post ON post.id = holding.post_id
"""
_REVISIONS = """
INSERT INTO revision (report, serial, standing, answers_sealed, person_id, channel, filed_at, sent_at)
SELECT number, 1, 'filed', SEALED, person_id, 'telegram', :at, :at FROM report WHERE filed_at = :at
"""
_SEALED = {"sqlite": "randomblob(220)", "postgresql": "decode(repeat(md5('contoh'), 14), 'hex')"}
