"""The worker: one process that does what waits, one job after another, beside the server.

It may be ended at any moment: a job's transaction is then taken back, and the next worker takes the job up again.
"""

import fcntl
import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from throughcare.casework.events.actions import handle_pending
from throughcare.casework.events.queries import waiting
from throughcare.casework.figures.actions import keep
from throughcare.casework.figures.queries import kept_on
from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import london_date
from throughcare.measures.all_measures import all_measures
from throughcare.measures.told import told_on
from throughcare.registry.parts import handlers, rounds
from throughcare.web.background.actions import take_up
from throughcare.web.clock import now
from throughcare.web.feeds_told import tell_owners

Round = Callable[[str, datetime], None]
PAUSE = 1.0
ROUND_EVERY = 300.0
log = logging.getLogger(__name__)


def work(*, once: bool = False, also: Sequence[Round] = ()) -> None:
    """Does what waits, until ended; with `once`, until nothing waits. Beside another worker of this home it waits its turn.

    `also`: done in every round, last. Started by a process that ends, such as the server, it ends too.
    """
    parent = os.getppid()
    with _only_one(Path(settings.HOME)):
        take_up()
        round_at = float("-inf")
        while os.getppid() == parent:
            do_what_waits()
            if time.monotonic() - round_at >= ROUND_EVERY:
                round_at = time.monotonic()
                _round(also)
            if once:
                return
            time.sleep(PAUSE)


def do_what_waits() -> None:
    """Every job that is ready. Looking for one writes nothing: a store that is idle is left alone."""
    close_old_connections()
    if DBTaskResult.objects.ready().exists():
        Worker(
            queue_names=["default"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
            worker_id=f"worker-{os.getpid()}", excluded_queue_names=[],
        ).run()  # fmt: skip


def _round(also: Sequence[Round] = ()) -> None:
    """Tells owners of late feeds, gives what happened to those who wait for it, and does what parts do by the clock.

    A failure is logged, and tried again in the next round: extracts are loaded, and the others go on, all the same. Whoever sent
    an extract waits for no more than one of them; the figures, which take longest, come last.
    """
    for each in (_tell_owners, _handle, *rounds(), *also, _keep_figures):
        try:
            each("worker", now())
        except Exception:
            log.exception("a round of the worker failed")
        do_what_waits()


def _keep_figures(by: str, at: datetime) -> None:
    """What the last months' figures are, once a day."""
    day = london_date(at)
    if not kept_on(day):
        keep(by=by, on=day, told=told_on(day, all_measures(), pilot=current_pilot()))


def _tell_owners(by: str, at: datetime) -> None:
    tell_owners(by=by, at=at)


def _handle(by: str, at: datetime) -> None:
    if waiting():
        for error in handle_pending(by=by, handlers=handlers()).errors:
            log.error("not handled, and tried again: %s", error)


@contextmanager
def _only_one(home: Path) -> Iterator[None]:
    """Holds the home's lock, which a process that ends lets go; the number of the process stands in it."""
    with (home / "worker.lock").open("a+", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
