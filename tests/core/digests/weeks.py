"""Weeks to render, worked out by hand: one of Kutai Kartanegara with every figure known, extreme ones.

kecamatan            expected  filed  nihil  silent   |  last week: expected  filed  nihil  silent
Marang Kayu                11      2      0       9   |                   11      2      3       6
Anggana                     8      1      0       7   |                    8      1      2       5
…                                                     |
all 20                    237    166     40      31   |                  237    141     53      43
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from core.digests.digest import (
    CaseCount,
    Confirmation,
    Day,
    Decision,
    Digest,
    FormCount,
    Logistics,
    Part,
    Silence,
    Tally,
    Topic,
)

MONDAY = date(2024, 11, 18)
SEVEN = datetime(2024, 11, 24, 23, 0, tzinfo=UTC)
"""Monday 25 November, 07.00 WITA."""

DISTRICTS = (
    # code, name, (filed, nihil, silent, late, vacant), (filed, nihil, silent) of the week before
    ("64.02.01", "Muara Muntai", (9, 4, 0, 1, 0), (8, 4, 1)),
    ("64.02.02", "Loa Kulu", (13, 2, 0, 0, 0), (11, 3, 1)),
    ("64.02.03", "Loa Janan", (8, 0, 0, 0, 0), (7, 0, 1)),
    ("64.02.04", "Anggana", (1, 0, 7, 0, 0), (1, 2, 5)),
    ("64.02.05", "Muara Badak", (11, 2, 0, 2, 0), (9, 3, 1)),
    ("64.02.06", "Tenggarong", (12, 2, 0, 0, 0), (11, 2, 1)),
    ("64.02.07", "Sebulu", (10, 3, 1, 1, 0), (9, 4, 1)),
    ("64.02.08", "Kota Bangun", (8, 3, 0, 0, 0), (6, 4, 1)),
    ("64.02.09", "Kenohan", (4, 2, 3, 2, 1), (3, 2, 4)),
    ("64.02.10", "Kembang Janggut", (8, 3, 0, 1, 0), (6, 4, 1)),
    ("64.02.11", "Muara Kaman", (13, 3, 4, 3, 0), (10, 4, 6)),
    ("64.02.12", "Tabang", (10, 4, 5, 2, 3), (8, 5, 6)),
    ("64.02.13", "Samboja", (10, 1, 2, 0, 0), (9, 2, 2)),
    ("64.02.14", "Muara Jawa", (7, 1, 0, 0, 0), (6, 2, 0)),
    ("64.02.15", "Sanga Sanga", (4, 1, 0, 0, 0), (3, 2, 0)),
    ("64.02.16", "Tenggarong Seberang", (15, 3, 0, 0, 0), (14, 3, 1)),
    ("64.02.17", "Marang Kayu", (2, 0, 9, 0, 0), (2, 3, 6)),
    ("64.02.18", "Muara Wis", (6, 1, 0, 0, 0), (5, 1, 1)),
    ("64.02.19", "Kota Bangun Darat", (7, 3, 0, 0, 0), (6, 2, 2)),
    ("64.02.20", "Samboja Barat", (8, 2, 0, 0, 0), (7, 1, 2)),
)


def tally(filed: int = 0, nihil: int = 0, silent: int = 0, late: int = 0, vacant: int = 0) -> Tally:
    return Tally(filed + nihil + silent, filed, nihil, silent, late, vacant)


def total(tallies: list[Tally]) -> Tally:
    return Tally(
        *(
            sum(getattr(each, name) for each in tallies)
            for name in ("expected", "filed", "nihil", "silent", "late", "vacant")
        )
    )


def silence(number: int, district: str, village: str, **changes: object) -> Silence:
    base = Silence(
        number,
        "pkd",
        "64.02.17.2001",
        (village, district, "Kutai Kartanegara"),
        f"Contoh {village}",
        1,
        datetime(2024, 11, 24, 10, 0, tzinfo=UTC),
        datetime(2024, 11, 24, 11, 0, tzinfo=UTC),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


PARTS = tuple(Part(code, name, tally(*now), tally(*then)) for code, name, now, then in DISTRICTS)

TOPICS = (
    Topic("tahapan", {"id": "Tahapan", "en": "Stage reached"}, "aman"),
    Topic(
        "logistik",
        {"id": "Logistik", "en": "Logistics"},
        "perhatian",
        "Dua kecamatan belum menerima bilik",
        ("Tabang", "Kenohan"),
    ),
    Topic("keamanan", {"id": "Keamanan", "en": "Security"}, "aman"),
    Topic("dpt", {"id": "Daftar pemilih", "en": "Voter roll"}, "aman"),
    Topic("netralitas", {"id": "Netralitas", "en": "Neutrality"}, "masalah", "", ("Anggana",)),
    Topic("pelanggaran", {"id": "Pelanggaran", "en": "Violations"}, "perhatian", "", ("Sebulu",)),
    Topic("pemberitahuan", {"id": "C.Pemberitahuan", "en": "Voters' notices"}, "belum"),
)

KUKAR = Digest(
    area="64.02",
    name="Kutai Kartanegara",
    level="regency",
    zone="Asia/Makassar",
    first=MONDAY,
    last=MONDAY + timedelta(days=6),
    made_for=SEVEN,
    stage={"id": "Kampanye", "en": "Campaign"},
    tally=tally(166, 40, 31, 12, 4),
    before=tally(141, 53, 43, 9, 4),
    parts=PARTS,
    days=tuple(
        Day(MONDAY + timedelta(days=n), filed, nihil, due)
        for n, (filed, nihil, due) in enumerate(
            [(4, 1, 0), (9, 2, 0), (14, 3, 0), (18, 4, 0), (26, 6, 0), (41, 11, 0), (54, 13, 237)]
        )
    ),
    forms=(
        FormCount("lhp", {"id": "Formulir A", "en": "Form A"}, tally(160, 40, 31, 12, 4), tally(137, 53, 43)),
        FormCount("logistik", {"id": "Logistik tiba", "en": "Arrival of logistics"}, tally(6), tally(4)),
    ),
    silences=tuple(
        silence(n, district, f"Desa {n}")
        for n, district in enumerate(
            ["Marang Kayu"] * 9
            + ["Anggana"] * 7
            + ["Tabang"] * 5
            + ["Muara Kaman"] * 4
            + ["Kenohan"] * 3
            + ["Samboja"] * 2
            + ["Sebulu"],
            1,
        )
    ),
    cases=(
        CaseCount(
            "informasi-awal",
            {"id": "Informasi awal", "en": "Tips"},
            opened=9,
            closed=6,
            open=12,
            overdue=1,
            due_soon=2,
            by_state={"diterima": 5, "ditelusuri": 7},
            state_labels={
                "diterima": {"id": "Diterima", "en": "Received"},
                "ditelusuri": {"id": "Ditelusuri", "en": "Looked into"},
            },
        ),
        CaseCount(
            "laporan",
            {"id": "Laporan", "en": "Complaints"},
            opened=5,
            closed=1,
            open=8,
            overdue=0,
            due_soon=1,
            by_state={"kajian-awal": 8},
            state_labels={"kajian-awal": {"id": "Kajian awal", "en": "First study"}},
        ),
    ),
    decisions=(
        Decision("case", "K-7K2-M9Q", "64.02.17", "Marang Kayu", date(2024, 11, 26)),
        Decision("topic", "netralitas", "64.02.04", "Anggana", None),
    ),
    topics=TOPICS,
    logistics=(
        Logistics("surat-suara", {"id": "Surat suara", "en": "Ballots"}, 230, 7),
        Logistics("bilik", {"id": "Bilik", "en": "Booths"}, 225, 12),
        Logistics("tinta", {"id": "Tinta", "en": "Ink"}, 237, 0),
    ),
    findings=6,
)
KUKAR = replace(
    KUKAR,
    silences=(
        replace(KUKAR.silences[0], since=datetime(2024, 11, 17, 10, 0, tzinfo=UTC), owed=1,
                called=datetime(2024, 11, 24, 12, 30, tzinfo=UTC)),
        *KUKAR.silences[1:],
    ),
)  # fmt: skip

REGENCIES = (
    ("64.01", "Paser", (120, 20, 4), True),
    ("64.02", "Kutai Kartanegara", (166, 40, 31), True),
    ("64.03", "Berau", (98, 10, 2), True),
    ("64.07", "Kutai Barat", (90, 44, 60), False),
    ("64.08", "Kutai Timur", (101, 18, 22), False),
    ("64.09", "Penajam Paser Utara", (40, 12, 2), True),
    ("64.11", "Mahakam Ulu", (11, 4, 35), False),
    ("64.71", "Balikpapan", (34, 0, 0), True),
    ("64.72", "Samarinda", (55, 2, 2), True),
    ("64.74", "Bontang", (15, 0, 0), True),
)
SENT = Confirmation(SEVEN - timedelta(hours=10), "Contoh Koordinator", is_nihil=False)
PROVINCE = replace(
    KUKAR,
    area="64",
    name="Kalimantan Timur",
    level="province",
    tally=total([tally(*now) for _, _, now, _ in REGENCIES]),
    before=tally(690, 160, 188, 40, 12),
    parts=tuple(
        Part(code, name, tally(*now), tally(now[0], now[1], now[2]), SENT if sent else None)
        for code, name, now, sent in REGENCIES
    ),
    days=tuple(
        Day(MONDAY + timedelta(days=n), filed, nihil, due)
        for n, (filed, nihil, due) in enumerate(
            [(20, 4, 0), (31, 6, 0), (55, 11, 0), (84, 17, 0), (120, 28, 0), (190, 40, 0), (230, 44, 1038)]
        )
    ),
    late_parts=("Kutai Barat", "Kutai Timur", "Mahakam Ulu"),
)

QUIET = replace(
    KUKAR,
    tally=tally(170, 67, 0),
    before=tally(168, 69, 0),
    parts=tuple(replace(part, tally=Tally(part.tally.expected, part.tally.expected)) for part in PARTS),
    silences=(),
    cases=(),
    decisions=(),
    topics=tuple(replace(topic, mark="aman", troubled=()) for topic in TOPICS),
    logistics=(),
    findings=0,
    days=tuple(Day(MONDAY + timedelta(days=n), *((24, 9, 33) if n < 6 else (26, 13, 39))) for n in range(7)),
)

TERRIBLE = replace(
    KUKAR,
    tally=tally(0, 0, 237, 0, 31),
    before=tally(10, 4, 223),
    parts=tuple(
        replace(part, tally=tally(0, 0, part.tally.expected), before=tally(1, 0, 5)) for part in PARTS
    ),
    days=tuple(Day(MONDAY + timedelta(days=n), 0, 0, 33 if n < 6 else 39) for n in range(7)),
    topics=tuple(
        replace(topic, mark="masalah", troubled=("Tabang", "Anggana", "Kenohan")) for topic in TOPICS
    ),
    is_catching_up=True,
)

UNKNOWN = Digest(
    area="64.11",
    name="Mahakam Ulu",
    level="regency",
    zone="Asia/Makassar",
    first=MONDAY,
    last=MONDAY + timedelta(days=6),
    made_for=SEVEN,
    stage={},
    tally=Tally(),
    before=Tally(),
)

VILLAGES = (
    "Loa Tebu", "Mangkurawang", "Sukarame", "Timbau", "Melayu", "Panji", "Baru", "Loa Ipuh", "Loa Ipuh Darat",
    "Bukit Biru", "Maluhu", "Jahab", "Rapak Lambur", "Bendang Raya", "Kampung Baru Seberang Hilir",
    "Teluk Dalam", "Separi", "Bukit Pariaman", "Embalut", "Tanjung Batu",
)  # fmt: skip
FIVE = ((1, 0, 0), (1, 0, 0), (0, 0, 1), (1, 0, 0), (0, 1, 0))
DISTRICT = replace(
    KUKAR,
    area="64.02.06",
    name="Tenggarong",
    level="district",
    tally=tally(12, 4, 4),
    before=tally(11, 2, 7),
    parts=tuple(
        Part(f"64.02.06.{1001 + n}", name, tally(*FIVE[n % 5]), tally(1))
        for n, name in enumerate(VILLAGES)
    ),
    silences=KUKAR.silences[:4],
    cases=(),
    decisions=(),
)  # fmt: skip

WEEKS = {
    "kukar": KUKAR,
    "province": PROVINCE,
    "quiet": QUIET,
    "terrible": TERRIBLE,
    "unknown": UNKNOWN,
    "district": DISTRICT,
}
