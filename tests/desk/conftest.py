"""Pages and the API are asked on one engine, now this, now that."""

import os
from pathlib import Path
from zlib import crc32

import pytest

HERE = Path(__file__).parent
ASKED = (HERE / "pages", HERE / "api")
SIGHT = HERE / "api" / "test_sight.py"
"""Who sees what is asked on both."""
ENGINES = ("sqlite", "postgres")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What they ask of the database is tested on both in `tests/storage`. `ENGINES=both` asks on both."""
    if os.environ.get("ENGINES") == "both" or config.args[0].find("::") > 0:
        return
    spared = [item for item in items if item.path.is_relative_to(HERE) and _is_spared(item)]
    config.hook.pytest_deselected(items=spared)
    items[:] = [item for item in items if item not in set(spared)]


def _is_spared(item: pytest.Item) -> bool:
    engine = next((one for one in ENGINES if f"[{one}" in item.name), "")
    other = ENGINES[crc32(item.name.replace(engine, "").encode()) % 2] != engine
    asked = any(item.path.is_relative_to(one) for one in ASKED) and item.path != SIGHT
    return bool(engine) and other and asked
