"""Brings a database to the shape of `storage/tables.py`, by the steps in `migrations/versions`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.pool import NullPool

LOCK = 0x1A9052DE5
"""Any number that nobody else uses: PostgreSQL's advisory lock while we migrate."""


class NewerDatabase(Exception):
    """The database was migrated by a newer LaporDesk: update the program."""


def migrate(url: str, to: str = "head") -> bool:
    """Bring the database up to date, whole or not at all; False when there was nothing to do."""
    with building(url) as connection:
        return upgrade(connection, to)


@contextmanager
def building(url: str) -> Iterator[Connection]:
    """One transaction in which nobody else migrates; SQLite looks at no foreign keys in it."""
    engine = _engine(url)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            yield connection
    finally:
        engine.dispose()


def version(url: str) -> str | None:
    """The last step that the database has taken; None for an empty one."""
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            return revision(connection)
    finally:
        engine.dispose()


def revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def is_known(step: str) -> bool:
    """This program can bring a database there, and from there up to date."""
    return step in {known.revision for known in _script().walk_revisions()}


def newest() -> str | None:
    """The last step that this program knows."""
    return _script().get_current_head()


def upgrade(connection: Connection, to: str = "head") -> bool:
    """The steps that are missing, in the transaction at hand; False when none is."""
    before = revision(connection)
    if before is not None and not is_known(before):
        raise NewerDatabase(f"{NewerDatabase.__doc__} (it stands at {before}, we know up to {newest()})")
    if before == newest():
        return False
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    return True


def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


def _engine(url: str) -> Engine:
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return create_engine(address.set(drivername="postgresql+psycopg"), poolclass=NullPool)
    Path(address.database or "").parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, poolclass=NullPool, connect_args={"isolation_level": None, "timeout": 30})
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine
