"""Jobs that wait in the store until the worker does them."""

from datetime import UTC, datetime, timedelta

from django.urls import reverse
from django_tasks import task

from throughcare.casework.notices.actions import tell
from throughcare.casework.uploads import actions
from throughcare.casework.uploads.models import DONE, Upload
from throughcare.design.environment import count
from throughcare.registry.parts import feeds
from throughcare.web.after_import import after_import
from throughcare.web.clock import now

A_WHILE = timedelta(seconds=30)


@task()
def load_upload(upload: int) -> None:
    """Loads an upload; where the program failed it waits for half a minute and is tried again."""
    done = actions.load(upload=upload, feeds=feeds(), follow=_follow, now=now, ended=_tell_the_sender)
    if not done:
        load_upload.using(run_after=datetime.now(UTC) + A_WHILE).enqueue(upload)


def load_later(upload: int) -> None:
    """Has an upload loaded by the worker. In the caller's transaction: it waits if and only if that is committed."""
    load_upload.enqueue(upload)


def _follow(by: str) -> None:
    after_import(by=by)


def _tell_the_sender(upload: Upload) -> None:
    sent = f"The extract {upload.feed}" if upload.feed else "An extract"
    if upload.state == DONE:
        load = upload.load
        came = f"{load.new:,} new, {load.changed:,} changed, {load.same:,} as before, {count(load.quarantined, 'row')} to correct"
        words = f"{sent} that you sent is loaded: {came}"
    else:
        words = f"{sent} that you sent was not loaded: see why, and how to mend it"
    tell(
        by="worker", key=f"upload:{upload.pk}:{upload.state}:{upload.attempts}", words=words, at=now(), account=upload.account,
        address=reverse("upload", kwargs={"upload": upload.pk}),
    )  # fmt: skip
