"""Small forms that the tests talk through, written as Markdown tables."""

from functools import cache

from core.forms.form import Form
from tests.core.dialogue.phone import form_of

SETTINGS = """
| settings |
| | form_title::Indonesia (id) | form_title::English (en) | form_id | version | default_language |
| | {title} | {title} | {name} | {version} | Indonesia (id) |
"""
CHOICES = """
| choices |
| | list_name | name | label::Indonesia (id) | label::English (en) | kecamatan |
| | ya_tidak | ya | Ya | Yes | |
| | ya_tidak | tidak | Tidak | No | |
| | barang | ss | Surat suara | Ballots | |
| | barang | tinta | Tinta | Ink | |
| | barang | bilik | Bilik | Booth | |
| | barang | segel | Segel | Seals | |
"""
PURPOSE = """
| lapordesk |
| | key | value |
| | audience | {audience} |
| | nihil | {nihil} |
"""


@cache
def form(
    survey: str,
    choices: str = CHOICES,
    *,
    name: str = "uji",
    title: str = "Uji coba",
    version: str = "1",
    audience: str = "ptps pkd",
    nihil: str = "no",
) -> Form:
    """A form of a survey sheet with its usual choices."""
    settings = SETTINGS.format(title=title, name=name, version=version)
    purpose = PURPOSE.format(audience=audience, nihil=nihil)
    lists = choices if "select" in survey or "rank" in survey else ""
    return form_of(f"| survey |\n{survey.strip()}\n{lists}{settings}{purpose}")


THREE = """
| | type | name | label::Indonesia (id) | label::English (en) | required |
| | integer | hadir | Berapa yang hadir? | How many came? | yes |
| | text | catatan | Apa catatannya? | What is there to note? | |
| | select_one ya_tidak | aman | Apakah aman? | Was it safe? | yes |
"""
"""A number, words that may be skipped, a choice."""

SUMS = """
| | type | name | label | required | constraint | constraint_message | soft | appearance |
| | begin_group | dpt | Pemilih | | | | | field-list |
| | integer | l | Laki-laki | yes | . >= 0 | Tidak bisa kurang dari 0. | | |
| | integer | p | Perempuan | yes | . >= 0 | Tidak bisa kurang dari 0. | | |
| | integer | j | Jumlah | yes | . = ${l} + ${p} | Jumlah ${j} bukan ${l} + ${p}. | yes | |
| | end_group | | | | | | | |
| | text | catatan | Apa catatannya? | | | | | |
"""
"""Three numbers in one message, with a soft rule over them."""

WITNESSES = """
| | type | name | label | required |
| | begin_repeat | saksi | Saksi | |
| | text | nama | Nama saksi? | yes |
| | text | alamat | Alamat saksi? | |
| | end_repeat | | | |
| | text | catatan | Apa catatannya? | |
"""

EVIDENCE = """
| | type | name | label | required |
| | select_one ya_tidak | aman | Apakah aman? | yes |
| | image | foto | Foto TPS | |
| | image | hasil | Foto C.HASIL | yes |
| | text | catatan | Apa catatannya? | |
"""
