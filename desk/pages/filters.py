"""The filters of a list, as they stand in an address."""

from collections.abc import Iterable, Mapping

LONGEST = 130

Asked = Mapping[str, str]


class Blank(dict[str, str]):
    """What was not asked is empty."""

    def __missing__(self, _: str) -> str:
        return ""


def filters(given: Mapping[str, str], names: Iterable[str]) -> Asked:
    """What is given and not empty; anything that is no filter of ours is left out."""
    tidy = {name: given.get(name, "").replace("\x00", "").strip()[:LONGEST] for name in names}
    return {name: value for name, value in tidy.items() if value}
