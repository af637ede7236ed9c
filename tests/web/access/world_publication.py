"""Publications in the world of the attacks: one that is out, one that is put forward, one of the governance."""

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.conf import settings

from throughcare.casework.audit.actions import recording
from throughcare.casework.pilot import current_pilot
from throughcare.core.pilot import Period
from throughcare.report.publication import actions, queries
from throughcare.report.publication.cut import take
from throughcare.report.publication.models import Edition

PUBLICATION = """
drafts           report             -                  nobody
draft-new        form               report             nobody
draft            report             report             nobody
draft-chapter    report             report             nobody
draft-preview    report             -                  nobody
draft-file       report             -                  nobody
draft-forward    form               report             nobody
draft-approve    form               report             nobody
draft-withdraw   form               report             nobody
published        anybody            -                  nobody
publication      anybody            -                  nobody
publication-file  anybody           -                  nobody
"""
OPEN_TO_ALL = ("published", "publication", "publication-file")
PUBLICATION_OF_NOBODY = {
    "drafts": "/report/drafts/", "draft-new": "/report/drafts/new/", "draft": "/report/drafts/{draft}/",
    "draft-chapter": "/report/drafts/{draft}/chapters/discussion/",
    "draft-preview": "/report/drafts/{draft}/preview/?chapter=discussion",
    "draft-file": "/report/drafts/{draft}/files/figures.csv", "draft-forward": "/report/drafts/{draft}/forward/",
    "draft-approve": "/report/drafts/{draft}/approve/", "draft-withdraw": "/report/drafts/{draft}/withdraw/",
    "published": "/published/", "publication": "/published/{out}/", "publication-file": "/published/{out}/figures.csv",
}  # fmt: skip
PERIOD = Period(start=date(2016, 2, 6), end=date(2016, 11, 1))
CUT: list[str] = []


def plant_publication(world: Any, day: date) -> None:
    """The files are one line each: what is asked here is who is given them. Making them is tested in tests/report."""
    at = datetime.combine(day, time(9), tzinfo=UTC)
    if not CUT:  # counted once: it takes longer than all else that is planted
        pilot, file = current_pilot(), settings.THROUGHCARE_PILOT
        CUT.append(take(pilot=pilot, period=PERIOD, public=True, earlier=(), pilot_file=file).as_text())
    with recording(by="test", verb="test.plant") as entry:
        out, draft = (
            Edition(start=PERIOD.start, end=PERIOD.end, audience="public", version=version, made_at=at, made_by="test",
                    cut=CUT[0], cut_at=at, cut_by="test")
            for version in (1, 2)
        )  # fmt: skip
        for each in (out, draft):
            each.files, each.sha256 = json.dumps({"figures.csv": "0" * 64}), f"{each.version}" * 64
            each.embargo_on = day - timedelta(days=1)  # of its own day it is out from half past nine alone
            each.save()
            queries.folder_of(each).mkdir(parents=True, exist_ok=True)
            (queries.folder_of(each) / "figures.csv").write_text("id,group\n", encoding="utf-8")
        entry.about(out)
    for role in ("pilot_manager", "analyst"):
        actions.approve(account=world.accounts[role], by=role, edition=out, sha256=out.sha256, at=at)


def address_of_publication(page: str) -> str:
    numbers = dict(Edition.objects.order_by("version").values_list("version", "pk"))
    return PUBLICATION_OF_NOBODY[page].format(out=numbers.get(1, 0), draft=numbers.get(2, 0))


def guesses_of_publications() -> list[str]:
    """Every address of a draft, and that of its public page, which is not there."""
    draft = address_of_publication("draft").split("/")[3]
    found = [address_of_publication(page) for page in PUBLICATION_OF_NOBODY]
    return [*found, f"/published/{draft}/", f"/published/{draft}/figures.csv"]
