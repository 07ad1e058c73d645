from tests.benchmarks.stages import STAGES


def test_what_is_timed_is_where_it_is_looked_for() -> None:
    """Nobody else would notice that a function has moved: the benchmark is run by hand."""
    for functions in STAGES.values():
        for owner, name in functions:
            assert callable(getattr(owner, name)), f"{owner} has no {name}"
