"""The tables about matters: cases by state and clock, decisions, goods, topics; and what each word means."""

from collections.abc import Iterator

from core.digests.digest import CaseCount, Digest, Logistics, Tally
from core.digests.lines import decision_subject
from core.digests.standing import in_language, topics_by_mark
from core.digests.tables import Row, Share, Table, share_of
from core.digests.tables_of_reports import headings
from core.speech.texts import texts

CASES = ("procedure", "state", "open", "opened", "closed", "overdue", "due_soon")
DECISIONS = ("subject", "code", "decide_by")
GOODS = ("goods", "complete", "lacking", "complete_share")
TOPICS = ("topic", "mark", "note", "troubled")
DEFINED = (
    *("expected", "filed", "nihil", "silent", "late", "vacant", "share", "change"),
    *("due_so_far", "open", "overdue", "due_soon", "findings", "mark", "owed", "called"),
)


def cases(digest: Digest, language: str) -> Table:
    """A line for each procedure, and one for each state of its cases; never a word of any case."""
    rows = tuple(row for each in digest.cases for row in _procedure(each, language))
    return Table(texts(language).say("digests.table.cases"), headings(CASES, language), rows)


def _procedure(count: CaseCount, language: str) -> Iterator[Row]:
    title = in_language(count.title, language) or count.procedure
    every = texts(language).say("digests.cases.every_state")
    yield title, every, count.open, count.opened, count.closed, count.overdue, count.due_soon
    for state, number in count.by_state.items():
        label = in_language(count.state_labels.get(state, {}), language) or state
        yield title, label, number, None, None, None, None


def decisions(digest: Digest, language: str) -> Table:
    """What has to be decided, the soonest first, what has no day last."""
    dated = sorted(
        (each for each in digest.decisions if each.due),
        key=lambda each: (each.due or digest.last, each.subject),
    )
    undated = [each for each in digest.decisions if not each.due]
    rows = tuple(
        (decision_subject(digest, each, language), each.area, each.due) for each in (*dated, *undated)
    )
    return Table(texts(language).say("digests.table.decisions"), headings(DECISIONS, language), rows)


def goods(digest: Digest, language: str) -> Table:
    rows = tuple(
        (in_language(each.label, language) or each.name, each.complete, each.lacking, _complete(each))
        for each in digest.logistics
    )
    return Table(texts(language).say("digests.table.goods"), headings(GOODS, language), rows)


def _complete(kind: Logistics) -> Share | None:
    return share_of(Tally(kind.complete + kind.lacking, kind.complete, 0, kind.lacking))


def topics(digest: Digest, language: str) -> Table:
    rows = tuple(
        (
            in_language(topic.label, language) or topic.name,
            texts(language).say(f"digests.mark.{topic.mark}"),
            topic.note or None,
            ", ".join(topic.troubled) or None,
        )
        for topic in topics_by_mark(digest)
    )
    return Table(texts(language).say("digests.table.topics"), headings(TOPICS, language), rows)


def definitions(language: str) -> Table:
    say = texts(language).say
    rows = tuple((say(f"digests.column.{name}"), say(f"digests.means.{name}")) for name in DEFINED)
    return Table(say("digests.table.definitions"), headings(("word", "meaning"), language), rows)
