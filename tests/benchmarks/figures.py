"""The figures of one measurement, and the table they make."""

import os
import platform
import resource
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from tests.benchmarks.crowd import Observed
from tests.benchmarks.meter import Spent
from tests.benchmarks.stages import STAGES


@dataclass(frozen=True, slots=True)
class Figures:
    """One door on one engine: what the crowd saw, and what it cost."""

    observed: Observed
    spent: Spent

    def __add__(self, other: "Figures") -> "Figures":
        """Two windows as one."""
        return Figures(self.observed + other.observed, self.spent + other.spent)

    @property
    def turns(self) -> int:
        return len(self.observed.replied)

    def of(self, stage: str) -> float:
        """Milliseconds a turn."""
        return 1000 * self.spent.counted.get(stage, 0) / self.turns

    @property
    def rest(self) -> float:
        stages = sum(map(self.of, STAGES))
        return 1000 * self.spent.server / self.turns - stages if stages else 0.0


ROWS: Mapping[str, Callable[[Figures], float]] = {
    "turns a second": lambda one: one.turns / one.observed.seconds,
    "CPU ms a turn, server": lambda one: 1000 * one.spent.server / one.turns,
    "CPU ms a turn, database": lambda one: 1000 * one.spent.database / one.turns,
    "CPU ms a turn, crowd": lambda one: 1000 * one.spent.crowd / one.turns,
    "acknowledged, p50 ms": lambda one: 1000 * percentile(one.observed.acknowledged, 50),
    "acknowledged, p99 ms": lambda one: 1000 * percentile(one.observed.acknowledged, 99),
    "reply there, p50 ms": lambda one: 1000 * percentile(one.observed.replied, 50),
    "reply there, p99 ms": lambda one: 1000 * percentile(one.observed.replied, 99),
    "SQL statements a turn": lambda one: one.spent.counted.get("statements", 0) / one.turns,
    **{f"  {stage}, CPU ms": partial(Figures.of, stage=stage) for stage in STAGES},
    "  all the rest, CPU ms": lambda one: one.rest,
}


def percentile(values: list[float], percent: int) -> float:
    return sorted(values)[len(values) * percent // 100]


def peak() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def machine() -> str:
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores, Python {platform.python_version()}, {platform.system()} {platform.machine()}"


def table(measured: Mapping[str, tuple[Figures, Figures]]) -> str:
    """For each engine LaporDesk, the bare endpoint, and how many times as much the first is."""
    lines = [
        f"{'':26}" + "".join(f"{engine:>30}" for engine in measured),
        f"{'':26}" + f"{'LaporDesk':>12}{'bare':>9}{'ratio':>9}" * len(measured),
    ]
    for name, measure in ROWS.items():
        found = [(measure(ours), measure(bare)) for ours, bare in measured.values()]
        if any(ours for ours, _ in found):
            lines.append(f"{name:26}" + "".join(_cells(ours, bare) for ours, bare in found))
    return "\n".join(lines)


def _cells(ours: float, bare: float) -> str:
    ratio = ours / bare if bare else 0.0
    return f"{_figure(ours):>12}{_figure(bare):>9}{_figure(ratio):>9}"


def _figure(value: float) -> str:
    if not value:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
