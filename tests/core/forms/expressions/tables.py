"""Markdown tables as lists of rows."""

from pathlib import Path


def rows(file: Path) -> list[tuple[str, ...]]:
    """The cells of every row below a heading; a cell '' is empty, code loses its quotes."""
    lines = [line for line in file.read_text().splitlines() if line.startswith("|")]
    headings = {place - 1 for place, line in enumerate(lines) if line.startswith("|-")}
    return [
        _cells(line)
        for place, line in enumerate(lines)
        if place not in headings and not line.startswith("|-")
    ]


def _cells(line: str) -> tuple[str, ...]:
    cells = line.strip().strip("|").replace("\\|", "\0").split(" | ")
    return tuple(_words(cell.strip().strip("`")) for cell in cells)


def _words(cell: str) -> str:
    return "" if cell == "''" else cell.replace("\0", "|")
