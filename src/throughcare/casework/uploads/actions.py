"""Taking an extract in, and loading it in the background. What was taken in is kept until its rows are, whatever happens.

Each step is one transaction, and what was done before it stays done: a process that dies at any moment leaves an upload that is
taken up where it stands. The rows and the note that they are in are one transaction, so they are loaded once.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path

from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.casework.imports.actions import import_extracts
from throughcare.casework.imports.files import FileRefused, feed_of, refuse
from throughcare.casework.people.actions import resolve
from throughcare.casework.uploads import files
from throughcare.casework.uploads.models import DONE, FAILED, LINKING, READING, WAITING, Upload
from throughcare.casework.uploads.queries import under_way
from throughcare.core.contracts import Feed

TRIES = 3
"""How often loading is begun before somebody must look: a file on which the process dies must not make it die for ever."""
log = logging.getLogger(__name__)
Ended = Callable[[Upload], None]


def send(
    *, reader: Reader, name: str, chunks: Iterable[bytes], feeds: Mapping[str, Feed], at: datetime,
    load_later: Callable[[int], None],
) -> Upload:  # fmt: skip
    """Takes a file in and has it loaded later. One that says no feed, or is being loaded already, has failed at once.

    `feeds`: those that the reader may load; `load_later` is told of it in the same transaction.
    """
    refusal: FileRefused | None = None
    kept, slug = None, ""
    try:
        slug = feed_of(Path(name), feeds).slug
        kept = files.keep(name, chunks)
        _refuse_twice(name, slug, kept.digest)
    except FileRefused as error:
        refusal = error
    upload = Upload(account=reader.account, sent_by=reader.by, sent_at=at, name=name, feed=slug, state=WAITING)
    if kept is not None:
        upload.digest, upload.told_rows, upload.folder = kept.digest, kept.rows, kept.folder
    if refusal is not None:
        files.forget(upload.folder)
        _end(upload, FAILED, at, refusal.what, refusal.mend)
    try:
        with recording(by=reader.by, verb="uploads.send") as entry:
            upload.save()
            entry.about(upload)
            entry.details = {"feed": slug, "sha256": upload.digest, "state": upload.state}
            if refusal is None:
                load_later(upload.pk)
    except BaseException:
        files.forget(upload.folder)
        raise
    return upload


def _refuse_twice(name: str, feed: str, digest: str) -> None:
    if under_way(digest, feed).exists():
        raise refuse(
            Path(name), what="this very file was sent already and is being loaded", expected="each file once",
            mend="wait until the first one is done",
        )  # fmt: skip


def load(
    *, upload: int, feeds: Mapping[str, Feed], follow: Callable[[str], None], now: Callable[[], datetime], ended: Ended
) -> bool:
    """Loads an upload by the same import as the command line's, then does what follows. False: to be tried again.

    `follow` is called with who sent it; `ended` inside the transaction in which it is done or has failed.
    """
    found = _begin(upload, now, ended)
    if found is None:
        return True
    try:
        if found.load_id is None:
            _read(found, feeds)
        files.forget(found.folder)
        follow(found.sent_by)
    except FileRefused as error:
        files.forget(found.folder)
        _finish(found, FAILED, now(), ended, what=error.what, mend=error.mend)
        return True
    except Exception:
        log.exception("upload %s was not loaded", upload)
        return _once_more(found, now, ended)
    _finish(found, DONE, now(), ended)
    return True


def _begin(upload: int, now: Callable[[], datetime], ended: Ended) -> Upload | None:
    """The upload, with one more attempt noted; None where nothing is to be done, or it was begun too often."""
    with recording(by="worker", verb="uploads.begin") as entry:
        found = Upload.objects.select_for_update().get(pk=upload)
        entry.about(found)
        if not found.under_way:
            return None
        if found.attempts < TRIES:
            found.attempts += 1
            found.state = READING if found.load_id is None else LINKING
            found.save()
            return found
    _once_more(found, now, ended)
    return None


def _read(found: Upload, feeds: Mapping[str, Feed]) -> None:
    """The rows and the note that they are in, in one transaction."""
    read = 0

    def progress(name: str, rows: int) -> None:
        nonlocal read
        read += rows
        files.note_read(found.folder, read)

    files.note_read(found.folder, 0)
    with recording(by=found.sent_by, verb="uploads.load") as entry:
        (outcome,) = import_extracts(
            by=found.sent_by, paths=[files.uploads() / found.folder / found.name], feeds={found.feed: feeds[found.feed]},
            resolve=resolve, progress=progress, at=found.sent_at,
        )  # fmt: skip
        found.load_id, found.state = outcome.load, LINKING
        found.save()
        entry.about(found)
        entry.details = {"load": outcome.load}


def _once_more(found: Upload, now: Callable[[], datetime], ended: Ended) -> bool:
    """After a failure of the program: it waits again, until it was tried often enough; then it has failed, and is kept."""
    with recording(by="worker", verb="uploads.once_more") as entry:
        found.refresh_from_db()
        entry.about(found)
        if found.attempts < TRIES:
            found.state = WAITING
            found.save()
            return False
        what = "The rows are loaded, but what follows failed" if found.load_id else "Loading it failed, by no fault of the file"
        mend = "try again; if it fails again, tell whoever runs the service"
        found.state, found.finished_at, found.what, found.mend = FAILED, now(), what, mend
        found.save()
        ended(found)
    return True


def _finish(found: Upload, state: str, at: datetime, ended: Ended, *, what: str = "", mend: str = "") -> None:
    with recording(by=found.sent_by, verb=f"uploads.{state}") as entry:
        found.refresh_from_db()
        _end(found, state, at, what, mend)
        found.save()
        entry.about(found)
        ended(found)


def _end(found: Upload, state: str, at: datetime, what: str, mend: str) -> None:
    """How it ended, for good: its folder is wanted no more."""
    found.state, found.finished_at, found.what, found.mend, found.folder = state, at, what, mend, ""


def try_again(*, by: str, upload: Upload, load_later: Callable[[int], None]) -> None:
    """One that failed by no fault of the file waits anew; any other is left as it is."""
    with recording(by=by, verb="uploads.try_again") as entry:
        found = Upload.objects.select_for_update().get(pk=upload.pk)
        entry.about(found)
        if found.kept:
            found.state, found.finished_at, found.what, found.mend, found.attempts = WAITING, None, "", "", 0
            found.save()
            load_later(found.pk)
