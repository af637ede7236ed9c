"""How long the provider's desk, the caseload, a referral and the refer page take with 100,000 referrals and 20 people at work.

    python -m tests.postgres python benchmarks/referrals.py [PEOPLE] [USERS] [REFERRALS]      on PostgreSQL
    python benchmarks/referrals.py [PEOPLE] [USERS] [REFERRALS]                               on SQLite

The store is that of `web.py`, with these referrals in place of its own: over three years, to every service and provider; of
those sent in the last thirty days most are open, of the others one in two hundred. `throughcare serve` answers with its two
workers; browser, server and database share the machine. `at work`: everybody reads 2 to 6 seconds before the next page; `hammer`:
nobody waits. `alone`: one page after another, nobody else, with the questions that the page asks of the database.
"""

import json
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

os.environ.setdefault("POLARS_MAX_THREADS", "1")  # read by Polars when it is first imported

import django
import numpy as np
import web
from _machine import machine, peak_megabytes
from _service import fetch, serving
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from find import made_up, seconds
from web import DAY, NOW, SEED, Plan, numbers, on, put

PEOPLE, USERS, REFERRALS = 20_000, 20, 100_000
THREE_YEARS, LATE = 1_095, 30
WARM, AT_WORK, HAMMER, THINK, ALONE = 8.0, 60.0, 20.0, (2.0, 6.0), 15
POSTS = {"offender_manager": 10, "provider_worker": 10}
PATH = ("acknowledged", "accepted", "started", "completed")


