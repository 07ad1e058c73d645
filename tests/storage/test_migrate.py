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
