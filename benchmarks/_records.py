"""Made-up records of five agencies about the same people, with the truth beside them: what the benchmark of linkage reads.

The same seed gives the same files. Names are invented; numbers have their check letters. What goes wrong with records of one
person goes wrong here: slips, days and months or names in each other's place, numbers not known, mistyped or another's,
moves, hostels; and people who are easily taken for one: twins, and a parent with the child's name.
"""

from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np
import polars as pl

from throughcare.core.identifiers.check_letters import ALPHABET
from throughcare.synthetic import names

SOURCES = np.array(["court", "crc", "nps", "police", "prison"])
OF_PROBATION = ("crc", "nps")
RECORDS_A_PERSON = 3.2
FORENAMES, SURNAMES, POSTCODES, HOSTELS = 3_000, 20_000, 150_000, 100
COMMON_FORENAMES, COMMON_SURNAMES = 0.84, 0.72
"""How fast the next common name is rarer: two people share a forename about once in 230 and a surname once in 1,200, as in the
published model."""
LETTERS = "ABCDEFGHJKLMNPQRTUVWXY"
RECORDS, TRUTH = "records.csv", "truth.csv"

Texts = np.ndarray
Draw = np.random.Generator


def write_records(folder: Path, records: int, seed: int) -> None:
    """Writes `records.csv`, as `throughcare link` reads it, and `truth.csv` (source, record_id, true_person)."""
    draw = np.random.default_rng(seed)
    people = _people(round(records / RECORDS_A_PERSON), draw, Random(seed))
    who = np.concatenate([np.arange(people.height), draw.integers(0, people.height, records - people.height)])
    draw.shuffle(who)
    told = _records(people, who, draw)
    told.write_csv(folder / RECORDS)
    told.select("source", "record_id", true_person=pl.Series(who)).write_csv(folder / TRUTH)


