"""Brings a database to the shape of `storage/tables.py`, by the steps in `migrations/versions`."""

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
    engine = _engine(url)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            return _upgrade(connection, to)
    finally:
        engine.dispose()


def version(url: str) -> str | None:
    """The last step that the database has taken; None for an empty one."""
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


def newest() -> str | None:
    """The last step that this program knows."""
    return _script().get_current_head()


def _upgrade(connection: Connection, to: str) -> bool:
    before = MigrationContext.configure(connection).get_current_revision()
    known = {step.revision for step in _script().walk_revisions()}
    if before is not None and before not in known:
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
