"""An extract sent by the page is loaded in the background, once, whatever happens meanwhile; one that is refused says why."""

import os
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from throughcare.casework.access import actions as access
from throughcare.casework.audit.queries import verify
from throughcare.casework.imports.models import FileLoad, SourceRow
from throughcare.casework.notices.models import Notice
from throughcare.casework.uploads import actions
from throughcare.casework.uploads.models import Upload
from throughcare.web.background import jobs, worker
from throughcare.web.background.actions import take_up
from throughcare.web.background.worker import do_what_waits, work
from throughcare.web.sign_in.middleware import SEEN

DAY = date(2017, 3, 1)
HEAD = "record_id,crn,pnc,cro,prison_number,forenames,surname,date_of_birth,sex,ethnicity\n"
GOOD = "N1,X320741,,,,Vaskin,Orrimund,1990-01-01,M,White\nN2,X320742,,,,Tavi,Brellan,1991-01-01,F,White\n"
BAD = "N3,X320743,,,,Oren,Castrick,31/02/1990,M,White\n"


@pytest.fixture
def browsers(db, home, settings, monkeypatch) -> dict[str, Client]:
    """Seniors of two agencies and the analyst, signed in. The worker keeps the connection, in whose transaction the test is."""
    settings.DEMONSTRATION = DAY
    for module in (worker, db_worker):
        monkeypatch.setattr(module, "close_old_connections", lambda: None)
    found = {}
    for name, role, agency in (("nps", "senior_officer", "NPS"), ("crc", "senior_officer", "CRC"), ("analyst", "analyst", "")):
        post = access.make_post(by="test", slug=name, title=name, role=role, agency=agency, office=name)
        account = access.make_account(by="test", username=name)
        access.hold(by="test", post=post, account=account, start=DAY)
        found[name] = Client()
        found[name].force_login(account, backend=django_settings.AUTHENTICATION_BACKENDS[-1])
    return found


def send(browser: Client, text: str = HEAD + GOOD, name: str = "nps-people-march.csv") -> Upload:
    answer = browser.post("/imports/", {"extract": SimpleUploadedFile(name, text.encode())})
    assert answer.status_code == 302, answer.content.decode()
    upload = Upload.objects.latest("pk")
    assert answer.headers["Location"] == f"/imports/uploads/{upload.pk}/"
    return upload


