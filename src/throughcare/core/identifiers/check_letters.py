"""The check letter that PNC IDs, CRO numbers and arrest summons numbers share.

Each puts certain of its digits together into one whole number; the letter stands at that number modulo 23 in an
alphabet without I, O and S. Source: Ministry of Justice, hmpps-person-record (PNC, CRO) and bichard7-next-core (ASN).
"""

ALPHABET = "ZABCDEFGHJKLMNPQRTUVWXY"


def check_letter(number: int) -> str:
    """The letter of a whole number; remainder 0 is Z."""
    return ALPHABET[number % len(ALPHABET)]


def pnc_check_letter(year: int, serial: int) -> str:
    """Of a PNC ID: the two-digit year, then the serial padded to seven. A year of four digits loses its century."""
    return check_letter(int(f"{year % 100:02d}{serial:07d}"))


def cro_check_letter(year: int, serial: int) -> str:
    """Of a standard CRO number: the two-digit year, then the serial padded to six."""
    return check_letter(int(f"{year % 100:02d}{serial:06d}"))


def small_file_check_letter(year: int, serial: str) -> str:
    """Of an SF (small file) CRO number: the two-digit year, then the serial as it was given, with no padding.

    So SF83/00123 and SF83/123 are different numbers with different letters, and the serial is text.
    """
    return check_letter(int(f"{year % 100:02d}{serial}"))


def asn_check_letter(year: int, force: str, system: str, serial: int) -> str:
    """Of an arrest summons number: force and system where each is all digits, the two-digit year, the serial padded
    to eleven. The unit plays no part.
    """
    digits = "".join(part for part in (force, system) if part.isdecimal())
    return check_letter(int(f"{digits}{year % 100:02d}{serial:011d}"))
