"""Prison co-ordination: where a person was on the day of a task, and whom the co-ordinators reached."""

from datetime import date

import pytest

from tests.strands.conftest import figures_of
from throughcare.casework.audit.queries import about_person
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Scope
from throughcare.core.pilot import Period
from throughcare.strands.prison import actions, models, queries
from throughcare.strands.prison.measures import MEASURES

pytestmark = pytest.mark.django_db

# A is in Pentonville until 1 July, then on licence, then on post-sentence supervision until 1 December.
# B is on a community order from 1 May; C on a suspended sentence order; D nobody supervises; E on remand at Isis.
PEOPLE = """
record_id | person | surname
1 | A | Brellan
2 | B | Corran
3 | C | Dunmore
4 | D | Ellery
5 | E | Farrow
"""
SPELLS = """
record_id | person | prison | kind | start | end
1 | A | Pentonville | sentenced | 2016-01-10 | 2016-07-01
2 | E | Isis | remand | 2016-05-01 | 2016-06-01
"""
SUPERVISION = """
record_id | person | kind | start | end
1 | A | custody | 2016-01-10 | 2016-07-01
2 | A | licence | 2016-07-01 | 2016-10-01
3 | A | pss | 2016-10-01 | 2016-12-01
4 | B | community | 2016-05-01 |
5 | C | suspended | 2016-05-01 |
"""
LIVES = {"nps-people": PEOPLE, "prison-spells": SPELLS, "nps-supervision": SUPERVISION}

# person | day of the task | prison named | status | prison
WHERE = """
A | 2016-06-30 |             | custody   | Pentonville
A | 2016-06-30 | Thameside   | custody   | Thameside
A | 2016-07-01 |             | licence   |
A | 2016-09-30 |             | licence   |
A | 2016-10-01 |             | licence   |
A | 2016-12-01 |             | none      |
B | 2016-04-30 |             | none      |
B | 2016-05-01 |             | community |
C | 2016-06-06 |             | community |
D | 2016-06-06 |             | none      |
E | 2016-05-31 |             | custody   | Isis
E | 2016-06-01 |             | none      |
"""


def rows(table):
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def tasks(*lines):
    """An extract of tasks: person, day, prison."""
    head = "record_id | person | done_on | prison | kind\n"
    return head + "\n".join(f"T{n} | {who} | {on} | {prison} | refer" for n, (who, on, prison) in enumerate(lines, 1))


@pytest.mark.parametrize(("who", "on", "named", "status", "prison"), rows(WHERE))
def test_where_the_person_was_on_the_day(load, who, on, named, status, prison):
    load({**LIVES, "prison-tasks": tasks((who, on, named))})
    assert queries.tasks().select("status", "prison").rows() == [(status, prison)]


def test_a_spell_in_prison_outweighs_a_licence_still_on_record(load):
    load({
        "prison-spells": "record_id | person | prison | kind | start | end\n1 | A | Brixton | sentenced | 2016-08-01 |",
        "nps-people": PEOPLE,
        "nps-supervision": "record_id | person | kind | start | end\n1 | A | licence | 2016-07-01 |",
        "prison-tasks": tasks(("A", "2016-08-01", "")),
    })  # fmt: skip
    assert queries.tasks().select("status", "prison").rows() == [("custody", "Brixton")]


def test_of_two_prisons_on_one_day_the_one_come_to_last_counts(load):
    load({
        "nps-people": PEOPLE,
        "prison-spells": "record_id | person | prison | kind | start | end\n"
                         "1 | A | Pentonville | sentenced | 2016-06-01 |\n2 | A | Isis | sentenced | 2016-07-01 |",
        "prison-tasks": tasks(("A", "2016-07-02", "")),
    })  # fmt: skip
    assert queries.tasks()["prison"].to_list() == ["Isis"]


def test_a_person_counts_once_a_status_at_the_first_task_and_may_count_in_two(load):
    load({
        **LIVES,
        "prison-tasks": tasks(
            ("A", "2016-05-02", "Thameside"), ("A", "2016-06-02", ""), ("A", "2016-07-10", ""), ("A", "2016-10-10", ""),
            ("E", "2016-05-02", ""), ("B", "2016-05-02", ""), ("C", "2016-05-02", ""), ("D", "2016-05-02", ""),
        ),
    })  # fmt: skip
    assert figures_of(MEASURES, "prison.cases_in_custody") == {"all": 2}
    assert figures_of(MEASURES, "prison.cases_licence") == {"all": 1}
    assert figures_of(MEASURES, "prison.cases_community") == {"all": 2}
    assert figures_of(MEASURES, "prison.tasks") == {"refer": 8, "total": 8}
    shares = figures_of(MEASURES, "prison.share")
    assert (shares["Thameside"], shares["Isis"], shares["Pentonville"]) == (50, 50, 0)


