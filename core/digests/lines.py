"""What the text of a digest says, line by line; each line says how soon it may be left out.

0  Desk Senin 25 Nov — Kutai Kartanegara, 18–24 Nov
0  Belum masuk: 31 dari 237 laporan (Marang Kayu 9, Anggana 7, …)
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.digests.calendar import day_shown, heading, local_time, moment_shown, week_shown
from core.digests.digest import Decision, Digest
from core.digests.figures import change_shown, count_shown, percent_of, percent_shown
from core.digests.standing import (
    awaits_confirmations,
    confirms,
    in_language,
    silent_parts,
)
from core.model.people import Role
from core.speech.cutting import shorten, size
from core.speech.texts import Texts, texts

NAMES_ROOM = 48
"""Letters for the names in a line."""
SUBJECT_ROOM = 40
DECISIONS = 3


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    spare: int = 0
    """Where the screen is too small, the line with the highest number goes first; 0 stays."""


def lines_of(digest: Digest, language: str) -> tuple[Line, ...]:
    """Every line there is something to say in; silence first."""
    teller = _Teller(digest, texts(language))
    told: Iterable[Iterable[Line]] = (
        teller.title(),
        teller.silence(),
        teller.confirmations(),
        teller.reports(),
        teller.hours(),
        teller.decisions(),
        teller.cases(),
        teller.topics(),
        teller.logistics(),
        teller.findings(),
        teller.sent_up(),
        teller.catching_up(),
    )
    return tuple(line for part in told for line in part)


@dataclass(frozen=True, slots=True)
class _Teller:
    digest: Digest
    words: Texts

    def title(self) -> Iterator[Line]:
        digest, language = self.digest, self.words.language
        name = shorten(digest.name, SUBJECT_ROOM)
        week = week_shown(digest, language)
        yield self._line("digests.title.line", heading=heading(digest, language), name=name, week=week)

    def silence(self) -> Iterator[Line]:
        tally, count = self.digest.tally, self._count
        if not tally.expected:
            yield self._line("digests.silence.nothing_expected")
        elif not tally.silent:
            yield self._line("digests.silence.none", expected=count(tally.expected))
        else:
            names = self._silent_names()
            key = "digests.silence.all" if tally.silent >= tally.expected else "digests.silence.some"
            text = self._say(key, silent=count(tally.silent), expected=count(tally.expected))
            yield Line(f"{text} ({names})" if names else text)
        yield from self._silent_posts()

    def _silent_posts(self) -> Iterator[Line]:
        silences = self.digest.silences
        if silences:
            since = local_time(min(each.since for each in silences), self.digest.zone).date()
            called = sum(each.called is not None for each in silences)
            key = "digests.silence.posts_called" if called else "digests.silence.posts"
            posts = self._posts()
            day = day_shown(since, self.words.language)
            yield self._line(key, spare=3, posts=posts, since=day, called=self._count(called))

    def _silent_names(self) -> str:
        parts = silent_parts(self.digest)
        return _named([f"{part.name} {self._count(part.tally.silent)}" for part in parts])

    def _posts(self) -> str:
        roles = [each.role for each in self.digest.silences]
        by_role = sorted(((roles.count(role), role) for role in set(roles)), key=lambda each: -each[0])
        return _named(
            [f"{self._count(count)} {role_shown(role, self.words.language)}" for count, role in by_role]
        )

    def confirmations(self) -> Iterator[Line]:
        if awaits_confirmations(self.digest):
            parts = self.digest.parts
            sent = sum(part.confirmation is not None for part in parts)
            names = _named(self.digest.late_parts)
            key = "digests.confirmed.late" if names else "digests.confirmed.all"
            yield self._line(key, spare=1, sent=self._count(sent), of=self._count(len(parts)), names=names)

    def reports(self) -> Iterator[Line]:
        digest, count = self.digest, self._count
        now, before = digest.tally, digest.before
        if now.expected:
            figures = {"told": count(now.told), "expected": count(now.expected)}
            text = self._say("digests.told", percent=self._percent(percent_of(now)), **figures)
            if before.expected:
                text += self._say("digests.told.before", percent=self._percent(percent_of(before)))
            yield Line(text + self._aside(late=now.late, vacant=now.vacant))
        if now.told or before.told:
            filed, nihil = (
                f"{count(here)} ({change_shown(here, there, self.words.language)})" if here or there else "0"
                for here, there in ((now.filed, before.filed), (now.nihil, before.nihil))
            )
            yield self._line("digests.filed", spare=2, filed=filed, nihil=nihil)

    def _aside(self, *, late: int, vacant: int) -> str:
        said = self._say("digests.told.late", count=self._count(late)) if late else ""
        return said + (self._say("digests.told.vacant", count=self._count(vacant)) if vacant else "")

    def hours(self) -> Iterator[Line]:
        for each in self.digest.hours:
            if each.tally.expected:
                title = in_language(each.title, self.words.language) or each.form
                told, expected = self._count(each.tally.told), self._count(each.tally.expected)
                yield self._line("digests.hours", spare=5, title=title, told=told, expected=expected)

    def decisions(self) -> Iterator[Line]:
        decisions = self.digest.decisions
        if decisions:
            shown = [self._decision(each) for each in sorted(decisions, key=_soonest)[:DECISIONS]]
            if len(decisions) > len(shown):
                shown.append(self._say("digests.more", count=self._count(len(decisions) - len(shown))))
            yield self._line("digests.decisions", spare=1, decisions="; ".join(shown))

    def _decision(self, decision: Decision) -> str:
        subject = shorten(decision_subject(self.digest, decision, self.words.language), SUBJECT_ROOM)
        if decision.due is None:
            return subject
        return self._say(
            "digests.decision", subject=subject, day=day_shown(decision.due, self.words.language)
        )

    def cases(self) -> Iterator[Line]:
        cases = self.digest.cases
        opened, still_open = sum(each.opened for each in cases), sum(each.open for each in cases)
        overdue, soon = sum(each.overdue for each in cases), sum(each.due_soon for each in cases)
        if opened or still_open:
            text = self._say("digests.cases", opened=self._count(opened), open=self._count(still_open))
            if overdue:
                text += self._say("digests.cases.overdue", count=self._count(overdue))
            if soon:
                text += self._say("digests.cases.soon", count=self._count(soon))
            yield Line(text, 1)

    def topics(self) -> Iterator[Line]:
        """Those in trouble each with its places, the others by number."""
        for mark, spare in (("masalah", 1), ("perhatian", 3)):
            troubled = [topic for topic in self.digest.topics if topic.mark == mark]
            names = []
            for topic in troubled:
                label = shorten(in_language(topic.label, self.words.language) or topic.name, SUBJECT_ROOM)
                places = _named(topic.troubled, SUBJECT_ROOM)
                names.append(f"{label} ({places})" if places else label)
            if names:
                yield Line(f"{self._say(f'digests.mark.{mark}')}: {_named(names, 2 * NAMES_ROOM)}", spare)
        safe, unknown = (
            sum(topic.mark == mark for topic in self.digest.topics) for mark in ("aman", "belum")
        )
        if safe or unknown:
            key = (
                "digests.topics.both"
                if safe and unknown
                else f"digests.topics.{'safe' if safe else 'unknown'}"
            )
            yield self._line(key, spare=5, safe=self._count(safe), unknown=self._count(unknown))

    def logistics(self) -> Iterator[Line]:
        lacking = sorted(
            (goods for goods in self.digest.logistics if goods.lacking), key=lambda goods: -goods.lacking
        )
        names = [
            f"{in_language(goods.label, self.words.language) or goods.name} {self._count(goods.lacking)}"
            for goods in lacking
        ]
        if names:
            yield self._line("digests.logistics.lacking", spare=4, goods=_named(names))

    def findings(self) -> Iterator[Line]:
        if self.digest.findings:
            yield self._line("digests.findings", spare=2, count=self._count(self.digest.findings))

    def sent_up(self) -> Iterator[Line]:
        """The area's own confirmation, with the coordinator's note."""
        done, level = self.digest.confirmation, self.digest.level
        if not confirms(self.digest):
            return
        if done is None:
            yield self._line(f"digests.not_sent_up.{level}", spare=4)
            return
        moment = moment_shown(done.at, self.digest.zone, self.words.language)
        key = f"digests.sent_up_nihil.{level}" if done.is_nihil else f"digests.sent_up.{level}"
        yield self._line(key, spare=3, moment=moment, by=shorten(done.by, SUBJECT_ROOM))
        if done.note:
            yield self._line("digests.note", spare=4, note=done.note)

    def catching_up(self) -> Iterator[Line]:
        if self.digest.is_catching_up:
            moment = moment_shown(self.digest.made_for, self.digest.zone, self.words.language)
            yield self._line("digests.catching_up", moment=moment)

    def _line(self, key: str, *, spare: int = 0, **values: object) -> Line:
        return Line(self._say(key, **values), spare)

    def _say(self, key: str, **values: object) -> str:
        return self.words.say(key, **values)

    def _count(self, number: int) -> str:
        return count_shown(number, self.words.language)

    def _percent(self, percent: int | None) -> str:
        return percent_shown(percent, self.words.language)


def role_shown(role: str, language: str) -> str:
    return texts(language).say(f"dialogue.role.{role}") if role in set(Role) else role


def decision_subject(digest: Digest, decision: Decision, language: str) -> str:
    """The case's number, or the topic as people call it."""
    label = next((topic.label for topic in digest.topics if topic.name == decision.subject), {})
    subject = (in_language(label, language) if decision.kind == "topic" else "") or decision.subject
    return f"{subject}, {decision.place}" if decision.place else subject


def _soonest(decision: Decision) -> tuple[bool, str, str]:
    return decision.due is None, decision.due.isoformat() if decision.due else "", decision.subject


def _named(names: Iterable[str], room: int = NAMES_ROOM) -> str:
    """As many as there is room for, one at least, and "…" for those left out."""
    given = list(names)
    shown: list[str] = []
    for name in given:
        if shown and size(", ".join([*shown, name])) > room:
            break
        shown.append(shorten(name, room))
    return ", ".join([*shown, *(["…"] if len(shown) < len(given) else [])])
