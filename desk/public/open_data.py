"""Open data as the law on public information asks: the figures as CSV and JSON, and what each field means.

/data/aduan.csv             area_code,area,month,procedure,received,closed,median_days
/data/laporan-pengawas.json {"dataset": "laporan-pengawas", "updated_at": "…", "rows": [{…}, …]}
/data/kamus.json            the data dictionary

An empty value is a hidden one: small, or apt to tell a small one. They are the figures of `/angka`.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.openness.figures import ALL, Figures, case_lines, report_lines
from core.openness.hiding import FEWEST
from core.speech.texts import LANGUAGES, texts
from desk.public.counted import Counted
from storage.exports.writers import harmless

Value = str | int | None
Row = dict[str, Value]

TEXT, WHOLE = "string", "integer"
TYPES = {
    "area_code": TEXT,
    "area": TEXT,
    "month": TEXT,
    "procedure": TEXT,
    "stage": TEXT,
    "received": WHOLE,
    "closed": WHOLE,
    "median_days": WHOLE,
    "filed": WHOLE,
}
KINDS = {".csv": "text/csv; charset=utf-8", ".json": "application/json"}
STAGELESS = "none"
"""The stage of reports that belong to none."""


@dataclass(frozen=True, slots=True)
class Dataset:
    name: str
    fields: Sequence[str]
    rows: Callable[[Figures], Iterator[Row]]


def case_rows(told: Figures) -> Iterator[Row]:
    lines = case_lines(tuple(told.areas), told.months, told.procedures)
    for cell in dict.fromkeys(cell for line in lines for cell in reversed(line.cells)):
        area, month, procedure = cell
        yield _place(area, told) | {
            "month": month,
            "procedure": procedure,
            "received": told.received.get(cell),
            "closed": told.closed.get(cell),
            "median_days": told.took.get(cell),
        }


def report_rows(told: Figures) -> Iterator[Row]:
    lines = report_lines(tuple(told.areas), told.stages)
    for cell in dict.fromkeys(cell for line in lines for cell in reversed(line.cells)):
        area, stage = cell
        yield _place(area, told) | {"stage": stage or STAGELESS, "filed": told.reports.get(cell)}


DATASETS = (
    Dataset(
        "aduan",
        ("area_code", "area", "month", "procedure", "received", "closed", "median_days"),
        case_rows,
    ),
    Dataset("laporan-pengawas", ("area_code", "area", "stage", "filed"), report_rows),
)


def files(counted: Counted, house: str) -> Mapping[str, bytes]:
    """Each file by its name."""
    made = {"kamus.json": _json(dictionary(counted, house))}
    for one in DATASETS:
        rows = list(one.rows(counted.figures))
        made[f"{one.name}.csv"] = _csv(one, rows)
        made[f"{one.name}.json"] = _json(_about(one, counted, house) | {"rows": rows})
    return made


def dictionary(counted: Counted, house: str) -> dict[str, object]:
    """What each file and field means, and what the codes in them stand for."""
    return {
        "publisher": house,
        "updated_at": counted.figures.updated_at.isoformat(),
        "license": None,
        "license_note": _both("public.data.license", house=house),
        "hidden": _both("public.data.hidden", fewest=FEWEST),
        "datasets": [
            _about(one, counted, house)
            | {
                "fields": [_field(name) for name in one.fields],
                "files": [f"{one.name}{end}" for end in KINDS],
            }
            for one in DATASETS
        ],
        "codes": {
            "procedure": {name: dict(title) for name, title in counted.titles.items()},
            "stage": {one or STAGELESS: stage_words(one) for one in counted.figures.stages},
        },
    }


def stage_words(stage: str) -> dict[str, str]:
    return _both(f"public.stage.{stage or STAGELESS}")


def _about(one: Dataset, counted: Counted, house: str) -> dict[str, object]:
    return {
        "dataset": one.name,
        "title": _both(f"public.data.{one.name}"),
        "publisher": house,
        "updated_at": counted.figures.updated_at.isoformat(),
        "hidden_below": FEWEST,
        "dictionary": "/data/kamus.json",
    }


def _field(name: str) -> dict[str, object]:
    return {"name": name, "type": TYPES[name], "meaning": _both(f"public.field.{name}")}


def _both(key: str, **values: object) -> dict[str, str]:
    return {language: texts(language).say(key, **values) for language in LANGUAGES}


def _place(area: str, told: Figures) -> Row:
    return {"area_code": area, "area": "" if area == ALL else told.areas[area]}


def _csv(one: Dataset, rows: Sequence[Row]) -> bytes:
    """The mark at the beginning makes Excel read it as UTF-8."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(one.fields)
    for row in rows:
        cells = ("" if (value := row[name]) is None else value for name in one.fields)
        writer.writerow([harmless(cell) for cell in cells])
    return file.getvalue().encode("utf-8-sig")


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