def test_the_first_task_is_the_first_in_the_period(load):
    load({**LIVES, "prison-tasks": tasks(("A", "2016-05-02", "Thameside"), ("A", "2016-06-02", ""))})
    june = Period(start=date(2016, 6, 1), end=date(2016, 7, 1))
    shares = figures_of(MEASURES, "prison.share", june)
    assert (shares["Pentonville"], shares["Thameside"]) == (100, 0)


def test_tasks_before_the_service_began_do_not_count(load):
    load({**LIVES, "prison-tasks": tasks(("A", "2016-04-24", ""), ("E", "2016-05-02", ""))})
    assert figures_of(MEASURES, "prison.cases_in_custody") == {"all": 1}


def test_a_corrected_release_moves_a_person_from_custody_to_licence(load):
    load({**LIVES, "prison-tasks": tasks(("A", "2016-06-15", ""))})
    load({
        "prison-spells": SPELLS.replace("2016-07-01", "2016-06-10"),
        "nps-supervision": SUPERVISION.replace("2016-07-01", "2016-06-10"),
    })  # fmt: skip
    assert figures_of(MEASURES, "prison.cases_in_custody") == {"all": 0}
    assert figures_of(MEASURES, "prison.cases_licence") == {"all": 1}


def scope():
    return Scope(pilot=current_pilot(), period=Period(start=date(2016, 4, 25), end=date(2017, 1, 1)), as_at=date(2016, 12, 31))


def test_tasks_that_fit_nowhere_are_findings(load, join):
    load({
        **LIVES,
        "prison-tasks": tasks(("D", "2016-06-06", ""), ("A", "2016-06-06", ""), ("D", "2016-04-24", "")),
        "nps-supervision": SUPERVISION + "6 | D | custody | 2016-08-01 |\n",
    })  # fmt: skip
    join("AD")
    assert [(f.slug, f.records) for f in queries.findings(scope())] == [("prison.no_status", ("T1",))]


def test_a_task_for_somebody_who_was_no_member_that_day_is_a_finding(load, join):
    """A joined on 6 June and left on the 8th; B never joined."""
    load({**LIVES, "prison-tasks": tasks(*(("A", f"2016-06-0{day}", "") for day in (5, 6, 7, 8)), ("B", "2016-06-06", ""))})
    join("A", start=date(2016, 6, 6), end=date(2016, 6, 8))
    assert [(f.slug, f.records) for f in queries.findings(scope())] == [("prison.not_member", ("T1", "T4", "T5"))]


def test_a_custody_task_without_any_prison_is_a_finding(load, join):
    load({
        "nps-people": PEOPLE,
        "nps-supervision": "record_id | person | kind | start | end\n1 | D | custody | 2016-05-01 |",
        "prison-tasks": tasks(("D", "2016-06-06", "")),
    })  # fmt: skip
    join("D")
    assert [(f.slug, f.records) for f in queries.findings(scope())] == [("prison.no_prison", ("T1",))]


def test_a_task_is_use_of_the_service(load, person_id):
    load({**LIVES, "prison-tasks": tasks(("A", "2016-06-06", ""))})
    assert queries.service_use(scope()).rows() == [(person_id("A"), "prison_coordination", date(2016, 6, 6))]


def test_a_task_is_recorded_with_its_audit_entry(load, person_id):
    load(LIVES)
    actions.record_task(by="co-ordinator", person_id=person_id("A"), kind="case_discussion", done_on=date(2016, 6, 6))
    assert about_person(person_id("A"))[-1].verb == "prison.record_task"
    assert [(e.on, e.words) for e in queries.timeline(person_id("A"))] == [(date(2016, 6, 6), "Case discussion")]
    (held,) = queries.held_about(person_id("A"))["Prison co-ordination tasks"]
    assert (held["kind"], held["prison"]) == ("case_discussion", "")


@pytest.mark.parametrize("kind", ["case_discussion", "ring the prison"])
def test_a_task_twice_or_of_no_known_kind_is_refused(load, person_id, kind):
    load(LIVES)
    actions.record_task(by="co-ordinator", person_id=person_id("A"), kind="case_discussion", done_on=date(2016, 6, 6))
    with pytest.raises(actions.TaskRefused):
        actions.record_task(by="co-ordinator", person_id=person_id("A"), kind=kind, done_on=date(2016, 6, 6))
    assert models.Task.objects.count() == 1
