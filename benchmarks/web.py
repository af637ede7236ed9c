"""How long Today, a person's pages and Find take with 20 people at work on 250,000 people's records, and what a page weighs.

    python -m tests.postgres python benchmarks/web.py [PEOPLE] [USERS]      on PostgreSQL, as a real service runs
    python benchmarks/web.py [PEOPLE] [USERS]                               on SQLite

Names and numbers go through the real import, facts into their tables as loaders write them. `throughcare serve` answers
with its two workers; browser, server and database share the machine. `at work`: everybody reads 2 to 6 seconds before the
next page; `hammer`: nobody waits. `queries`: of the role that needs most. Bytes are as sent, `first_visit` with all assets.
"""

import gzip
import json
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import quote_plus

os.environ.setdefault("POLARS_MAX_THREADS", "1")  # read by Polars when it is first imported

import django
import numpy as np
import polars as pl
from _machine import machine, peak_megabytes
from _service import assets, fetch, serving
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from find import SEARCHED, imported, made_up, seconds

PEOPLE, USERS, SEED = 250_000, 20, 2016
DAY = date(2016, 12, 7)
BOROUGHS, CASELOAD, MEMBERS = 40, 50, 1_400
WARM, AT_WORK, HAMMER, THINK = 10.0, 60.0, 20.0, (2.0, 6.0)
PAGES = {"today": 30, "person": 30, "tab": 15, "find": 15, "list": 10}
LISTS = {"cohort": "/cohort/", "cohort-proposals": "/cohort/proposals/", "cohort-changes": "/cohort/changes/",
         "same-person": "/same-person/", "panels": "/panels/", "notices": "/notices/"}  # fmt: skip
"""Pages of many people, for the roles that may open them."""
TYPED = ("full name", "surname", "full name and birth", "letter dropped", "letter replaced", "CRN")
POSTS = {"offender_manager": 8, "iom_coordinator": 4, "court_officer": 3, "prison_coordinator": 2, "provider_worker": 2,
         "senior_officer": 1}  # fmt: skip
NOW = datetime(2016, 12, 6, 9, tzinfo=UTC)


def main() -> None:
    people, users = (int(given) for given in [*sys.argv[1:], *(str(n) for n in (PEOPLE, USERS)[len(sys.argv) - 1 :])])
    with tempfile.TemporaryDirectory() as home:
        Path(home, "demonstration.txt").write_text(f"day: {DAY}\n", encoding="utf-8")
        os.environ |= {"THROUGHCARE_HOME": home, "DJANGO_SETTINGS_MODULE": "throughcare.config.settings"}
        django.setup()
        told = {"benchmark": "web", "people": people, "users": users, "database": connection.vendor, "machine": machine()}
        print(json.dumps(told), flush=True)
        call_command("migrate", verbosity=0)
        made = made_up(people)
        print(json.dumps(planted(made, users, Path(home))), flush=True)
        report(signed_in(made))
        print(json.dumps({"peak_mb": peak_megabytes()}))


