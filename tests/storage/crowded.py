"""Many others in a database: posts with people who have talked, filed, owed and been answered, made by SQL.

Their words are sealed nothing: they are there to be in the way. Their ids are negative, and so in nobody's.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, text

_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {after})"
_VILLAGE = "'11.01.' || substr(cast(110 + i % 80 AS text), 2) || '.' || cast(1000 + i / 80 % 1000 AS text)"
_TPS = f"{_VILLAGE} || '.' || substr(cast(1001 + i / 80000 AS text), 2)"
_ROWS: dict[str, dict[str, str]] = {
    "area": {
        "code": _TPS,
        "name": "'TPS'",
        "level": "'tps'",
        "kind": "'TPS'",
        "parent": _VILLAGE,
        "plain": "'tps' || i",
    },
    "post": {"id": "-i", "role": "'ptps'", "area": _TPS, "seat": "1", "zone": "'Asia/Jakarta'"},
    "person": {
        "id": "-i",
        "name": "'Contoh'",
        "phone_index": "'p' || i",
        "language": "''",
        "created_at": ":then",
        "updated_at": ":then",
    },
    "holding": {"id": "-i", "post_id": "-i", "person_id": "-i", "since": ":then"},
    "address": {
        "id": "-i",
        "channel": "'telegram'",
        "account": "'700001'",
        "peer_index": "'a' || i",
        "peer_sealed": ":sealed",
        "person_id": "-i",
        "language": "''",
        "last_in_at": ":then",
    },
    "session": {"owner": "'person:-' || i", "state_sealed": ":sealed", "updated_at": ":then"},
    "inbox": {
        "id": "-i",
        "channel": "'telegram'",
        "account": "'700001'",
        "provider_id": "'m' || i",
        "address_id": "-i",
        "received_at": ":then",
        "sent_at": ":then",
        "raw_sealed": ":sealed",
        "state": "'done'",
        "reason": "''",
    },
    "outbox": {
        "id": "-i",
        "address_id": "-i",
        "inbox_id": "-i",
        "reply_sealed": ":sealed",
        "topic": "''",
        "priority": "0",
        "state": "'sent'",
        "holder": "''",
        "attempts": "1",
        "parts_done": "1",
        "provider_id": "'s' || i",
        "receipt": "''",
        "reason": "''",
        "created_at": ":then",
        "sent_at": ":then",
    },
    "report": {
        "number": "'P-' || i",
        "form": ":form",
        "version": "'1'",
        "post_id": "-i",
        "person_id": "-i",
        "area": _TPS,
        "practice": ":no",
        "started_at": ":then",
        "filed_at": ":then",
        "standing": "'filed'",
        "serial": "1",
    },
    "revision": {
        "report": "'P-' || i",
        "serial": "1",
        "standing": "'filed'",
        "answers_sealed": ":sealed",
        "person_id": "-i",
        "channel": "'telegram'",
        "filed_at": ":then",
        "sent_at": ":then",
        "inbox_id": "-i",
    },
    "media": {
        "id": "'x' || i",
        "address_id": "-i",
        "kind": "'image'",
        "state": "'kept'",
        "content_type": "''",
        "attempts": "1",
        "reason": "''",
        "report": "'P-' || i",
        "expected_at": ":then",
        "kept_at": ":then",
    },
    "expectation": {
        "id": "-i",
        "election": "'pilkada'",
        "duty": "'harian'",
        "form": ":form",
        "post_id": "-i",
        "area": _TPS,
        "role": "'ptps'",
        "period": ":then",
        "due_at": ":then",
        "state": "'open'",
        "reminded": "0",
    },
}


def crowd(connection: Connection, many: int, now: datetime, form: str, already: int = 0) -> None:
    """So many others, `already` of whom are there; the form is published."""
    then = now - timedelta(days=2)
    spelled = f"{then:%Y-%m-%d %H:%M:%S.%f}" if connection.dialect.name == "sqlite" else then
    given = {"then": spelled, "sealed": b"-", "form": form, "no": False}
    numbers = _NUMBERS.format(first=already + 1, after=many + 1)
    for table, values in _ROWS.items():
        chosen = f"{numbers} SELECT {', '.join(values.values())} FROM n"
        statement = text(f"INSERT INTO {table} ({', '.join(values)}) {chosen}")
        wanted = {name: given[name] for name in given if f":{name}" in chosen}
        connection.execute(statement, wanted)


BIG = frozenset(_ROWS)
"""The tables that grow with the country."""
