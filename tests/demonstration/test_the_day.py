"""The day on which the demonstration stands: every role can sign in and finds work that is really in the data."""

import sqlite3
from collections.abc import Iterator
from datetime import date

import pytest

from throughcare.casework.access.policy import ROLES
from throughcare.synthetic.lives import DEMONSTRATION_DAY

pytestmark = pytest.mark.xdist_group("pilot")
DAY = str(DEMONSTRATION_DAY)
RUNNING = f"start <= '{DAY}' AND (\"end\" IS NULL OR \"end\" > '{DAY}')"
HELD = f"""
    SELECT p.* FROM access_holding h JOIN access_account a ON a.id = h.account_id JOIN access_post p ON p.id = h.post_id
    WHERE a.username = ? AND h.start <= '{DAY}' AND (h."end" IS NULL OR h."end" > '{DAY}') ORDER BY h.cover, p.id
"""
STATE = """
    (SELECT e.state FROM referrals_referralevent e WHERE e.referral_id = r.id AND e.replaced_by_id IS NULL
     ORDER BY e."on" DESC, e.place DESC, e.id DESC LIMIT 1)
"""


@pytest.fixture(scope="module")
def store(pilot_home) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"file:{pilot_home / 'throughcare.sqlite3'}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


def account_of(role: str) -> str:
    return role.replace("_", "-")


def posts(store, username: str) -> list[sqlite3.Row]:
    return store.execute(HELD, [username]).fetchall()


def how_many(store, query: str, *values: object) -> int:
    return store.execute(f"SELECT COUNT(*) FROM {query}", values).fetchone()[0]