def _people(count: int, draw: Draw, spell: Random) -> pl.DataFrame:
    """One row a person. One in a hundred is somebody's twin, one in a hundred a namesake's parent at the same address."""
    some = max(count // 100, 1)
    everybody, twins, siblings = np.arange(count), np.arange(some), np.arange(some, 2 * some)
    parents, children = np.arange(2 * some, 3 * some), np.arange(3 * some, 4 * some)
    surname, forename, home = everybody.copy(), everybody.copy(), everybody.copy()
    surname[twins] = home[twins] = siblings
    forename[parents] = surname[parents] = home[parents] = children
    born = np.datetime64("1955-01-01") + draw.integers(0, 365 * 43, count)
    born[twins] = born[siblings]
    born[parents] = born[children] - draw.integers(365 * 18, 365 * 38, some)
    male = draw.random(count) < 0.8
    male[parents] = male[children]
    first = np.where(male, _of(_pool(lambda: names.forename(spell, "M"), FORENAMES), COMMON_FORENAMES, count, draw),
                     _of(_pool(lambda: names.forename(spell, "F"), FORENAMES), COMMON_FORENAMES, count, draw))  # fmt: skip
    second = _of(_pool(lambda: names.forename(spell, "M"), FORENAMES), COMMON_FORENAMES, count, draw)
    last = _of(_pool(lambda: names.surname(spell), SURNAMES), COMMON_SURNAMES, count, draw)
    postcodes = _postcodes(draw)
    now, before = draw.integers(HOSTELS, POSTCODES, count), draw.integers(HOSTELS, POSTCODES, count)
    hostel = draw.integers(0, HOSTELS, count)
    return pl.DataFrame(
        {
            "forename": first[forename], "middle_names": np.where(draw.random(count) < 0.4, second, ""), "surname": last[surname],
            "born": born.astype("datetime64[D]"), "sex": np.where(male, "M", "F"), **_numbers(count, born, draw),
            "home": postcodes[now[home]], "earlier_home": postcodes[before], "hostel": postcodes[hostel],
        }
    )  # fmt: skip


def _pool(make: Callable[[], str], size: int) -> Texts:
    """So many different names, in the order in which they came."""
    found: dict[str, None] = {}
    while len(found) < size:
        found[make()] = None
    return np.array(list(found))


def _of(pool: Texts, rarer: float, count: int, draw: Draw) -> Texts:
    chances = 1 / np.arange(1, len(pool) + 1) ** rarer
    return pool[draw.choice(len(pool), size=count, p=chances / chances.sum())]


def _postcodes(draw: Draw) -> Texts:
    areas = pl.Series(["E", "EC", "N", "NW", "SE", "SW", "W", "WC"]).gather(draw.integers(0, 8, POSTCODES))
    ends = pl.Series(list("ABDEFGHJLNPQRSTUWXYZ"))
    one, two = (ends.gather(draw.integers(0, 20, POSTCODES)) for _ in "12")
    parts = {"area": areas, "district": draw.integers(1, 21, POSTCODES), "sector": draw.integers(0, 10, POSTCODES)}
    frame = pl.DataFrame(parts | {"one": one, "two": two})
    return frame.select(pl.format("{}{} {}{}{}", *frame.columns)).to_series().to_numpy()


def _numbers(count: int, born: np.ndarray, draw: Draw) -> dict[str, pl.Series]:
    """Each person's own PNC ID, CRO number, prison number and CRN. Serials are spread over their range, none twice."""
    order = np.arange(count, dtype=np.int64)
    year = pl.Series(born).dt.year().to_numpy() + draw.integers(15, 23, count)
    pnc, cro = order * 7_919_317 % 10**7, draw.integers(1, 10**6, count)
    prison, crn = order * 9_999_991 % (10_000 * len(LETTERS) ** 3), order * 3_999_971 % (len(LETTERS) * 10**6)
    letters = pl.Series(list(LETTERS))
    frame = pl.DataFrame({"year": year, "pnc": pnc, "cro": cro, "pnc_letter": _letter(year % 100 * 10**7 + pnc),
                          "cro_letter": _letter(year % 100 * 10**6 + cro)})  # fmt: skip
    told = frame.select(
        pnc_id=pl.format("{}/{}{}", "year", _padded(pl.col("pnc"), 7), "pnc_letter"),
        cro_number=pl.format("{}/{}{}", _padded(pl.col("cro"), 6), _padded(pl.col("year") % 100, 2), "cro_letter"),
    )
    places = [letters.gather(prison // 10_000 // len(LETTERS) ** place % len(LETTERS)) for place in range(3)]
    digits = pl.Series(prison % 10_000).cast(pl.String).str.zfill(4)
    prison_number = places[0] + digits + places[1] + places[2]
    probation = letters.gather(crn // 10**6) + pl.Series(crn % 10**6).cast(pl.String).str.zfill(6)
    return {**told.to_dict(), "prison_number": prison_number, "crn": probation}


def _padded(number: pl.Expr, digits: int) -> pl.Expr:
    return number.cast(pl.String).str.zfill(digits)


def _letter(numbers: np.ndarray) -> Texts:
    return np.array(list(ALPHABET))[numbers % len(ALPHABET)]


def _records(people: pl.DataFrame, who: np.ndarray, draw: Draw) -> pl.DataFrame:
    """What each agency wrote down of person `who`. An empty cell is not known."""
    count = len(who)
    source = SOURCES[draw.integers(0, len(SOURCES), count)]

    def seldom(chance: float) -> pl.Series:
        return pl.Series(draw.random(count) < chance)

    told = people[who].with_columns(source=pl.Series(source), record_id=pl.format("R{}", pl.int_range(count)))
    another = people[draw.integers(0, people.height, count)]
    swapped, hostel, moved = seldom(0.005), seldom(0.01), seldom(0.25)
    told = told.with_columns(
        _slip("forename", draw, count), _slip("surname", draw, count), _slip("middle_names", draw, count),
        date_of_birth=_birth(seldom(0.01), seldom(0.01), seldom(0.02)),
        pnc_id=pl.when(seldom(0.001)).then(another["pnc_id"]).otherwise("pnc_id"),
        postcode=pl.when(hostel).then("hostel").when(moved).then("earlier_home").otherwise("home"),
    ).with_columns(pnc_id=_written(seldom(0.03), seldom(0.003)))  # fmt: skip
    told = told.with_columns(
        forename=pl.when(swapped).then("surname").otherwise("forename"),
        surname=pl.when(swapped).then("forename").otherwise("surname"),
        crn=pl.when(pl.col("source").is_in(OF_PROBATION)).then("crn"),
    )
    known = {"middle_names": 0.7, "sex": 0.95, "pnc_id": 0.6, "cro_number": 0.5, "prison_number": 0.5, "postcode": 0.5}
    told = told.with_columns(pl.when(seldom(chance)).then(name).alias(name) for name, chance in known.items())
    return told.select(
        "source", "record_id", "forename", "middle_names", "surname", "date_of_birth", "sex", "pnc_id", "cro_number",
        "prison_number", "crn", "postcode",
    ).with_columns(pl.col(pl.String).replace("", None))  # fmt: skip


def _slip(name: str, draw: Draw, count: int) -> pl.Expr:
    """In 8 of 100 a letter is left out, doubled, or changes places with the next."""
    kind = pl.Series(np.where(draw.random(count) < 0.08, draw.integers(1, 4, count), 0))
    at = pl.Series(draw.integers(1, 5, count))
    text = pl.col(name)
    before, letter, following = text.str.slice(0, at), text.str.slice(at, 1), text.str.slice(at + 1, 1)
    slipped = (
        pl.when(kind == 1).then(before + text.str.slice(at + 1)).when(kind == 2).then(before + letter + text.str.slice(at))
        .when(kind == 3).then(before + following + letter + text.str.slice(at + 2)).otherwise(text)
    )  # fmt: skip
    return slipped.alias(name)


def _birth(swapped: pl.Series, day_off: pl.Series, unknown: pl.Series) -> pl.Expr:
    born = pl.col("born")
    other_order = pl.date(born.dt.year(), born.dt.day(), born.dt.month())
    told = pl.when(swapped & (born.dt.day() <= 12)).then(other_order).when(day_off).then(born.dt.offset_by("1d")).otherwise(born)
    return pl.when(~unknown).then(told.dt.to_string("%Y-%m-%d"))


def _written(short: pl.Series, mistyped: pl.Series) -> pl.Expr:
    """The PNC ID in its short form, or with a digit mistyped, so that the check letter is wrong."""
    number = pl.col("pnc_id")
    wrong = number.str.slice(0, 8) + ((number.str.slice(8, 1).cast(pl.Int8) + 1) % 10).cast(pl.String) + number.str.slice(9)
    return pl.when(short).then(number.str.slice(2)).when(mistyped).then(wrong).otherwise(number)