def page(browser: Client, upload: Upload, **headers: str) -> str:
    answer = browser.get(f"/imports/uploads/{upload.pk}/", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def kept(home: Path) -> list[Path]:
    return sorted(file for file in (home / "uploads").rglob("*") if file.is_file())


def test_it_waits_is_loaded_and_leads_to_what_came_in(browsers, home):
    upload = send(browsers["nps"], HEAD + GOOD + BAD)
    assert (home / "uploads").stat().st_mode & 0o777 == 0o700
    assert [file.read_text() for file in kept(home)] == [HEAD + GOOD + BAD]
    waiting = page(browsers["nps"], upload)
    assert "waiting" in waiting and f'hx-get="/imports/uploads/{upload.pk}/"' in waiting and "Look again" in waiting
    assert "nps-people-march.csv" in browsers["nps"].get("/imports/").content.decode()
    assert SourceRow.objects.count() == 0
    do_what_waits()
    upload.refresh_from_db()
    assert (upload.state, upload.load.new, upload.load.quarantined, upload.load.name) == ("done", 2, 1, upload.name)
    done = page(browsers["nps"], upload)
    assert "hx-get" not in done and f'href="/imports/{upload.load_id}/"' in done and "quarantine/?feed=nps-people" in done
    assert kept(home) == []
    assert verify().whole


def test_the_sender_is_told_when_it_is_done_and_of_nobody(browsers):
    send(browsers["nps"], HEAD + GOOD + BAD, "nps-people-vaskin-orrimund.csv")
    do_what_waits()
    (told,) = Notice.objects.all()
    assert told.words == "The extract nps-people that you sent is loaded: 2 new, 0 changed, 0 as before, 1 row to correct"
    assert "Notices (1" in browsers["nps"].get("/account/").content.decode()
    assert "Notices (1" not in browsers["crc"].get("/account/").content.decode()


REFUSED = [
    # the file                                       says why                               and how to mend it
    ("people.csv", HEAD + GOOD, "says no feed that is known", "name the file after its feed"),
    ("crc-people.csv", HEAD + GOOD, "says no feed that is known", "name the file after its feed"),  # another agency's
    ("nps-people.csv", "record_id,crn\nN1,X1\n", "columns are not those of nps-people", "send the columns"),
    ("nps-people.csv", HEAD + GOOD.strip(), "does not end with a line break", "send the file again, whole"),
]


@pytest.mark.parametrize(("name", "text", "why", "mend"), REFUSED, ids=["no name", "not one's own", "columns", "cut off"])
def test_a_file_that_is_refused_says_why_and_stays_listed(browsers, home, name, text, why, mend):
    upload = send(browsers["nps"], text, name)
    do_what_waits()
    told = page(browsers["nps"], upload)
    assert why in told and mend in told and "Try again" not in told and "Send another file" in told
    listed = browsers["nps"].get("/imports/").content.decode()
    assert name in listed and why in listed
    assert (kept(home), SourceRow.objects.count()) == ([], 0)


def test_the_same_file_twice_at_once_is_refused_and_later_is_as_before(browsers):
    first, second = send(browsers["nps"]), send(browsers["nps"])
    assert "sent already and is being loaded" in page(browsers["nps"], second)
    do_what_waits()
    third = send(browsers["nps"])
    do_what_waits()
    states = [(u.state, u.load and (u.load.new, u.load.same)) for u in Upload.objects.order_by("pk")]
    assert states == [("done", (2, 0)), ("failed", None), ("done", (0, 2))], (first, third)


def test_only_those_in_whose_charge_the_feed_is_and_the_sender_see_it(browsers):
    ours, nobodys = send(browsers["nps"]), send(browsers["crc"], name="nps-people.csv")
    seen = {name: [browsers[name].get(f"/imports/uploads/{u.pk}/").status_code for u in (ours, nobodys)] for name in browsers}
    assert seen == {"nps": [200, 404], "crc": [404, 200], "analyst": [200, 404]}


class Died(BaseException):
    """The process ends here: nothing after it is done, not even what handles exceptions."""


MOMENTS = {
    "before anything": (actions, "_begin", False), "while it is begun": (actions, "_begin", True),
    "before the rows are read": (actions, "import_extracts", False),
    "with the rows read, not committed": (actions, "import_extracts", True),
    "with the rows in": (actions, "_read", True), "before what follows": (jobs, "after_import", False),
    "after what follows": (jobs, "after_import", True), "before it is said to be done": (actions, "_finish", False),
}  # fmt: skip


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_crash_at_any_moment_leaves_it_to_be_taken_up_again(browsers, home, moment):
    upload = send(browsers["nps"])
    module, name, after = MOMENTS[moment]
    real = getattr(module, name)

    def dies(*args, **named):
        if after:
            real(*args, **named)
        raise Died

    with pytest.MonkeyPatch.context() as patched, pytest.raises(Died):
        patched.setattr(module, name, dies)
        jobs.load_upload.func(upload.pk)
    DBTaskResult.objects.update(status="RUNNING")  # as a dead worker leaves it
    do_what_waits()
    assert Upload.objects.get().state != "done"
    assert take_up() == 1
    do_what_waits()
    upload.refresh_from_db()
    assert (upload.state, upload.load.new, FileLoad.objects.count(), SourceRow.objects.count()) == ("done", 2, 1, 2)
    assert (kept(home), Notice.objects.count()) == ([], 1)


def test_where_the_program_fails_it_is_tried_three_times_then_kept_to_be_tried_again(browsers, home):
    upload = send(browsers["nps"])

    def fails(**named):
        raise RuntimeError("planted")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(actions, "import_extracts", fails)
        for state in ("waiting", "waiting", "failed"):
            DBTaskResult.objects.filter(status="READY").update(run_after="2017-01-01T00:00Z")  # half a minute has gone by
            do_what_waits()
            upload.refresh_from_db()
            assert (upload.state, len(kept(home))) == (state, 2)  # the file, and how far it was read
    assert "by no fault of the file" in page(browsers["nps"], upload)
    assert "planted" not in "".join(DBTaskResult.objects.values_list("traceback", flat=True)), "it may hold what a row says"
    assert "Try again" in page(browsers["nps"], upload)
    browsers["nps"].post(f"/imports/uploads/{upload.pk}/")
    do_what_waits()
    upload.refresh_from_db()
    assert (upload.state, SourceRow.objects.count(), kept(home)) == ("done", 2, [])
    assert "Try again" not in page(browsers["nps"], upload)


def test_the_progress_that_the_page_asks_for_is_the_rows_read_and_keeps_no_session_alive(browsers, monkeypatch):
    upload, seen = send(browsers["nps"]), []
    real = actions.files.note_read

    def looks(folder: str, rows: int) -> None:
        real(folder, rows)
        seen.append(page(browsers["nps"], upload, HX_Request="true"))

    monkeypatch.setattr(actions.files, "note_read", looks)
    do_what_waits()
    assert ["0 of 2 rows read" in seen[0], "2 of 2 rows read" in seen[-1]] == [True, True]
    assert "<html" not in seen[0]
    session = browsers["nps"].session
    session[SEEN] = 0
    session.save()
    answer = browsers["nps"].get(f"/imports/uploads/{upload.pk}/", headers={"HX-Request": "true"})
    assert "sessionid" not in answer.cookies
    assert "sessionid" in browsers["nps"].get(f"/imports/uploads/{upload.pk}/").cookies


def test_a_folder_of_no_upload_is_removed_after_a_day(browsers, home):
    send(browsers["nps"])
    for name, age in (("old", 2 * 86_400), ("fresh", 60)):
        folder = home / "uploads" / name
        folder.mkdir()
        os.utime(folder, (folder.stat().st_mtime - age,) * 2)
    take_up()
    names = {folder.name for folder in (home / "uploads").iterdir()}
    assert names == {Upload.objects.get().folder, "fresh"}


def test_the_worker_does_what_waits(browsers):
    upload = send(browsers["nps"])
    work(once=True)
    upload.refresh_from_db()
    assert upload.state == "done"
    assert take_up() == 0
