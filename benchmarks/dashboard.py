"""How long the dashboard takes: worked out anew, and as it is kept until something is written.

    python -m tests.postgres python benchmarks/dashboard.py [PEOPLE]      on PostgreSQL, as a real service runs
    python benchmarks/dashboard.py [PEOPLE]                               on SQLite
    THROUGHCARE_HOME=DIR python benchmarks/dashboard.py 0                 of a home that is there, such as the demonstration's

Pages are asked of Django itself, by one reader at a time; `times` is how many times as long the page takes where its figures are
worked out anew. Every page must answer 200.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("POLARS_MAX_THREADS", "2")  # read by Polars when it is first imported

import django
from _machine import machine, peak_megabytes
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

PEOPLE, COLD, WARM = 20_000, 3, 100
PAGES = {
    "dashboard": "/dashboard/", "service": "/dashboard/court_reports/", "a referral service": "/dashboard/mentoring/",
    "measure": "/measures/psr.within_5_days_rate/", "a borough": "/dashboard/?borough=Hackney",
    "beside an earlier period": "/dashboard/?against=before", "picture": "/measures/psr.within_5_days_rate/by-month.png",
}  # fmt: skip
ROLES = ("pilot_manager", "iom_coordinator", "court_officer")
OF_ALL = ("dashboard",)
"""Pages that are asked by every role; the others by who runs the pilot."""


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    with tempfile.TemporaryDirectory() as made:
        os.environ["DJANGO_SETTINGS_MODULE"] = "throughcare.config.settings"
        if people:
            from web import DAY

            Path(made, "demonstration.txt").write_text(f"day: {DAY}\n", encoding="utf-8")
            os.environ["THROUGHCARE_HOME"] = made
        django.setup()
        if people:
            plant(people, Path(made))
        print(json.dumps({"benchmark": "dashboard", "people": people, "database": connection.vendor, "machine": machine()}))
        for role in ROLES:
            for page, address in PAGES.items():
                if role == ROLES[0] or page in OF_ALL:
                    print(json.dumps({"role": role, "page": page, **measured(signed_in(role), address)}), flush=True)
        print(json.dumps({"peak_mb": peak_megabytes()}))


def plant(people: int, home: Path) -> None:
    """The people and facts of the benchmark of the web, and who runs the pilot."""
    from web import made_up, planted

    from throughcare.casework.access import actions as access

    call_command("migrate", verbosity=0)
    planted(made_up(people), len(ROLES) * 7, home)
    post = access.make_post(by="benchmark", slug="pilot", title="Pilot manager", role="pilot_manager")
    account = access.make_account(by="benchmark", username="pilot")
    access.hold(by="benchmark", post=post, account=account, start=settings.DEMONSTRATION)


def signed_in(role: str) -> Client:
    """Whoever holds a post of the role."""
    from throughcare.casework.access.models import Holding

    account = Holding.objects.filter(post__role=role, end=None).select_related("account").first().account
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def measured(client: Client, address: str) -> dict[str, object]:
    """Milliseconds of the page where its figures are worked out anew, and where they are kept."""
    from throughcare.web import boards

    kept = (boards._kept, boards._kept_figure, boards._kept_caveats)

    def anew() -> None:
        for each in kept:
            each.cache_clear()
        asked(client, address)

    asked(client, address)  # what is asked once a process
    cold = timed(anew, COLD)
    warm = timed(lambda: asked(client, address), WARM)
    p95 = warm[int(len(warm) * 0.95)]
    return {
        "anew_ms": round(statistics.median(cold)), "median_ms": round(statistics.median(warm), 1), "p95_ms": round(p95, 1),
        "times": round(statistics.median(cold) / statistics.median(warm), 1),
    }  # fmt: skip


def asked(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answers {answer.status_code}")


def timed(action: Callable[[], None], times: int) -> list[float]:
    """Milliseconds of each, the shortest first."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        action()
        took.append(1000 * (time.perf_counter() - began))
    return sorted(took)


if __name__ == "__main__":
    main()