def main() -> None:
    told = (PEOPLE, USERS, REFERRALS)
    people, users, many = (int(given) for given in (*sys.argv[1:], *told[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as home:
        Path(home, "demonstration.txt").write_text(f"day: {DAY}\n", encoding="utf-8")
        os.environ |= {"THROUGHCARE_HOME": home, "DJANGO_SETTINGS_MODULE": "throughcare.config.settings"}
        django.setup()
        about = {"people": people, "users": users, "referrals": many, "database": connection.vendor, "machine": machine()}
        print(json.dumps({"benchmark": "referrals"} | about), flush=True)
        call_command("migrate", verbosity=0)
        web.POSTS, web.services = POSTS, lambda plan: referred(plan, many)
        web.MEMBERS = max(people // 20, 400)
        print(json.dumps(web.planted(made_up(people), users, Path(home))), flush=True)
        report(desks())
        print(json.dumps({"peak_mb": peak_megabytes()}))


def referred(plan: Plan, many: int) -> int:
    """The referrals and what became of them; they say how they stand, as the loader of the return has them say it."""
    from throughcare.casework.referrals.actions import keep_standing

    pairs = [(s.slug, p.slug) for s in plan.pilot.services if s.by_referral for p in plan.pilot.providers if s.slug in p.services]
    chosen, sent = plan.ago(len(pairs), many), np.sort(plan.ago(THREE_YEARS, many, 1))[::-1]
    fifth, tenth = many // 5, many // 10  # those in somebody's work have the most: some 7 to 27 each
    whom = np.r_[plan.of(plan.people, many - fifth - tenth), plan.of(plan.members, fifth), plan.of(plan.managed, tenth)]
    late = plan.draw.random(many) < np.where(sent <= LATE, 0.7, 0.005)
    reached = np.where(late, plan.ago(4, many), 4)
    length = np.minimum(plan.ago(40, many, 2), np.maximum(sent // 5, 1))
    over = np.where(reached == len(PATH), sent - np.minimum(length * 4, sent - 1), 0)
    rows = put("referrals.Referral", person=plan.draw.permutation(whom), service=[pairs[n][0] for n in chosen], route="licence",
               provider=[pairs[n][1] for n in chosen], sent_on=on(sent))  # fmt: skip
    made = numbers("referrals.Referral")
    for place, state in enumerate(PATH):
        there = reached > place
        then = np.where(place == 3, over, sent - np.minimum(length * (place + 1), sent - 1))[there]
        rows += put("referrals.ReferralEvent", referral=made[there], state=state, on=on(then), place=place, recorded_at=NOW)
    keep_standing(made.tolist())
    held = plan.size(100_000)
    rows += put("programmes.Session", referral=plan.of(made[reached > 2], held), held_on=on(plan.ago(300, held)), attended=True)
    ago, due = plan.ago(150, plan.size(175_000), -14), plan.of(plan.managed, plan.size(175_000))
    came = (plan.draw.random(len(ago)) < 0.8) & (ago > 0)
    return rows + put("programmes.Appointment", person=due, due_on=on(ago), held_on=on(ago, came), attended=came)


def desks() -> dict[str, list[tuple[str, str]]]:
    """By page, addresses with the cookie of somebody whose page it is. The desks of all providers' posts, all caseloads."""
    from django.conf import settings

    from throughcare.casework.access.models import Account
    from throughcare.casework.referrals.reach import to_provider
    from throughcare.web.middleware import reader_of

    found: dict[str, list[tuple[str, str]]] = {"desk": [], "caseload": [], "referral": [], "refer": [], "check": []}
    rng = random.Random(SEED)
    for account in Account.objects.filter(username__startswith="user-").order_by("pk"):
        client, reader = Client(), reader_of(account)
        client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[-1])
        cookie = client.cookies["sessionid"].value
        if reader.held("provider_worker", "provider_admin"):
            found["desk"].append(("/provider/", cookie))
            mine = list(to_provider(reader.acting, DAY).values_list("pk", flat=True))
            found["referral"] += [(f"/referrals/{pk}/", cookie) for pk in rng.sample(mine, min(30, len(mine)))]
        else:
            found["caseload"].append(("/services/caseload/", cookie))
            work = sorted(reader.people("cohort_membership", "view").values_list("pk", flat=True))
            some = rng.sample(work, min(30, len(work)))
            found["refer"] += [(f"/people/{pk}/refer/", cookie) for pk in some]
            found["check"] += [(f"/people/{pk}/refer/?to=mental_health&to=mentoring", cookie) for pk in some]
    return {page: those for page, those in found.items() if those}


def drive(port: int, pages: dict[str, list[tuple[str, str]]], lasts: float, think: tuple[float, float] | None) -> list:
    """Twenty people at once for so many seconds: page, milliseconds and status of each answer."""
    took, ends = [], time.perf_counter() + lasts

    def work(rng: random.Random) -> None:
        time.sleep(rng.uniform(0, think[1]) if think else 0)
        while time.perf_counter() < ends:
            page = rng.choice(list(pages))
            to, cookie = rng.choice(pages[page])
            length, (status, _) = seconds(fetch, port, to, cookie)
            took.append((page, length * 1000, status))
            time.sleep(rng.uniform(*think) if think else 0)

    threads = [threading.Thread(target=work, args=(random.Random(n),)) for n in range(USERS)]
    for step in (threading.Thread.start, threading.Thread.join):
        for thread in threads:
            step(thread)
    return took


def report(pages: dict[str, list[tuple[str, str]]]) -> None:
    """Prints what each page takes alone and under both loads."""
    with serving() as port:
        drive(port, pages, WARM, None)
        for page, those in pages.items():
            print(json.dumps({"load": "alone", "page": page} | alone(port, those)), flush=True)
        for load, lasts, think in (("at work", AT_WORK, THINK), ("hammer", HAMMER, None)):
            took = drive(port, pages, lasts, think)
            for page in (*pages, "all"):
                mine = sorted(length for name, length, _ in took if page in (name, "all"))
                refused = sum(status != 200 for name, _, status in took if page in (name, "all"))
                print(json.dumps({"load": load, "page": page, "number": len(mine), "a_second": round(len(mine) / lasts, 1),
                                  "not_200": refused} | spread(mine)), flush=True)  # fmt: skip


def spread(took: list[float]) -> dict[str, float]:
    return {"median_ms": round(statistics.median(took), 1), "p95_ms": round(took[int(len(took) * 0.95)], 1),
            "most_ms": round(took[-1], 1)}  # fmt: skip


def alone(port: int, those: list[tuple[str, str]]) -> dict[str, float]:
    """What it takes one after another, the most questions to the database, the most bytes as sent."""
    some = random.Random(SEED).sample(those, min(ALONE, len(those)))
    took, sent, asked = [], [], []
    for to, cookie in some:
        length, (_, body) = seconds(fetch, port, to, cookie)
        took.append(length * 1000)
        sent.append(len(body))
        client = Client(SERVER_NAME="127.0.0.1")
        client.cookies["sessionid"] = cookie
        with CaptureQueriesContext(connection) as queries:
            client.get(to)
            asked.append(len(queries))
    return spread(sorted(took)) | {"queries": max(asked), "bytes": max(sent)}


if __name__ == "__main__":
    main()
