from sqlalchemy import event

from core.model.people import Role
from storage.roster import Entry, import_roster
from storage.store import Store
from storage.vacancies import Posts
from tests.storage.kaltim import NOW, VILLAGE, appoint


def test_posts_without_holder_are_counted_and_listed(store: Store) -> None:
    with store.begin() as book:
        appoint(book)
        import_roster(book, [Entry(2, "Budi", "+628000000012", Role.PTPS, f"{VILLAGE}.013")], NOW)
        assert book.vacancies.counts() == book.vacancies.counts("64.72") == {Role.PTPS: Posts(2, 1)}
        assert book.vacancies.counts("64.02") == {}
        [vacant] = book.vacancies.first()
        assert (vacant.area, vacant.place[:2]) == (f"{VILLAGE}.012", ("TPS 012", "Sidodadi"))
        assert book.vacancies.first("64.02") == []


def test_who_holds_a_post_is_looked_up_in_an_index(store: Store) -> None:
    """The planner's own word, with whole tables made dear."""
    with store.begin() as book:
        appoint(book)
        asked: list[tuple[str, object]] = []
        event.listen(book.connection, "before_cursor_execute", lambda *call: asked.append(call[2:4]))
        book.vacancies.first("64.72")
        here = book.connection
        if here.dialect.name == "postgresql":
            here.exec_driver_sql("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN" if here.dialect.name == "sqlite" else "EXPLAIN"
        statement, given = asked[0]
        plan = str(here.exec_driver_sql(f"{explain} {statement}", given).all())  # type: ignore[arg-type]
    assert "post_area_role_seat" in plan or "autoindex_post" in plan or "uq_post" in plan
    assert "holding_post_id" in plan
