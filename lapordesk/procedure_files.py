"""Procedure files: one, or all those of a folder, read together, with everything that is wrong with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from core.cases.procedure import Procedure
from core.cases.procedures import check_together, read_procedure
from core.toml.problems import Problem
from lapordesk.workbooks import BUNDLED

KIND = ".toml"


@dataclass(frozen=True, slots=True)
class ProcedureFile:
    file: str
    source: str
    procedure: Procedure | None
    problems: tuple[Problem, ...]


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files themselves, and those that lie in the folders."""
    return [file for path in paths for file in (sorted(path.glob(f"*{KIND}")) if path.is_dir() else [path])]


def bundled_procedures(law: str) -> list[Path]:
    """Those that come with LaporDesk for the law, pilkada or pemilu."""
    return files_in([BUNDLED / "procedures" / law])


def read_together(
    texts: Mapping[Path, str], published: Iterable[str] = (), is_whole: bool = True
) -> list[ProcedureFile]:
    """Each file with its problems; when they are the whole set, with those that show only side by side."""
    read = {str(path): (text, *read_procedure(text, path.name)) for path, text in texts.items()}
    sound = {path: procedure for path, (_, procedure, _) in read.items() if procedure}
    between = check_together(sound, published) if is_whole else ()
    return [
        ProcedureFile(
            Path(path).name,
            source,
            procedure,
            (*problems, *(_named(problem) for problem in between if problem.file == path)),
        )
        for path, (source, procedure, problems) in read.items()
    ]


def _named(problem: Problem) -> Problem:
    return Problem(Path(problem.file).name, problem.line, problem.path, problem.key, problem.values)