def test_the_home_says_the_day(pilot_home):
    assert date(2017, 3, 1) == DEMONSTRATION_DAY
    assert f"day: {DAY}" in (pilot_home / "demonstration.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("role", ROLES)
def test_each_role_has_an_account_that_signs_in_and_holds_a_post_of_it(store, role):
    (password, name), *_ = store.execute("SELECT password, name FROM access_account WHERE username = ?", [account_of(role)])
    assert not password.startswith("!")
    assert name == ROLES[role]
    assert posts(store, account_of(role))[0]["role"] == role


def test_the_password_is_told(store):
    from django.contrib.auth.hashers import check_password

    (password,) = store.execute("SELECT password FROM access_account WHERE username = 'iom-coordinator'").fetchone()
    assert check_password("demonstration", password)


def test_staff_accounts_have_no_password(store):
    demonstration = {account_of(role) for role in ROLES} | {"court-and-caseload", "data-protection-cover"}
    usable = {row[0] for row in store.execute("SELECT username FROM access_account WHERE password NOT LIKE '!%'")}
    assert usable == demonstration


def test_one_covers_a_colleague_and_one_holds_a_court_and_a_caseload(store):
    assert [post["role"] for post in posts(store, "offender-manager")] == ["offender_manager"] * 2
    assert {post["role"] for post in posts(store, "court-and-caseload")} == {"court_officer", "offender_manager"}


def test_the_co_ordinator_has_open_proposals(store):
    (post,) = posts(store, "iom-coordinator")
    waits = "cohort_proposal WHERE borough = ? AND accepted IS NULL AND superseded_on IS NULL"
    assert post["place"] == "Hackney"
    assert how_many(store, waits, post["place"]) >= 5


def test_every_proposal_that_waits_is_of_the_day(store):
    waiting = store.execute("SELECT DISTINCT as_at FROM cohort_proposal WHERE accepted IS NULL AND superseded_on IS NULL")
    assert [row[0] for row in waiting] == [DAY]


def test_the_co_ordinators_decided_at_the_end_of_january_and_not_of_february(store):
    decided = store.execute("SELECT DISTINCT decided_on FROM cohort_proposal WHERE decided_on > '2016-12-31'").fetchall()
    assert [row[0] for row in decided] == ["2017-01-31"]


def test_the_court_officer_has_a_list_and_clocks(store):
    (post,) = posts(store, "court-officer")
    listed = "courts_listentry l JOIN cohort_membership m ON m.person_id = l.person_id WHERE l.court = ? AND l.hearing_on = ?"
    assert how_many(store, f'{listed} AND m.start <= ? AND m."end" IS NULL', post["place"], DAY, DAY) >= 5
    asked = "courts_report r JOIN courts_courtcase c ON c.id = r.case_id WHERE r.delivered_on IS NULL AND c.court = ?"
    assert how_many(store, f"{asked} AND r.requested_on > '2017-02-01'", post["place"]) >= 5


def test_the_offender_manager_has_people_to_see_and_people_just_out(store):
    own, _ = posts(store, "offender-manager")
    mine = f"SELECT person_id FROM access_allocation WHERE post_id = ? AND {RUNNING}"
    assert 20 <= how_many(store, f"({mine})", own["id"]) <= 60
    assert how_many(store, f"programmes_appointment WHERE due_on = ? AND person_id IN ({mine})", DAY, own["id"]) >= 1
    out = f"people_custodyspell WHERE \"end\" BETWEEN '2017-02-25' AND ? AND person_id IN ({mine})"
    assert how_many(store, out, DAY, own["id"]) >= 1
    assert how_many(store, "access_handover WHERE accepted IS NULL AND to_post_id = ?", own["id"]) == 2


def test_the_senior_officer_has_a_vacant_post_with_people(store):
    (senior,) = posts(store, "senior-officer")
    held = f"SELECT post_id FROM access_holding WHERE {RUNNING}"
    vacant = f"access_post WHERE office = ? AND role = 'offender_manager' AND id NOT IN ({held})"
    assert how_many(store, vacant, senior["office"]) == 1
    people = f"access_allocation WHERE {RUNNING} AND post_id IN (SELECT id FROM {vacant})"
    assert how_many(store, people, senior["office"]) >= 20


def test_few_posts_are_vacant(store):
    held = f"SELECT post_id FROM access_holding WHERE {RUNNING}"
    assert how_many(store, f"access_post WHERE id NOT IN ({held})") <= 3
    assert how_many(store, "access_post WHERE telephone NOT LIKE '020 7946 0%'") == 0


def test_the_prison_co_ordinator_has_releases_within_a_week(store):
    (post,) = posts(store, "prison-coordinator")
    there = f"SELECT person_id FROM people_custodyspell WHERE prison = ? AND {RUNNING}"
    soon = "people_sentence WHERE release_planned_on BETWEEN ? AND '2017-03-08'"
    assert how_many(store, f"{soon} AND person_id IN ({there})", DAY, post["place"]) >= 2
    assert how_many(store, 'people_custodyspell WHERE prison = ? AND "end" = ?', post["place"], DAY) >= 1


@pytest.mark.parametrize(
    ("role", "service"),
    [
        ("provider_worker", ""),
        ("provider_admin", ""),
        ("health_practitioner", "mental_health"),
        ("employment_broker", "employment"),
    ],
)
def test_who_works_by_referral_has_unanswered_ones(store, role, service):
    post = posts(store, account_of(role))[0]
    of, value = ("service", service) if service else ("provider", post["place"])
    states = [row[0] for row in store.execute(f"SELECT {STATE} FROM referrals_referral r WHERE {of} = ?", [value])]
    assert states.count(None) >= 2
    assert {None, "acknowledged", "accepted", "started", "declined"} <= set(states)


def test_what_waits_at_a_provider_has_not_waited_since_last_year_but_for_a_few(store):
    waits = f"coalesce({STATE}, 'sent') IN ('sent', 'acknowledged', 'accepted')"
    assert 0 < how_many(store, f"referrals_referral r WHERE r.sent_on < '2017-01-01' AND {waits}") < 50


def test_the_volunteers_have_people_matched(store):
    sizes = [how_many(store, f"access_allocation a JOIN access_post p ON p.id = a.post_id WHERE p.slug = ? AND {RUNNING}", name)
             for name in ("volunteer-1", "volunteer-2")]  # fmt: skip
    assert sizes == [5, 3]  # the first is also matched with somebody in prison


def test_police_have_plans_to_make_and_taskings(store):
    assert how_many(store, "policing_plan WHERE requested_on > '2017-02-01' AND received_on IS NULL") >= 8
    assert how_many(store, "policing_tasking WHERE carried_out_on > '2017-01-01' AND borough = 'Hackney'") >= 3


def test_purchases_wait_for_approval(store):
    assert how_many(store, "budgets_purchase WHERE approved_on IS NULL AND cancelled_on IS NULL") >= 3


def test_three_people_have_limited_access(store):
    kinds = store.execute("SELECT kind, ring_id IS NOT NULL, (SELECT COUNT(*) FROM access_limitname n WHERE n.limit_id = l.id) "
                          "FROM access_limit l ORDER BY id").fetchall()  # fmt: skip
    assert [tuple(row) for row in kinds] == [("excluded", 0, 1), ("restricted", 1, 1), ("restricted", 0, 0)]
    listed = "access_limit l JOIN courts_listentry e ON e.person_id = l.person_id"
    assert how_many(store, f"{listed} WHERE l.ring_id IS NOT NULL AND e.hearing_on = ?", DAY) == 1


def test_nothing_waits_in_quarantine(store):
    assert how_many(store, "imports_quarantinedrow") == 0
