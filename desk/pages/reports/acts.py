"""What is done about a report from its page: found in order, asked back about."""

from fastapi import APIRouter, Request, Response

from core.cases.acts import Refusal
from core.reports.asking import inquire
from core.speech.texts import texts
from desk.pages.reports.report import ReportNumber, report_page
from desk.pages.room import TheRoom, TheTongue
from desk.pages.showing import go
from desk.pages.visitor import TheSent, TheVisitor
from desk.reporting import look_up_report
from storage.book import Book
from storage.hook_record import tell_of_verifying
from storage.record import Origin, record


def report_act_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/reports/{number}/verify", verify, methods=["POST"])
    router.add_api_route("/reports/{number}/ask", ask, methods=["POST"])
    return router


async def verify(
    request: Request,
    room: TheRoom,
    visitor: TheVisitor,
    tongue: TheTongue,
    number: ReportNumber,
    sent: TheSent,
) -> Response:
    """The revision that they read; a correction that came meanwhile has to be read first."""
    written, actor = sent.get("serial", ""), visitor.actor

    def job(book: Book) -> bool:
        hand, now = look_up_report(book, number, actor), room.house.clock()
        if written != str(hand.report.latest.serial):
            return False
        if book.verifications.mark(number, hand.report.latest.serial, actor.key, now):
            book.audit.write(actor.key, "report.verified", number, {"serial": written}, now)
            tell_of_verifying(book, hand.report, hand.area, now)
        return True

    if await room.house.write(job):
        return go(f"/reports/{number}", "verify")
    problem = texts(tongue).say("desk_reports.outrun")
    return await report_page(request, room, visitor, tongue, number, status=409, problem=problem)


async def ask(
    request: Request,
    room: TheRoom,
    visitor: TheVisitor,
    tongue: TheTongue,
    number: ReportNumber,
    sent: TheSent,
) -> Response:
    """A question to whoever filed it, on the way that they last wrote by."""
    actor, text, words = visitor.actor, sent.get("text", ""), texts(tongue)

    def job(book: Book) -> str:
        report, now = look_up_report(book, number, actor).report, room.house.clock()
        asked = inquire(report, actor, text)
        if isinstance(asked, Refusal):
            return asked.say(words)
        if not book.addresses.of_person(asked.person):
            return words.say("desk_reports.ask.unreachable")
        record(book, (asked,), Origin.silent(now))
        book.audit.write(actor.key, "report.asked", number, {}, now)
        return ""

    problem = await room.house.write(job)
    if not problem:
        return go(f"/reports/{number}", "ask")
    return await report_page(
        request, room, visitor, tongue, number, status=409, problem=problem, typed=dict(sent)
    )
