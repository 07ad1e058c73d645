import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, NullPool, create_engine, inspect, text
from sqlalchemy.engine.interfaces import ReflectedIndex

from storage.migrate import NewerDatabase, migrate, newest, version
from storage.tables import metadata
from tests.databases import Databases


@pytest.fixture
def bare_url(databases: Databases, engine: str) -> str:
    return databases.bare(engine)


def connected(url: str) -> Connection:
    return create_engine(url, poolclass=NullPool).connect()


def test_the_steps_lead_to_the_tables(bare_url: str) -> None:
    migrate(bare_url)
    with connected(bare_url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_partial_indexes_and_checks_are_there_too(bare_url: str) -> None:
    """What autogenerate does not compare."""
    migrate(bare_url)
    with connected(bare_url) as connection:
        there = inspect(connection)
        for table in metadata.sorted_tables:
            checks = {str(check["name"]) for check in there.get_check_constraints(table.name)}
            wanted = {str(c.name) for c in table.constraints if type(c).__name__ == "CheckConstraint"}
            assert checks == wanted, table.name
            partial = {str(i["name"]) for i in there.get_indexes(table.name) if _condition(i)}
            assert partial == {
                i.name for i in table.indexes if i.dialect_options["sqlite"]["where"] is not None
            }


def _condition(index: ReflectedIndex) -> bool:
    return any(name.endswith("_where") for name in index.get("dialect_options", {}))


def test_a_second_time_there_is_nothing_to_do(bare_url: str) -> None:
    assert version(bare_url) is None
    assert migrate(bare_url)
    assert version(bare_url) == newest()
    assert not migrate(bare_url)


def test_a_database_of_a_newer_program_is_left_alone(bare_url: str) -> None:
    migrate(bare_url)
    with connected(bare_url) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.commit()
    with pytest.raises(NewerDatabase, match="9999"):
        migrate(bare_url)


def test_what_waited_before_the_account_stood_in_the_row_can_be_claimed(bare_url: str) -> None:
    migrate(bare_url, "0015")
    with connected(bare_url) as connection:
        connection.execute(text(AN_ADDRESS), {"at": AT})
        for row, state in enumerate(("waiting", "sent", "parked"), 1):
            due = AT if state == "waiting" else None
            connection.execute(text(A_MESSAGE), {"row": row, "state": state, "due": due, "at": AT})
        connection.commit()
    migrate(bare_url)
    with connected(bare_url) as connection:
        accounts = connection.execute(text("SELECT account FROM outbox ORDER BY id")).scalars().all()
    assert accounts == ["sms:+628000000901", "", "sms:+628000000901"]


AT = "2024-11-27 01:00:00.000000"
AN_ADDRESS = """
INSERT INTO address (id, channel, account, peer_index, peer_sealed, language, last_in_at)
VALUES (1, 'sms', '+628000000901', 'x', '', '', :at)
"""
A_MESSAGE = """
INSERT INTO outbox (id, address_id, reply_sealed, topic, priority, state, due_at, holder, attempts,
    parts_done, receipt, reason, created_at)
VALUES (:row, 1, '', '', 0, :state, :due, '', 0, 0, '', '', :at)
"""
