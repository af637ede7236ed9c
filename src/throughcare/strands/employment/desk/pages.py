"""The broker's desk, and the section "Work" of a person's record."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.access.reader import Reader
from throughcare.casework.people.names import named
from throughcare.core.pages import Page, Tab
from throughcare.strands.employment.desk.queries import STAGES, records_of, stages
from throughcare.strands.employment.desk.tasks import tasks
from throughcare.strands.employment.placements.codes import REASONS, SHOWN
from throughcare.strands.employment.readiness import codes
from throughcare.strands.employment.readiness.pages import MANAGERS
from throughcare.strands.employment.readiness.queries import limit_words
from throughcare.strands.employment.shown import DESK, ROW
from throughcare.strands.employment.vacancies.codes import OPEN, STEPS
from throughcare.strands.employment.vacancies.queries import state_of_vacancy, vacancies


def desk(request: HttpRequest) -> HttpResponse:
    """What is due, everybody by stage, and the open vacancies."""
    reader: Reader = request.reader
    found, due = stages(reader), sorted(tasks(reader), key=lambda task: (task.harm, task.due_on or reader.day, task.key))
    people = {row.person for rows in found.values() for row in rows} | {task.person for task in due if task.person}
    shown = {
        "stages": found, "titles": STAGES, "due": due, "day": reader.day,
        "vacancies": [each for each in vacancies() if state_of_vacancy(each, reader.day) == OPEN],
        "names": named(people, known=reader.allowed("identity", people)),
    }  # fmt: skip
    return render(request, "employment/desk.html", shown)


def work(request: Any) -> dict[str, Any]:
    """A person's way through the pathway: the broker works it, whoever manages tells conditions, others are told how it goes."""
    reader: Reader = request.reader
    mine = bool(reader.held(*DESK)) and ROW in request.edits
    manages = bool(reader.held(*MANAGERS)) and ROW in request.edits
    return {
        "records": records_of(request.person, reader.day), "mine": mine, "manages": manages,
        "limit_words": limit_words, "told": codes.TOLD, "evidence": codes.EVIDENCE, "states": codes.STATES, "to_do": codes.TO_DO,
        "needs_words": codes.NEEDS, "paid_by": codes.PAID_BY, "licences": codes.LICENCES, "how": codes.HOW, "steps": STEPS,
        "shown": SHOWN, "why": REASONS,
    }  # fmt: skip


TABS = (
    Tab(name="person-work", route="employment/", words="Work", needs=ROW, told=work, template="employment/work.html"),
)  # fmt: skip
PAGES = (
    Page(name="employment", route="employment/", view=desk, needs=ROW, roles=DESK, menu="Employment", place=2),
)  # fmt: skip
