"""Writing drafts and publications: made, written, put forward, approved by two, withdrawn. Nothing that was is overwritten."""

import json
from datetime import date, datetime
from typing import Literal

from django.conf import settings

from throughcare.casework.access.models import Account
from throughcare.casework.audit.actions import recording
from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import london_date
from throughcare.core.pilot import Period
from throughcare.core.whole_folder import write_whole
from throughcare.evaluation.files import digest
from throughcare.report.prose import FaultyProse
from throughcare.report.publication import models as m
from throughcare.report.publication import queries
from throughcare.report.publication.chapters import faults_of
from throughcare.report.publication.cut import Cut, files_of, hashes, read, take
from throughcare.report.publication.errors import NotADraft, NotReady, SamePerson, SomebodyElseWrote
from throughcare.report.write import MARK

Audience = Literal["governance", "public"]


def make(*, by: str, period: Period, audience: Audience, at: datetime) -> m.Edition:
    """A draft of the next version for this period and audience: its figures are frozen now. It begins with the last version's
    own chapters. Takes some seconds.
    """
    cut = _cut(period, audience == m.PUBLIC, but=0)
    with recording(by=by, verb="publication.make") as entry:
        same = m.Edition.objects.filter(start=period.start, end=period.end, audience=audience).order_by("-version")
        last = same.select_for_update().first()
        made = m.Edition(start=period.start, end=period.end, audience=audience, version=last.version + 1 if last else 1,
                         made_at=at, made_by=by, cut=cut.as_text(), cut_at=at, cut_by=by)  # fmt: skip
        made.save()
        for slug, text in (queries.prose(last) if last else {}).items():
            m.Chapter(edition=made, slug=slug, number=1, text=text, at=at, by=by).save()
        entry.about(made)
        entry.details = {"start": period.start, "end": period.end, "audience": audience, "version": made.version}
    return made


def _cut(period: Period, public: bool, *, but: int) -> Cut:
    return take(
        pilot=current_pilot(), period=period, public=public, earlier=queries.earlier(but=but) if public else (),
        pilot_file=settings.THROUGHCARE_PILOT,
    )  # fmt: skip


def count_anew(*, by: str, edition: m.Edition, at: datetime) -> m.Edition:
    """Freezes the figures as they stand now in place of those frozen before. What was put forward is a draft again."""
    cut = _cut(queries.period_of(edition), edition.audience == m.PUBLIC, but=edition.pk)
    with recording(by=by, verb="publication.count_anew") as entry:
        found = _changed(edition, at)
        found.cut, found.cut_at, found.cut_by = cut.as_text(), at, by
        found.save()
        entry.about(found)
    return found


def write(*, by: str, edition: m.Edition, slug: str, text: str, after: int, at: datetime) -> m.Chapter:
    """A new text of a chapter; "" gives it back to the report's own words. `after`: the number of the text that was opened.

    Refused where somebody wrote it since. Faults do not keep a text from being kept, only from being put forward.
    """
    with recording(by=by, verb="publication.write") as entry:
        found = _changed(edition, at)
        last = found.chapters.filter(slug=slug).order_by("-number").first()
        if (last.number if last else 0) != after:
            raise SomebodyElseWrote(
                what="Somebody else has written this chapter since you opened it", record=f"publication {edition.pk}, {slug}",
                expected="the last text", mend="take from theirs what you need into yours, then keep it",
            )  # fmt: skip
        made = m.Chapter(edition=found, slug=slug, number=after + 1, text=text.replace("\r\n", "\n"), at=at, by=by)
        made.save()
        found.save()
        entry.about(found)
        entry.details = {"chapter": slug, "number": made.number}
    return made


def undo(*, by: str, edition: m.Edition, slug: str, after: int, at: datetime) -> m.Chapter:
    """The text before the last one, as a new text: so an undo can be undone. Before the first is the report's own."""
    before = edition.chapters.filter(slug=slug, number=after - 1).first()
    return write(by=by, edition=edition, slug=slug, text=before.text if before else "", after=after, at=at)


def _changed(edition: m.Edition, at: datetime) -> m.Edition:
    """The edition, to be changed: a draft; if it was put forward, it is one again, and approvals begin anew. Refused once it
    is out or withdrawn."""
    found = m.Edition.objects.select_for_update().get(pk=edition.pk)
    if found.ended_at or queries.is_out(found, at):
        raise NotADraft(what="It has been published", record=f"publication {found.pk}", expected="a draft",
                        mend="make a draft of its next version")  # fmt: skip
    found.files, found.sha256, found.forward_at, found.forward_by = "", "", None, ""
    return found


