"""What a phone, a role and a polling station are, however they are written."""

import re

import phonenumbers

from core.model.people import Role
from storage.roster.entries import Unread
from storage.spelling import plain

SHORTEST, LONGEST = 8, 13
"""Digits of an Indonesian number after its country code."""

_ROLES = {
    "pengawastps": Role.PTPS,
    "pengawastempatpemungutansuara": Role.PTPS,
    "ptps": Role.PTPS,
    "pollingstationsupervisor": Role.PTPS,
    "pkd": Role.PKD,
    "panwaslukelurahan": Role.PKD,
    "panwasludesa": Role.PKD,
    "panwaskelurahan": Role.PKD,
    "panwasdesa": Role.PKD,
    "pengawaskelurahan": Role.PKD,
    "pengawasdesa": Role.PKD,
    "ppl": Role.PKD,
    "panwascam": Role.PANWASCAM,
    "panwaslukecamatan": Role.PANWASCAM,
    "panwaskecamatan": Role.PANWASCAM,
    "panwaslucam": Role.PANWASCAM,
    "pengawaskecamatan": Role.PANWASCAM,
    "kabkota": Role.KABKOTA,
    "bawaslukab": Role.KABKOTA,
    "bawaslukota": Role.KABKOTA,
    "kabupaten": Role.KABKOTA,
    "provinsi": Role.PROVINSI,
    "bawasluprovinsi": Role.PROVINSI,
    "bawasluprov": Role.PROVINSI,
}
_RANKS = re.compile(r"^(ketua|wakil|anggota|koordinator|kordiv|staf|kepala|sekretariat|sekretaris)+")
_EXPONENT = re.compile(r"\d([.,]\d+)?[eE]\+?\d{1,2}")


def read_role(text: str) -> Role:
    """ "Anggota Panwaslu Kecamatan" is a Panwascam."""
    if not text:
        raise Unread("roster.role.missing")
    written = _RANKS.sub("", plain(text))
    for spelling in sorted(_ROLES, key=len, reverse=True):
        if written.startswith(spelling):
            return _ROLES[spelling]
    raise Unread("roster.role.unknown", found=text)


def read_phone(text: str) -> str:
    """E.164; a number without country code is Indonesian."""
    if not text:
        raise Unread("roster.phone.missing")
    if _EXPONENT.fullmatch(text):
        raise Unread("roster.phone.exponent", found=text)
    digits = "".join(letter for letter in text if letter.isdecimal() and letter.isascii())
    if len(digits) == 16 and not text.startswith("+"):
        raise Unread("roster.phone.nik")
    if re.search(r"[A-Za-z]{3}", text):
        raise Unread("roster.phone.unread", found=text)
    return _e164(text, digits)


def _e164(text: str, digits: str) -> str:
    if len(digits) > 16 or re.search(r"\d\s*[/;,&]\s*[+0]", text):
        raise Unread("roster.phone.several", found=text)
    is_abroad = text.startswith("+") and not digits.startswith("62")
    national = digits if is_abroad else digits.removeprefix("62").removeprefix("0")
    try:
        number = phonenumbers.parse(f"+{national}" if is_abroad else f"+62{national}")
    except phonenumbers.NumberParseException:
        raise Unread("roster.phone.unread", found=text) from None
    fits = is_abroad or SHORTEST <= len(national) <= LONGEST
    if not (fits and phonenumbers.is_possible_number(number)):
        raise Unread("roster.phone.unread", found=text)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def read_tps(text: str) -> int | None:
    """ "TPS 012", "12", "012" and "12.0" are 12; None where nothing is written."""
    if not text or text == "-":
        return None
    found = re.fullmatch(r"(?:tps)?[\s.:#-]*(?:no\.?\s*)?0*(\d{1,3})(?:\.0)?", text.strip().lower())
    if found is None or int(found[1]) == 0:
        raise Unread("roster.tps.unread", found=text)
    return int(found[1])
