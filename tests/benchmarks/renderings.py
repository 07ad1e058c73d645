"""What the Monday run costs once it is counted: 116 areas, each as text, picture, workbook and page.

python -m tests.benchmarks.renderings [--areas 116] [--silent 60]
"""

import argparse
import resource
import time
from collections.abc import Callable
from dataclasses import replace

from core.digests.digest import Digest
from core.digests.text import digest_text
from scheduler.render.paper import make_paper
from scheduler.render.picture import draw_picture
from scheduler.render.sheet import make_sheet
from tests.benchmarks.figures import machine
from tests.core.digests.weeks import DISTRICT, KUKAR, PROVINCE

Making = Callable[[Digest, str], str | bytes]
RENDERINGS: dict[str, Making] = {
    "text": digest_text,
    "picture": draw_picture,
    "workbook": make_sheet,
    "page": make_paper,
}
REGENCIES = 10
MEBIBYTE = 1024 * 1024


def main() -> None:
    asked = _asked()
    weeks = _weeks(asked.areas, asked.silent)
    before = _peak()
    print(f"LaporDesk · {machine()} · {asked.areas} areas, {asked.silent} silent posts each")
    print(f"{'':12}{'ms each':>10}{'slowest':>10}{'KB each':>10}{'all, s':>10}")
    for name, make in RENDERINGS.items():
        spent, sizes = _measured(make, weeks)
        kilobytes = sum(sizes) / len(sizes) / 1024
        mean = 1000 * sum(spent) / len(spent)
        print(f"{name:12}{mean:>10.1f}{1000 * max(spent):>10.1f}{kilobytes:>10.1f}{sum(spent):>10.1f}")
    print(f"peak memory {_peak():.0f} MB, {_peak() - before:.0f} MB more than before")


def _weeks(areas: int, silent: int) -> list[Digest]:
    """A province, its kab/kota, and kecamatan, no two alike."""
    silences = tuple(replace(KUKAR.silences[n % len(KUKAR.silences)], post=n) for n in range(silent))
    kinds = [PROVINCE, *[KUKAR] * REGENCIES, *[DISTRICT] * max(0, areas - REGENCIES - 1)][:areas]
    return [
        replace(kind, name=f"{kind.name} {n}", findings=n, silences=silences) for n, kind in enumerate(kinds)
    ]


def _measured(make: Making, weeks: list[Digest]) -> tuple[list[float], list[int]]:
    spent, sizes = [], []
    for week in weeks:
        began = time.perf_counter()
        made = make(week, "id")
        spent.append(time.perf_counter() - began)
        sizes.append(len(made))
    return spent, sizes


def _peak() -> float:
    """Of this process, in MB: Linux tells it in KB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEBIBYTE


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser("tests.benchmarks.renderings", description="The cost of a digest.")
    parser.add_argument("--areas", type=int, default=116)
    parser.add_argument("--silent", type=int, default=60)
    return parser.parse_args()


if __name__ == "__main__":
    main()
