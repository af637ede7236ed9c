"""What the fit must know of each candidate: eligible when, for what reason not, and the numbers that are added up.

The score is given (`fit_scores`); nothing here knows a parameter of it.
"""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from throughcare.core.dates import completed_years, months_before
from throughcare.synthetic.lives import CustodySpell, Life, Sanction, SupervisionSpell
from throughcare.synthetic.lives_offences import ACQUISITIVE_CODES
from throughcare.synthetic.lives_places import BOROUGHS
from throughcare.synthetic.lives_spells import borough_on

Spell = TypeVar("Spell", CustodySpell, SupervisionSpell)

WINDOW = (date(2016, 4, 25), date(2016, 12, 31))
"""The months in which services ran: from the first to the last day, both counted."""

REPORTS_FROM = date(2016, 2, 6)
RELEASES_FROM = date(2016, 3, 1)
REPORT_COURTS = frozenset({"Thames", "Highbury Corner"})
LATER = tuple(date(2016, month, 1) for month in range(2, 13))
"""Days on which somebody eligible for the first time is a later joiner."""


def bar(life: Life, on: date, percent: int | None) -> str:
    """The first thing that keeps a life from being eligible on a day, in one word; empty where it is eligible."""
    if not any(sanction.disposal == "conviction" and sanction.on <= on for sanction in life.sanctions):
        return "unconvicted"
    if completed_years(life.date_of_birth, on) < 18:
        return "young"
    if borough_on(life.addresses, on) not in BOROUGHS:
        return "elsewhere"
    if not _running(life.supervision, on):
        return "remand" if _running(life.custody, on) else "unsupervised"
    at_risk = percent is not None and (percent >= 75 or (percent >= 50 and _recent_acquisitive(life, on)))
    return "" if at_risk else "low"


def _recent_acquisitive(life: Life, on: date) -> bool:
    """Convicted by the day of a robbery or burglary committed less than 12 months before it."""
    after = months_before(on, 12)
    return any(
        offence.code in ACQUISITIVE_CODES and after < offence.committed_on <= on
        for sanction in _convictions(life, on)
        for offence in sanction.offences
    )


def unclear(life: Life, on: date) -> bool:
    """Whether what the person counts as on the day hangs on how a rule is read; such people are left out of the choice.

    Held on remand while supervised; convicted on a day at the edge of a year; cautioned since the last conviction, which
    some count among the sanctions of the score and some do not.
    """
    edges = {on, months_before(on, 12), months_before(on, 36)}
    known = [sanction.disposal for sanction in life.sanctions if sanction.on <= on]
    remanded = any(spell.kind == "remand" for spell in _running(life.custody, on))
    if remanded and _running(life.supervision, on):
        return True
    if any(sanction.on in edges for sanction in life.sanctions):
        return True
    return "conviction" in known and known[-1] == "caution"


def history(life: Life, on: date) -> dict[str, float]:
    """The history figures of one eligible person on a day. A prior conviction is an offence convicted of."""
    convictions = _convictions(life, on)
    first_arrest = completed_years(life.date_of_birth, life.arrests[0].on)
    last = convictions[-1].on
    return {
        "arrests": sum(arrest.on <= on for arrest in life.arrests),
        "age_first_arrest": first_arrest,
        "first_arrest_under_16": first_arrest < 16,
        "convictions": sum(len(sanction.offences) for sanction in convictions),
        "first_conviction_under_16": completed_years(life.date_of_birth, convictions[0].on) < 16,
        "convicted_last_1y": last > months_before(on, 12),
        "convicted_last_3y": last > months_before(on, 36),
    }


def standing(life: Life, on: date, percent: int) -> dict[str, float]:
    """The cohort figures of one eligible person on a day, and what becomes of the person in 2016."""
    age = completed_years(life.date_of_birth, on)
    supervised = _running(life.supervision, on)[0]
    home = borough_on(life.addresses, on)
    return {
        "crc": supervised.agency == "CRC",
        "male": life.sex == "M",
        "aged_18_25": age <= 25,
        "aged_26_34": 26 <= age <= 34,
        "age": age,
        "percent": percent,
        "in_custody": supervised.kind == "custody",
        "on_order": supervised.kind in ("community", "suspended"),
        "on_licence": supervised.kind in ("licence", "pss"),
        **{_lives_in(borough): borough == home for borough in BOROUGHS},
        **_year_2016(life),
    }


def _year_2016(life: Life) -> dict[str, float]:
    start, last = WINDOW
    held = any(spell.start <= last and (spell.end is None or spell.end > start) for spell in life.custody)
    licence = any(
        spell.kind in ("licence", "pss") and spell.start <= last and (spell.end is None or spell.end > start)
        for spell in life.supervision
    )
    releases = [spell.start for spell in life.supervision if spell.kind == "licence" and RELEASES_FROM <= spell.start <= last]
    young = [completed_years(life.date_of_birth, day) <= 25 for day in releases]
    cases = [
        completed_years(life.date_of_birth, sanction.on)
        for sanction in life.sanctions
        if REPORTS_FROM <= sanction.on <= last and sanction.court in REPORT_COURTS
    ]
    return {
        "young_man_released_2016": life.sex == "M" and any(young),
        "licence_2016": licence,
        "woman_in_custody_2016": life.sex == "F" and held,
        "cases_2016_young": sum(age <= 25 for age in cases),
        "cases_2016_older": sum(age > 25 for age in cases),
    }


def _lives_in(borough: str) -> str:
    return f"lives_in_{borough.lower().replace(' ', '_')}"


def _convictions(life: Life, on: date) -> list[Sanction]:
    return [sanction for sanction in life.sanctions if sanction.disposal == "conviction" and sanction.on <= on]


def _running(spells: Sequence[Spell], on: date) -> list[Spell]:
    return [spell for spell in spells if spell.start <= on and (spell.end is None or on < spell.end)]
