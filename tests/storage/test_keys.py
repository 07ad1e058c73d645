import base64
import json
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.keys import Keys, KeysUnusable, Ring, SealBroken

KEYS = Keys.make()


@given(st.text(), st.text())
def test_what_was_sealed_opens_in_its_own_place(text: str, row: str) -> None:
    assert KEYS.open(KEYS.seal(text, "person", "phone", row), "person", "phone", row) == text


def test_two_seals_of_one_text_differ() -> None:
    assert KEYS.seal("sama", "t") != KEYS.seal("sama", "t")


@pytest.mark.parametrize(
    "place",
    [
        pytest.param(("inbox", "phone", "1"), id="another table"),
        pytest.param(("person", "name", "1"), id="another column"),
        pytest.param(("person", "phone", "2"), id="another row"),
        pytest.param(("person", "phone"), id="no row"),
        pytest.param(("personphone", "1"), id="the same letters"),
    ],
)
def test_a_sealed_value_does_not_open_elsewhere(place: tuple[str, ...]) -> None:
    sealed = KEYS.seal("+628000000012", "person", "phone", "1")
    with pytest.raises(SealBroken):
        KEYS.open(sealed, *place)


@given(st.integers(min_value=0), st.integers(1, 255))
def test_an_altered_value_does_not_open(at: int, change: int) -> None:
    sealed = bytearray(KEYS.seal("sebuah rahasia", "t", "c", "1"))
    sealed[at % len(sealed)] ^= change
    with pytest.raises(SealBroken):
        KEYS.open(bytes(sealed), "t", "c", "1")


@given(st.binary(max_size=40))
def test_what_was_never_sealed_does_not_open(noise: bytes) -> None:
    with pytest.raises(SealBroken):
        KEYS.open(noise, "t")


def test_after_a_rotation_the_old_opens_and_the_new_seals() -> None:
    old = KEYS.seal("lama", "t")
    rotated = KEYS.rotated()
    assert rotated.open(old, "t") == "lama"
    new = rotated.seal("baru", "t")
    assert rotated.open(new, "t") == "baru"
    with pytest.raises(SealBroken):
        KEYS.open(new, "t")


def test_a_rotation_keeps_indexes_and_codes() -> None:
    rotated = KEYS.rotated()
    assert rotated.index("phone", "+628000000012") == KEYS.index("phone", "+628000000012")
    assert rotated.code("7K2M") == KEYS.code("7K2M")


def test_an_index_depends_on_kind_text_and_key() -> None:
    index = KEYS.index("phone", "+628000000012")
    assert index == KEYS.index("phone", "+628000000012")
    assert index != KEYS.index("peer", "+628000000012")
    assert index != KEYS.index("phone", "+628000000013")
    assert index != Keys.make().index("phone", "+628000000012")


def test_a_code_is_known_however_it_is_spelled() -> None:
    assert KEYS.code("7K2M-9QXT") == KEYS.code(" 7k2m 9qxt ")
    assert KEYS.code("7K2M-9QXT") != KEYS.code("7K2M-9QXU")


def test_no_key_serves_two_purposes() -> None:
    prints = KEYS.prints()
    assert len(set(prints.values())) == len(prints) == 8


def test_the_file_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "keys"
    made = Keys.load(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Keys.load(path).prints() == made.prints()
    assert [file.name for file in path.parent.iterdir()] == ["keys"]


def test_several_first_starts_agree_on_one_file(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        loaded = list(threads.map(Keys.load, [tmp_path / "keys"] * 8))
    assert len({keys.prints()["keys.index"] for keys in loaded}) == 1


def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    Keys.load(path)
    path.chmod(0o640)
    with pytest.raises(KeysUnusable, match="chmod 600"):
        Keys.load(path)


def test_a_rotation_survives_the_file(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    sealed = Keys.load(path).seal("lama", "t")
    Keys.load(path).rotated().save(path)
    assert Keys.load(path).open(sealed, "t") == "lama"
    assert sorted(json.loads(path.read_text())["columns"]) == ["1", "2"]


def _older(path: Path) -> dict[str, object]:
    """Make it a key file as the first version wrote it; what that holds."""
    content = json.loads(path.read_text())
    kept = {name: content[name] for name in ("columns", "files", "index", "codes")}
    path.write_text(json.dumps(kept))
    return kept


def test_an_older_file_is_completed_and_keeps_its_keys(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    before = Keys.load(path).prints()
    kept = _older(path)
    completed = Keys.load(path)
    content = json.loads(path.read_text())
    assert content.items() >= kept.items()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Keys.load(path).prints() == completed.prints()
    changed = {name for name, value in completed.prints().items() if value != before[name]}
    assert changed == {"keys.audit", "keys.links", "keys.replies.1", "keys.words"}


def test_several_starts_with_an_older_file_agree(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    Keys.load(path)
    _older(path)
    with ThreadPoolExecutor(8) as threads:
        loaded = list(threads.map(Keys.load, [path] * 8))
    assert len({keys.prints()["keys.audit"] for keys in loaded}) == 1


def test_an_address_for_news_opens_only_with_its_own_ring() -> None:
    sealed = KEYS.replies.seal(b"55", "case_file", "reply", "K-1")
    with pytest.raises(SealBroken):
        KEYS.columns.open(sealed, "case_file", "reply", "K-1")


def _without_index(content: dict[str, object]) -> None:
    del content["index"]


def _short_key(content: dict[str, object]) -> None:
    content["codes"] = base64.b64encode(b"short").decode()


def _no_columns(content: dict[str, object]) -> None:
    content["columns"] = {}


@pytest.mark.parametrize("damage", [_without_index, _short_key, _no_columns])
def test_a_damaged_file_is_refused(tmp_path: Path, damage: Callable[[dict[str, object]], None]) -> None:
    path = tmp_path / "keys"
    Keys.load(path)
    content = json.loads(path.read_text())
    damage(content)
    path.write_text(json.dumps(content))
    with pytest.raises(KeysUnusable):
        Keys.load(path)


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.touch(0o600)
    with pytest.raises(KeysUnusable, match="not a key file"):
        Keys.load(path)


def test_a_ring_refuses_weak_keys() -> None:
    with pytest.raises(KeysUnusable):
        Ring({1: b"weak"})


def test_a_missing_key_is_said_so() -> None:
    newer = KEYS.rotated()
    only_new = replace(newer, columns=Ring({2: newer.columns.keys[2]}))
    with pytest.raises(SealBroken, match="not in the key file"):
        only_new.open(KEYS.seal("lama", "t"), "t")