def put_forward(*, by: str, edition: m.Edition, embargo_on: date, why: str, at: datetime) -> m.Edition:
    """Makes the files that will be published and keeps them: two people are then asked to approve these very files.

    Refused: faults in the prose; a day before the day it is; a next version that does not say why; the governance's report.
    """
    if edition.audience != m.PUBLIC:
        raise NotReady(what="It is not for the public", record=f"publication {edition.pk}", expected="a draft for the public",
                       mend="make one, or give this one out by its files")  # fmt: skip
    _refuse_not_ready(edition, embargo_on, why, at)
    cut, own = read(edition.cut), queries.prose(edition)
    _refuse_faults(edition, cut)
    made = files_of(cut, prose=own)
    with recording(by=by, verb="publication.put_forward") as entry:
        found = _changed(edition, at)
        if queries.prose(found) != own or found.cut != edition.cut:
            raise SomebodyElseWrote(what="Somebody else has changed it", record=f"publication {edition.pk}", expected="the draft "
                                    "that you saw", mend="look at it again, then put it forward")  # fmt: skip
        about = f"{found.pk} {found.version} {embargo_on} {why.strip()}"
        found.files, found.sha256 = json.dumps(hashes(made)), digest({**made, "about": about})
        found.forward_at, found.forward_by, found.embargo_on, found.why = at, by, embargo_on, why.strip()
        found.save()
        write_whole(queries.folder_of(found), made, mark=MARK, kind="publication")
        entry.about(found)
        entry.details = {"sha256": found.sha256, "embargo_on": embargo_on}
    return found


def _refuse_not_ready(edition: m.Edition, embargo_on: date, why: str, at: datetime) -> None:
    if embargo_on < london_date(at):
        raise NotReady(what="The day is over", record=f"publication {edition.pk}", expected="today or a later day",
                       mend="choose a day on which it is to come out")  # fmt: skip
    if queries.before(edition) is not None and not why.strip():
        raise NotReady(what="It is not said what changed, and why", record=f"publication {edition.pk}",
                       expected="a sentence for those who read the last version", mend="say it")  # fmt: skip


def _refuse_faults(edition: m.Edition, cut: Cut) -> None:
    found = {slug: told for slug, text in queries.prose(edition).items() if (told := faults_of(cut, slug, text))}
    if found:
        raise FaultyProse(found)


def approve(*, account: Account, by: str, edition: m.Edition, sha256: str, at: datetime) -> m.Approval:
    """One approval of the files put forward, by `sha256`. Refused: files that are others by now, and a second by who gave one."""
    with recording(by=by, verb="publication.approve") as entry:
        found = m.Edition.objects.select_for_update().get(pk=edition.pk)
        if found.ended_at or not found.sha256 or found.sha256 != sha256:
            raise NotADraft(what="It has been changed since, or is not put forward", record=f"publication {found.pk}",
                            expected="the files that you saw", mend="look at it again")  # fmt: skip
        if found.approvals.filter(account=account, sha256=sha256).exists():
            raise SamePerson(what="You have approved it already", record=f"publication {found.pk}",
                             expected="two different people", mend="ask somebody else to approve it")  # fmt: skip
        made = m.Approval(edition=found, account=account, sha256=sha256, at=at)
        made.save()
        entry.about(found)
        entry.details = {"sha256": sha256, "approvals": found.approvals.filter(sha256=sha256).count()}
    return made


def withdraw(*, by: str, edition: m.Edition, notice: str, at: datetime) -> m.Edition:
    """Takes the files from the public; the notice stays in their place for good. A draft is put aside in the same way.

    Refused without a notice, and twice.
    """
    if not notice.strip():
        raise NotReady(what="There is no notice", record=f"publication {edition.pk}", expected="what is wrong with it",
                       mend="say why it is withdrawn")  # fmt: skip
    with recording(by=by, verb="publication.withdraw") as entry:
        found = m.Edition.objects.select_for_update().get(pk=edition.pk)
        if found.ended_at:
            raise NotADraft(what="It has been withdrawn already", record=f"publication {found.pk}", expected="one that is not",
                            mend="make a draft of its next version")  # fmt: skip
        found.ended_at, found.ended_by, found.notice = at, by, notice.strip()
        found.save()
        entry.about(found)
    return found
