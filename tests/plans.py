"""How an engine would go about a query: the names of the indexes that it uses stand in the answer."""

from sqlalchemy import Connection, Select, text


def plan(connection: Connection, query: Select[*tuple[object, ...]]) -> str:
    """Of nearly empty tables PostgreSQL would read all: it is told not to."""
    is_sqlite = connection.dialect.name == "sqlite"
    if not is_sqlite:
        connection.execute(text("SET LOCAL enable_seqscan = off"))
    compiled = query.compile(connection, compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN QUERY PLAN" if is_sqlite else "EXPLAIN"
    rows = connection.exec_driver_sql(f"{explain} {str(compiled).replace('%', '%%')}").all()
    return "\n".join(" ".join(map(str, row)) for row in rows)
