"""Borough and agency of every figure are those of the cohort's rule: whatever the lives, both say the same."""

from datetime import date, timedelta

import polars as pl
import pytest

from throughcare.casework.cohort.queries import facts
from throughcare.casework.imports.actions import import_extracts
from throughcare.casework.people.actions import resolve
from throughcare.casework.people.queries import NOT_KNOWN, with_breakdowns
from throughcare.casework.pilot import current_pilot
from throughcare.core.world import World
from throughcare.registry.parts import feeds
from throughcare.rules.eligibility.facts import residence, supervised_by
from throughcare.synthetic.agencies import agency_extracts
from throughcare.synthetic.population import population

PEOPLE = "record_id,crn,pnc,cro,prison_number,forenames,surname,date_of_birth,sex,ethnicity\n"
HOMES = "record_id,crn,postcode,borough,start,end\n"
SUPERVISION = "record_id,crn,kind,start,end,office_borough\n"

# What the addresses, supervision and prison say, and where the person belongs on 1 January 2016, managed by whom.
LIVES = """
homes | supervision | prison | borough | agency
Hackney 2014-01-01 - | - | - | Hackney | not known
Hackney 2014-01-01 -, Thanet 2015-08-01 - | - | 2015-06-01 2016-06-01 | Hackney | not known
Hackney 2014-01-01 -, Thanet 2015-08-01 - | - | 2015-06-01 2015-12-01 | Thanet | not known
Hackney 2014-01-01 2015-02-01 | - | - | Hackney | not known
- | nps licence 2015-01-01 2017-01-01 Camden | - | Camden | NPS
Enfield 2010-01-01 - | nps licence 2015-01-01 2017-01-01 Camden, crc community 2015-06-01 2015-07-01 - | - | Enfield | NPS
Enfield 2010-01-01 - | crc community 2015-06-01 2017-07-01 -, nps custody 2015-11-01 2016-03-01 - | - | Enfield | NPS
Enfield 2010-01-01 - | crc community 2015-06-01 2015-07-01 - | - | Enfield | CRC
"""


def rows_of(text: str) -> list[list[str]]:
    return [part.split() for part in text.split(",")] if text != "-" else []


@pytest.fixture
def load(db, tmp_path):
    def run(files: dict[str, str]) -> None:
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text)
        import_extracts(by="test", paths=[tmp_path], feeds=feeds(), resolve=resolve)

    return run


@pytest.mark.parametrize("line", LIVES.strip().splitlines()[1:])
def test_where_a_person_belongs_and_who_manages_them(load, line):
    homes, managed, prison, borough, agency = (cell.strip() for cell in line.split("|"))
    files = {"nps-people": PEOPLE + "N1,X320741,,,A1234BC,T,B,1990-01-01,M,White\n"}
    lived = [["" if cell == "-" else cell for cell in row] for row in rows_of(homes)]
    files["nps-addresses"] = HOMES + "".join(f"D{n},X320741,,{','.join(row)}\n" for n, row in enumerate(lived))
    for who in ("nps", "crc"):
        own = [["" if cell == "-" else cell for cell in row[1:]] for row in rows_of(managed) if row[0] == who]
        files[f"{who}-supervision"] = SUPERVISION + "".join(f"S{n},X320741,{','.join(row)}\n" for n, row in enumerate(own))
    if prison != "-":
        start, end = prison.split()
        files["prison-spells"] = "record_id,prison_number,prison,kind,start,end\n" + f"H1,A1234BC,Isis,remand,{start},{end}\n"
    load(files)
    told = with_breakdowns(pl.DataFrame({"person": [1], "on": [date(2016, 1, 1)]}).with_columns(person=_person()))
    assert told.select("borough", "agency").row(0) == (borough, agency)


def _person() -> pl.Expr:
    from throughcare.casework.people.models import Person

    return pl.lit(Person.objects.get().pk, dtype=pl.Int64)


def test_for_a_hundred_lives_on_many_days_breakdowns_and_rule_agree(load):
    lived = population(scenario="small", seed=11, people=100)
    frames = agency_extracts(World(seed=11, scenario="small", until=lived.until, lives=lived.lives))
    load({name: frame.select(pl.all().replace("", None)).write_csv() for name, frame in frames.items()})
    for day in (date(2014, 3, 1) + timedelta(days=97 * n) for n in range(11)):
        known = facts(day, current_pilot())
        told = with_breakdowns(pl.DataFrame({"person": sorted(known), "on": [day] * len(known)}))
        for person, borough, agency in told.select("person", "borough", "agency").iter_rows():
            home, manager = residence(known[person], day), supervised_by(known[person], day)
            assert borough == (home.borough if home else NOT_KNOWN), (person, day)
            if manager is not None:
                assert agency == manager.agency, (person, day)