class Plan:
    """Who lives where, who is supervised, in the cohort, on whose caseload: what the facts are made from."""

    def __init__(self, users: int) -> None:
        from throughcare.casework.pilot import current_pilot

        self.pilot, self.users, self.draw = current_pilot(), users, np.random.default_rng(SEED)
        self.people = numbers("people.Person")
        pilots = len(self.pilot.boroughs)
        self.boroughs = np.array([*self.pilot.boroughs, *(f"Borough {n}" for n in range(pilots, BOROUGHS))])
        self.home = self.draw.integers(0, BOROUGHS, len(self.people))
        chosen = np.sort(self.draw.choice(len(self.people), len(self.people) * 14 // 100, replace=False))
        chosen = chosen[np.argsort(self.home[chosen], kind="stable")]
        self.managed, self.office = self.people[chosen], self.home[chosen]
        place = np.arange(len(chosen)) - np.searchsorted(self.office, self.office)
        self.members = self.managed[(self.office < pilots) & (place < MEMBERS // pilots)]
        self.code = self.office * 1000 + place // CASELOAD
        self.agency = np.where(self.code % 2 == 0, "NPS", "CRC")
        self.ago = lambda last, rows, first=0: self.draw.integers(first, last, rows)
        self.of = lambda some, rows: self.draw.choice(np.array(some), rows)

    def size(self, rows: int) -> int:
        """So many rows for 250,000 people, as many for these."""
        return max(rows * len(self.people) // PEOPLE, 1)

    def mixed(self, rows: int) -> np.ndarray:
        """Half of the rows are about people under supervision, who are one in seven."""
        return np.r_[self.of(self.managed, rows // 2), self.of(self.people, rows - rows // 2)]


def on(ago: np.ndarray, known: np.ndarray | None = None) -> pl.Series:
    """The days so long ago; null where not known."""
    days = pl.Series(np.datetime64(DAY) - ago.astype("timedelta64[D]")).cast(pl.Date)
    return days if known is None else pl.select(pl.when(pl.Series(known)).then(days)).to_series()


def planted(made: pl.DataFrame, users: int, home: Path) -> dict[str, object]:
    """Everybody, by the real import; then posts, and a row a fact."""
    from throughcare.casework.audit.actions import recording

    began = time.perf_counter()
    import_seconds, _ = seconds(imported, made, home)
    plan = Plan(users)
    with recording(by="benchmark", verb="benchmark.plant"):
        rows = sum(make(plan) for make in (posts, lives, at_random, cohort, services, courts))
    if connection.vendor == "postgresql":  # as its own daemon does soon after so much writing
        connection.cursor().execute("VACUUM ANALYZE")
    return {"planted_seconds": round(time.perf_counter() - began, 1), "of_it_import": round(import_seconds, 1), "facts": rows}


def put(table: str, **columns: object) -> int:
    """Writes rows as the loaders do; gives how many."""
    from throughcare.casework.imports.actions import insert

    insert(apps.get_model(table), frame := pl.DataFrame(columns))
    return frame.height


def numbers(table: str, **only: object) -> np.ndarray:
    """The numbers of the rows, in order."""
    return np.array(apps.get_model(table).objects.filter(**only).order_by("pk").values_list("pk", flat=True))


def posts(plan: Plan) -> int:
    """A post for every fifty people, with them; an account for each user, who holds a post; a colleague holds the others."""
    from throughcare.casework.access import actions as access
    from throughcare.casework.access.models import Post

    first = np.unique(plan.code, return_index=True)[1]
    codes, agencies, places = plan.code[first], plan.agency[first], plan.boroughs[plan.office[first]]
    offices = [f"{agency} {place}" for agency, place in zip(agencies, places, strict=True)]
    rows = put("access.Post", slug=[f"om-{c}" for c in codes], title=[f"Manager {c}" for c in codes], role="offender_manager",
               agency=agencies, office=offices, code=[f"M{c}" for c in codes])  # fmt: skip
    by_code = {int(code[1:]): pk for pk, code in Post.objects.values_list("pk", "code")}
    rows += put("access.Allocation", person=plan.managed, post=[by_code[code] for code in plan.code.tolist()],
                start=on(plan.ago(400, len(plan.managed), 1)))  # fmt: skip
    works_at = {"iom_coordinator": plan.pilot.boroughs, "court_officer": plan.pilot.courts,
                "prison_coordinator": plan.pilot.prisons, "provider_worker": ("osmani_trust", "rise_mutual")}  # fmt: skip
    kinds = [(role, n) for role, many in POSTS.items() for n in range(many)]
    for number in range(plan.users):
        role, n = kinds[number * len(kinds) // plan.users]
        if role == "offender_manager":
            post = Post.objects.get(code=f"M{n % len(plan.pilot.boroughs) * 1000}")
        else:
            place = works_at[role][n % len(works_at[role])] if role in works_at else ""
            post = access.make_post(by="benchmark", slug=f"post-{number}", title=role, role=role, place=place,
                                    office="" if place else offices[0])  # fmt: skip
        account = access.make_account(by="benchmark", username=f"user-{number}")
        access.hold(by="benchmark", post=post, account=account, start=DAY - timedelta(days=300))
    colleague = access.make_account(by="benchmark", username="colleague").pk
    return rows + put("access.Holding", post=numbers("access.Post", holdings=None), account=colleague, start=date(2015, 1, 1))


def lives(plan: Plan) -> int:
    """Where people live, who is supervised, who is in prison and who was."""
    every, now, inside, out = len(plan.people), len(plan.managed), plan.size(8_000), plan.size(50_000)
    rows = put("people.Address", person=plan.people, borough=plan.boroughs[plan.home], start=on(plan.ago(1500, every, 1)))
    rows += put("people.Supervision", person=plan.managed, agency=plan.agency, kind=plan.of(("licence", "community"), now),
                start=on(plan.ago(400, now, 1)), office_borough=plan.boroughs[plan.office])  # fmt: skip
    held, left = plan.mixed(inside), plan.ago(1500, out)
    rows += put("people.CustodySpell", person=held, prison=plan.of(plan.pilot.prisons, inside), start=on(plan.ago(300, inside)),
                kind=plan.of(("sentenced", "remand"), inside))  # fmt: skip
    rows += put("people.CustodySpell", person=plan.mixed(out), prison=plan.of(plan.pilot.prisons, out), kind="sentenced",
                start=on(left + plan.ago(300, out, 5)), end=on(left))  # fmt: skip
    return rows + put("people.Sentence", person=held, imposed_on=on(plan.ago(300, inside)), kind="custody",
                      release_planned_on=on(-plan.ago(400, inside, 1)))  # fmt: skip


def at_random(plan: Plan) -> int:
    """Facts that lie anywhere: histories of everybody, notes on those supervised, what agencies did for the cohort."""
    from throughcare.rules.ogrs3.offences import offence_map

    offence, borough = {"offence_code": offence_map()["offence_code"].to_list()}, {"borough": plan.pilot.boroughs}
    rows, some, members = 0, plan.managed, plan.members
    for table, many, whom, day, known in (
        ("people.Arrest", 500_000, None, "arrested_on", offence),
        ("people.Charge", 250_000, None, "charged_on", offence),
        ("people.Conviction", 500_000, None, "convicted_on", {**offence, "principal": (True,), "disposal": ("conviction",)}),
        ("people.Sentence", 250_000, None, "imposed_on", {"kind": ("fine", "community", "suspended"), "months": range(1, 24)}),
        ("people.Need", 100_000, None, "assessed_on", {"pathway": ("drugs", "alcohol", "employment", "accommodation")}),
        ("people.Registration", 15_000, None, "start", {"kind": ("MAPPA",)}),
        ("notes.Note", 100_000, some, "on", {"text": ("Came on time, told of work; to ring the landlord next week.",)}),
        ("notes.Risk", 10_000, some, "start", {"text": ("Carries knives",)}),
        ("access.Limit", 120, some, "start", {"kind": ("excluded", "restricted")}),
        ("prison.Task", 5_000, members, "done_on", {"kind": ("refer", "notify_manager", "identify_services")}),
        ("policing.Plan", 1_000, members, "requested_on", borough),
        ("policing.Tasking", 1_000, members, "carried_out_on", borough),
        ("mental_health.Consultation", 1_000, members, "held_on", {"with_whom": ("offender_manager",)}),
        ("mental_health.Intervention", 1_000, members, "started_on", {"kind": ("resilience", "anger management")}),
    ):
        count = plan.size(many)
        who, since = (plan.mixed(count), 4000) if whom is None else (plan.of(whom, count), 400)
        told = {name: plan.of(values, count) for name, values in known.items()}
        rows += put(table, person=who, **told, **{day: on(plan.ago(since, count, 1))})
    return rows


def cohort(plan: Plan) -> int:
    """Who is in it, how they are rated, and what was proposed: twenty a borough wait for a decision."""
    every, borough = len(plan.members), dict(zip(plan.managed.tolist(), plan.boroughs[plan.office].tolist(), strict=True))
    since = plan.ago(300, every, 30)
    rows = put("cohort.Membership", person=plan.members, start=on(since), borough=[borough[p] for p in plan.members.tolist()],
               reasons="The two-year score is 81, at least 75\nLives in the borough")  # fmt: skip
    for later in (0, 25):
        rag = plan.of(("Red", "Amber", "Green"), every)
        rows += put("cohort.Rating", person=plan.members, rag=rag, start=on(since - later), reason="Panel")
    asked = plan.of(plan.managed[plan.office < len(plan.pilot.boroughs)], plan.size(160))
    for who, state in ((plan.members, True), (asked, None)):
        rows += put("cohort.Proposal", person=who, kind="join", as_at=on(plan.ago(30, len(who))), holds_from=DAY, because="score",
                    score=81, reasons="The two-year score is 81, at least 75", evidence="{}", made_at=NOW, facts_digest="x",
                    borough=[borough[p] for p in who.tolist()],
                    accepted=pl.Series([state] * len(who), dtype=pl.Boolean))  # fmt: skip
    return rows


def services(plan: Plan) -> int:
    """Referrals with what became of them; sessions; appointments with the manager, to come too."""
    from throughcare.casework.referrals.actions import keep_standing

    kinds = [(s.slug, p.slug) for s in plan.pilot.services if s.by_referral for p in plan.pilot.providers if s.slug in p.services]
    many = plan.size(6_000)
    chosen, sent = plan.ago(len(kinds), many), plan.ago(400, many)
    rows = put("referrals.Referral", person=plan.of(plan.members, many), service=[kinds[n][0] for n in chosen], sent_on=on(sent),
               provider=[kinds[n][1] for n in chosen], route="licence")  # fmt: skip
    made, work = numbers("referrals.Referral"), numbers("referrals.Referral", service="employment")
    reached = plan.ago(5, many)
    for place, state in enumerate(("acknowledged", "accepted", "started", "completed")):
        there = (reached > place) & (sent - 2 * place > 1)
        then = on((sent - 2 * place - 1)[there])
        rows += put("referrals.ReferralEvent", referral=made[there], state=state, on=then, place=place, recorded_at=NOW)
    keep_standing(made.tolist())
    held, due = plan.size(20_000), plan.size(175_000)
    rows += put("programmes.Session", referral=plan.of(made, held), held_on=on(plan.ago(300, held)), attended=True)
    rows += put("employment.Placement", referral=work, started_on=on(plan.ago(200, len(work))), planned_end_on=DAY)
    ago, who = plan.ago(150, due, -14), plan.of(plan.managed, due)
    came = (plan.draw.random(due) < 0.8) & (ago > 0)
    return rows + put("programmes.Appointment", person=who, due_on=on(ago), held_on=on(ago, came), attended=came)


def courts(plan: Plan) -> int:
    """Sixty people a court and day, five of them of the cohort; cases with pleas and reports."""
    rows = 0
    for court in plan.pilot.courts:
        for some, a_day in ((plan.people, 55), (plan.members, 5)):
            ago = np.repeat(np.arange(-7, 250), a_day)
            who = plan.of(some, len(ago))
            rows += put("courts.ListEntry", person=who, court=court, hearing_on=on(ago), received_on=on(ago + 1))
    many, half = plan.size(4_000), plan.size(2_000)
    told, at = plan.ago(400, many, 7), plan.of(plan.pilot.courts, many)
    rows += put("courts.CourtCase", person=plan.of(plan.members, many), court=at, told_on=on(told))
    cases = numbers("courts.CourtCase")
    rows += put("courts.Plea", case=cases, entered_on=on(told - 2), plea="guilty")
    late = on(told[:half] - 7, told[:half] > 20)
    return rows + put("courts.Report", case=cases[:half], requested_on=on(told[:half] - 2), kind="oral", delivered_on=late)


@dataclass(kw_only=True)
class User:
    """An account signed in: its cookie, people in its work, the tabs and lists that it may open, what it looks for."""

    role: str
    cookie: str
    people: list[int]
    tabs: list[str]
    lists: list[str]
    typed: list[str]


def signed_in(made: pl.DataFrame) -> list[User]:
    """Everybody with a session of its own. Half of what each looks for is in its work, half is anybody."""
    from throughcare.casework.access.models import Account
    from throughcare.casework.people.models import Identifier
    from throughcare.core.pages import SIGNED_IN
    from throughcare.web.addresses import all_pages
    from throughcare.web.middleware import reader_of
    from throughcare.web.person import TABS

    rng, rows, users = random.Random(SEED), {row["crn"]: row for row in made.iter_rows(named=True)}, []
    for account in Account.objects.filter(username__startswith="user-").order_by("pk"):
        client, reader = Client(), reader_of(account)
        client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[-1])
        work = sorted(reader.people("contact").values_list("pk", flat=True))
        some = rng.sample(work, min(CASELOAD, len(work)))
        theirs = Identifier.objects.filter(kind="crn", person__in=some[:10]).values_list("value", flat=True)
        looked = [*(rows[crn] for crn in theirs), *made.sample(10, seed=account.pk).iter_rows(named=True)]
        tabs = [name for name, _, row in TABS[1:] if reader.may(row)]
        lists = [page.name for page in all_pages() if page.name in LISTS and (page.needs == SIGNED_IN or reader.may(page.needs))]
        typed, cookie = [SEARCHED[way](row, rng) for row in looked for way in TYPED], client.cookies["sessionid"].value
        users.append(User(role=reader.post.role, cookie=cookie, people=some, tabs=tabs, lists=lists, typed=typed))
    return users


def address(page: str, user: User, rng: random.Random) -> str:
    """The page, of one of the user's people or of something that the user looks for."""
    if page in LISTS:
        return LISTS[page]
    if page in ("today", "find"):
        return "/" if page == "today" else f"/find/?q={quote_plus(rng.choice(user.typed))}"
    return f"/people/{rng.choice(user.people)}/" + (f"{page.removeprefix('person-')}/" if page != "person" else "")


def drive(port: int, users: list[User], lasts: float, think: tuple[float, float] | None) -> list[tuple[str, float, int]]:
    """Everybody at once, for so many seconds: page, milliseconds and status of each answer."""
    took: list[tuple[str, float, int]] = []
    ends = time.perf_counter() + lasts

    def work(user: User, rng: random.Random) -> None:
        time.sleep(rng.uniform(0, think[1]) if think else 0)
        while time.perf_counter() < ends:
            (kind,) = rng.choices(list(PAGES), weights=list(PAGES.values()))
            page = rng.choice({"tab": user.tabs, "list": user.lists}[kind]) if kind in ("tab", "list") else kind
            length, (status, _) = seconds(fetch, port, address(page, user, rng), user.cookie)
            took.append((page, length * 1000, status))
            time.sleep(rng.uniform(*think) if think else 0)

    threads = [threading.Thread(target=work, args=(user, random.Random(n))) for n, user in enumerate(users)]
    for step in (threading.Thread.start, threading.Thread.join):
        for thread in threads:
            step(thread)
    return took


def report(users: list[User]) -> None:
    """Prints what each page takes under both loads, the questions it asks of the database, and what it weighs."""
    with serving() as port:
        drive(port, users, WARM, None)
        for load, lasts, think in (("at work", AT_WORK, THINK), ("hammer", HAMMER, None)):
            took = drive(port, users, lasts, think)
            for page in (*sorted({page for page, _, _ in took}), "all"):
                mine = sorted(length for name, length, _ in took if page in (name, "all"))
                refused = sum(status != 200 for name, _, status in took if page in (name, "all"))
                line = {"load": load, "page": page, "number": len(mine), "a_second": round(len(mine) / lasts, 1),
                        "median_ms": round(statistics.median(mine), 1), "p95_ms": round(mine[int(len(mine) * 0.95)], 1),
                        "most_ms": round(mine[-1], 1), "not_200": refused}  # fmt: skip
                print(json.dumps(line), flush=True)
        for line in weighed(port, users):
            print(json.dumps(line), flush=True)


def weighed(port: int, users: list[User]) -> Iterator[dict[str, object]]:
    """For each page the most queries of any role, and which; the most bytes of the page, and with all that it fetches."""
    rng, roles = random.Random(SEED), {user.role: user for user in users}.values()
    for page in ("today", "find", "person", *dict.fromkeys(tab for user in roles for tab in (*user.tabs, *user.lists))):
        found = []
        for user in (user for user in roles if page in PAGES or page in (*user.tabs, *user.lists)):
            path = address(page, user, rng)
            client = Client(SERVER_NAME="127.0.0.1")
            client.cookies["sessionid"] = user.cookie
            client.get(path)  # what is asked once a process
            with CaptureQueriesContext(connection) as asked:
                client.get(path)
            _, body = fetch(port, path, user.cookie)
            found.append((len(asked), user.role, len(body), assets(port, gzip.decompress(body).decode())))
        queries, role, _, _ = max(found)
        sent, more = max(each[2] for each in found), max(each[3] for each in found)
        yield {"page": page, "queries": queries, "of_role": role, "bytes": sent, "first_visit_bytes": sent + more}


if __name__ == "__main__":
    main()
