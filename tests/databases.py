"""Throw-away databases: SQLite files, and a PostgreSQL server of our own that lives as long as the tests.

Both are copies of one that was migrated once. Nothing is skipped: without PostgreSQL tests fail, in one line.
"""

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from functools import cached_property
from itertools import count
from pathlib import Path

import psycopg
import pytest

from storage.migrate import migrate
from storage.tables import metadata

USER = "lapordesk"
MISSING = "PostgreSQL is not installed, the tests need it: apt-get install postgresql"

WIPE = "; ".join(
    # Only so does the trigger let the audit log go.
    ["SET session_replication_role = replica"]
    + [f'DELETE FROM "{table.name}"' for table in reversed(metadata.sorted_tables)]
    + [
        f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), 1, false)"
        for table in metadata.sorted_tables
        if table.autoincrement_column is not None
    ]
    + ["SET session_replication_role = DEFAULT"]
).encode()


class Databases:
    """Makes fresh databases, each with the newest schema and nothing in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = count(1)
        self._clean: list[str] = []

    def fresh(self, engine: str) -> str:
        """The address of an empty database."""
        return self.sqlite() if engine == "sqlite" else self.postgres()

    def sqlite(self) -> str:
        path = self.folder / f"{next(self._numbers)}.db"
        shutil.copyfile(self._sqlite_template, path)
        return f"sqlite:///{path}"

    def postgres(self) -> str:
        if self._clean:
            return self._clean.pop()
        self._postgres_template.copy(name := f"test{next(self._numbers)}")
        return self._server.url(name)

    def give_back(self, url: str) -> None:
        """Wipe it for the next one: a hundred times faster than another copy."""
        if url.startswith("postgresql"):
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(WIPE)
            self._clean.append(url)

    def bare(self, engine: str) -> str:
        """The address of a database without any table."""
        if engine == "sqlite":
            return f"sqlite:///{self.folder / f'{next(self._numbers)}.db'}"
        self._server.create(name := f"bare{next(self._numbers)}")
        return self._server.url(name)

    @property
    def server(self) -> "Server":
        return self._server

    @cached_property
    def _sqlite_template(self) -> Path:
        path = self.folder / "template.db"
        migrate(f"sqlite:///{path}")
        return path

    @cached_property
    def _postgres_template(self) -> "Template":
        self._server.create("migrated")
        migrate(self._server.url("migrated"))
        return Template(self._server, "migrated")

    @cached_property
    def _server(self) -> "Server":
        return Server()

    def close(self) -> None:
        if "_server" in self.__dict__:
            self._server.stop()


class Server:
    """A PostgreSQL cluster in a folder of its own, reached by a socket in it; fsync stays on."""

    def __init__(self) -> None:
        self.programs = _programs()
        self.folder = Path(tempfile.mkdtemp(prefix="ldpg-"))  # short: a socket's path has at most 107 bytes
        self.as_user = _unprivileged(self.folder)
        self._run("initdb", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-D", self._data)
        self.start()
        atexit.register(self.stop)

    def start(self) -> None:
        log = str(self.folder / "log")
        options = f"-k {self.folder} -c listen_addresses='' -c max_connections=60"
        self._run("pg_ctl", "-w", "-D", self._data, "-l", log, "-o", options, "start")

    def crash(self) -> None:
        """Kill it as a power cut would, as far as its processes go."""
        self._run("pg_ctl", "-w", "-D", self._data, "-m", "immediate", "stop")

    def stop(self) -> None:
        if self.folder.exists():
            self._run("pg_ctl", "-D", self._data, "-m", "immediate", "stop", check=False)
            shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, name: str) -> str:
        return f"postgresql://{USER}@/{name}?host={self.folder}"

    def create(self, name: str, template: str = "template0") -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")  # type: ignore[arg-type]

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _run(self, program: str, *arguments: str, check: bool = True) -> None:
        command = [*self.as_user, str(self.programs / program), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.folder, check=False)
        if check and done.returncode:
            pytest.fail(f"{program} failed: {done.stdout}{done.stderr}", pytrace=False)


class Template:
    """A database that others are copied from."""

    def __init__(self, server: Server, name: str) -> None:
        self.server = server
        self.name = name

    def copy(self, name: str) -> None:
        self.server.create(name, self.name)


def _programs() -> Path:
    """The folder of initdb: Debian keeps it out of the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        pytest.fail(MISSING, pytrace=False)
    return Path(on_path).resolve().parent


def _unprivileged(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: then it runs as the user that its package made, or as nobody."""
    if os.geteuid() != 0:
        return []
    known = {user.pw_name for user in pwd.getpwall()}
    user = "postgres" if "postgres" in known else "nobody"
    shutil.chown(folder, user)
    folder.chmod(0o755)
    return ["runuser", "-u", user, "--"]
