"""Who is in the cohort, today or on any past day: filtered, sorted, printed, taken out as a file."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort.actions import exported
from throughcare.casework.cohort.csv_file import csv_file
from throughcare.casework.cohort.filters import Asked, Filter, past_day
from throughcare.casework.cohort.lists import COMMUNITY, CUSTODY, NOT_RATED, Member, Members, members_seen
from throughcare.casework.cohort.models import RATINGS
from throughcare.casework.frames import reading_once
from throughcare.core.pages import Page

A_PAGE = 50
OFF_RULE, BY_RULE = "Put forward off the rule", "By the rule"
BANDS = ("under 18", "18-25", "26-34", "35 and over")
RANK = {rag: place for place, rag in enumerate(RATINGS)}

Column = tuple[str, str, str, Callable[[Member], Any]]
COLUMNS: tuple[Column, ...] = (
    ("name", "Person", "", lambda m: m.shown),
    ("age", "Age", "identity", lambda m: m.age),
    ("borough", "Borough", "", lambda m: m.borough),
    ("rag", "Rated", "rag", lambda m: RANK.get(m.rag)),
    ("score", "Score", "score", lambda m: m.score),
    ("since", "Member since", "", lambda m: m.since),
    ("manager", "Manager", "caseload", lambda m: m.manager),
    ("where", "Where", "custody", lambda m: m.where),
    ("rule", "How", "", lambda m: m.off_rule),
)
"""By its name in the address, a column: its heading, the row of the policy that it tells, and what it sorts by."""


def cohort(request: HttpRequest) -> HttpResponse:
    """The list, as it stands or stood."""
    found, asked = _found(request)
    rows = asked.kept(found.rows)
    per_page = max(len(rows), 1) if request.GET.get("show") == "all" else A_PAGE
    columns = [(key, words, *asked.heading(key)) for key, words, row, _ in COLUMNS if not row or row in found.columns]
    shown = {
        "page": Paginator(rows, per_page).get_page(request.GET.get("page")), "asked": asked, "day": found.day,
        "past": found.day < request.reader.day, "columns": columns, "told": found.columns, "total": len(found.rows),
        "otherwise": sum(row.score != row.anew for row in rows), "errors": asked.form.errors or None,
        "by_number": not request.reader.may("contact"),
    }  # fmt: skip
    return render(request, "cohort/members.html", shown)


def members_file(request: HttpRequest) -> HttpResponse:
    """The same list as a file, with the same people in it and no others; that it was taken is kept."""
    found, asked = _found(request)
    rows = asked.kept(found.rows)
    told = found.columns
    header = ["person", "borough", "member_since", "off_rule"]
    header += ["surname", "forenames", "date_of_birth", "age"] * ("identity" in told)
    header += ["rag"] * ("rag" in told) + ["score", "score_from_what_is_known_now"] * ("score" in told)
    header += ["manager"] * ("caseload" in told) + ["where"] * ("custody" in told)
    exported(by=request.reader.by, what="cohort", people=[row.person for row in rows],
             asked={"as_at": f"{found.day}", **asked.chosen})  # fmt: skip
    return csv_file(f"cohort-{found.day}.csv", header, [_line(row, told) for row in rows])


def _line(row: Member, told: frozenset[str]) -> list[Any]:
    name = row.name if row.name and row.name.known else None
    cells: list[Any] = [row.person, row.borough, row.since, row.off_rule]
    cells += [name.surname, name.forenames, name.date_of_birth, row.age] if name else [""] * 4 * ("identity" in told)
    cells += [row.rag] * ("rag" in told) + [row.score, row.anew] * ("score" in told)
    return cells + [row.manager] * ("caseload" in told) + [row.where] * ("custody" in told)


def _found(request: HttpRequest) -> tuple[Members, Asked]:
    reader: Reader = request.reader
    days = {"as-at": past_day(reader.day)}
    day: date = Asked(request.GET, (), days=days).value("as-at") or reader.day
    with reading_once():
        found = members_seen(reader, day)
    sorts = {key: by for key, _, row, by in COLUMNS if not row or row in found.columns}
    return found, Asked(request.GET, _filters(found), days=days, sorts=sorts, first="name")


def _filters(found: Members) -> list[Filter]:
    """Those of columns that the reader is told of."""
    boroughs = sorted({row.borough for row in found.rows})
    offered = [
        ("", Filter(name="borough", label="Borough", values=boroughs, of=lambda m: m.borough)),
        ("rag", Filter(name="rag", label="Rated", values=(*RATINGS, NOT_RATED), of=lambda m: m.rag or NOT_RATED)),
        ("identity", Filter(name="age", label="Age", values=BANDS, of=lambda m: m.age_band)),
        ("custody", Filter(name="where", label="Where", values=(CUSTODY, COMMUNITY), of=lambda m: m.where)),
        ("", Filter(name="rule", label="How they joined", values=(BY_RULE, OFF_RULE),
                    of=lambda m: OFF_RULE if m.off_rule else BY_RULE)),
    ]  # fmt: skip
    return [each for row, each in offered if not row or row in found.columns]


PAGES = (
    Page(name="cohort", route="cohort/", view=cohort, needs="cohort_membership", menu="Cohort", place=4),
    Page(name="cohort-file", route="cohort/members.csv", view=members_file, needs="cohort_membership"),
)
