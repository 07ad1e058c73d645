"""Small facts about this installation, one row each: is it a demo, which templates Twilio made for us."""

from sqlalchemy import Connection, bindparam, delete, select

from storage.tables import setting
from storage.upsert import insert_into


class Marks:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def get(self, name: str) -> str:
        """What is noted under that name; empty when nothing is."""
        return self.connection.execute(_GET, {"called": name}).scalar() or ""

    def put(self, name: str, value: str) -> None:
        insert = insert_into(self.connection, setting)
        noted = insert.on_conflict_do_update(
            index_elements=[setting.c.name], set_={"value": insert.excluded.value}
        )
        self.connection.execute(noted, {"name": name, "value": value})

    def drop(self, name: str) -> None:
        self.connection.execute(_DROP, {"called": name})


_GET = select(setting.c.value).where(setting.c.name == bindparam("called"))
_DROP = delete(setting).where(setting.c.name == bindparam("called"))
