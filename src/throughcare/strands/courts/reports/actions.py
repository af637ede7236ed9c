"""Writing the words of reports, signing them, delivering orally and taking that back.

The audit names the section that was kept and how long it is, never its words; the entry of a signature has the digest of the
whole version, so that it can be seen that it is as it was signed.
"""

import hashlib
from datetime import UTC, datetime

from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.casework.people.names import named
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import day_in_words
from throughcare.design.paper import Paper, as_text, kept
from throughcare.strands.courts.actions import deliver_report, request_report, start_report
from throughcare.strands.courts.cases.actions import take_back_delivery
from throughcare.strands.courts.models import CourtCase, Report, ReportSection, ReportText
from throughcare.strands.courts.reports import errors
from throughcare.strands.courts.reports.items import LONGEST
from throughcare.strands.courts.reports.known import Known
from throughcare.strands.courts.reports.papers import head_of, signed_paper, spoken_paper, whole
from throughcare.strands.courts.reports.queries import unready
from throughcare.strands.courts.reports.sections import SECTIONS

WRITTEN = ("fast", "standard")
ROLLING = 60


def begin(*, reader: Reader, case: CourtCase, known: Known, kind: str = "") -> ReportText:
    """A draft, filled in with what is known. Where no report is open one is asked for today, of that kind.

    Refused: an oral report, which is not written; a case with a draft; a kind that is not written.
    """
    with recording(by=reader.by, verb="courts.begin_report_text") as entry:
        CourtCase.objects.select_for_update().get(pk=case.pk)
        report = Report.objects.filter(case=case, delivered_on=None).order_by("-pk").first()
        if (report.kind if report else kind) not in WRITTEN or (report and report.texts.exists()):
            raise errors.NotToBeWritten(
                what="There is no report to be begun here", record=f"case {case.pk}",
                expected="a fast or standard report asked for, without words yet", mend="look at the case's reports",
            )  # fmt: skip
        if report is None:
            report = request_report(by=reader.by, case_id=case.pk, kind=kind, author=_post(reader), requested_on=reader.day)
        start_report(by=reader.by, report_id=report.pk, on=reader.day)
        text = _draft(reader, report, version=1, why="")
        for place, slug in enumerate(current_pilot().court_reports.sections(report.kind)):
            section = SECTIONS[slug]
            filled = section.prefill(known)
            ReportSection(
                text=text, slug=slug, title=section.title, row=section.row, place=place, body=filled, prefilled=filled,
                kept_at=text.began_at, kept_by=reader.by,
            ).save()  # fmt: skip
        entry.about(text, person_id=case.person_id)
        entry.details = {"kind": report.kind}
    return text


def _post(reader: Reader) -> str:
    return (reader.post.title if reader.post else reader.account.username)[:ROLLING]


def _draft(reader: Reader, report: Report, *, version: int, why: str) -> ReportText:
    text = ReportText(report=report, version=version, began_by=reader.by, began_at=datetime.now(UTC), why=why)
    text.save()
    return text


def keep(*, reader: Reader, section: int, revision: int, body: str, done: bool) -> ReportSection:
    """Keeps a section as it is typed. The same words sent again change nothing.

    Refused: of a signed version; longer than can be kept; where somebody else changed it since that revision.
    """
    if len(body) > LONGEST:
        raise errors.TooLong(
            what="The section is too long", record=f"{len(body):,} characters", expected=f"at most {LONGEST:,}",
            mend="shorten it; what is kept is as it was before",
        )  # fmt: skip
    with recording(by=reader.by, verb="courts.keep_section") as entry:
        found = _open_section(section)
        body = body.replace("\r\n", "\n")
        if (found.body, found.done) != (body, done):
            if found.revision != revision:
                raise errors.ChangedMeanwhile(
                    what="This section was changed since you opened it", record=f"{found.title}, kept by {found.kept_by}",
                    expected="the section as you opened it", mend="read both, and keep what is right",
                )  # fmt: skip
            found.body, found.done = body, done
            _kept(reader, found)
        entry.about(found, person_id=found.text.report.case.person_id)
        entry.details = {"section": found.slug, "characters": len(body), "revision": found.revision}
    return found


def fill_in_anew(*, reader: Reader, section: int, known: Known) -> ReportSection:
    """Puts in what the record says today: in place of what was put in before, or after what somebody has typed."""
    with recording(by=reader.by, verb="courts.fill_in_section") as entry:
        found = _open_section(section)
        today = SECTIONS[found.slug].prefill(known)
        untouched = found.body.strip() == found.prefilled.strip()
        replaced = found.prefilled and found.prefilled in found.body
        if untouched:
            found.body = today
        elif replaced:
            found.body = found.body.replace(found.prefilled, today, 1)
        else:
            found.body = f"{found.body.rstrip()}\n\n{today}"
        found.prefilled, found.done = today, False
        _kept(reader, found)
        entry.about(found, person_id=found.text.report.case.person_id)
        entry.details = {"section": found.slug, "revision": found.revision}
    return found


def _open_section(number: int) -> ReportSection:
    """The section, its version locked. Refused: of a signed version."""
    found = ReportSection.objects.select_related("text__report__case").get(pk=number)
    _unsigned(found.text_id)
    return ReportSection.objects.select_for_update(of=("self",)).select_related("text__report__case").get(pk=number)


def _unsigned(number: int) -> ReportText:
    text = ReportText.objects.select_for_update().get(pk=number)
    if text.signed_at is not None:
        raise errors.Signed(
            what="This version is signed, and stays as it is", record=f"version {text.version}", expected="a draft",
            mend="make a correction, which is the next version",
        )  # fmt: skip
    return text


def _kept(reader: Reader, section: ReportSection) -> None:
    section.revision += 1
    section.kept_at, section.kept_by, section.writer = datetime.now(UTC), reader.by, reader.account
    section.save()


def sign(
    *, reader: Reader, text: ReportText, known: Known, deliver: bool, late_reason: str = "", late_text: str = ""
) -> ReportText:
    """Freezes the version as it is, with who signed it; `deliver`: the report is with the court today, in the same transaction.

    Refused: signed already; a section that is not done; what `deliver_report` refuses, such as a late one without a reason.
    """
    with recording(by=reader.by, verb="courts.sign_report") as entry:
        found = _unsigned(text.pk)
        report = Report.objects.select_related("case").get(pk=found.report_id)
        if missing := unready(found):
            raise errors.NotComplete(
                what="The report is not complete", record=", ".join(section.title for section in missing),
                expected="every section marked as done, and none empty that is needed", mend="finish those sections",
            )  # fmt: skip
        found.head = kept(_head(reader, report, known, found.version))
        _signed(reader, found)
        if deliver and report.delivered_on is None:
            deliver_report(by=reader.by, report_id=report.pk, on=reader.day, late_reason=late_reason, late_text=late_text)
        entry.about(found, person_id=report.case.person_id)
        entry.details = {"version": found.version, "digest": digest(signed_paper(found))}
    return found


def _head(reader: Reader, report: Report, known: Known, version: int) -> Paper:
    who = named([report.case.person_id])[report.case.person_id]
    return head_of(report, known, number=who.crn, version=version, signer=_post(reader), day=reader.day)


def _signed(reader: Reader, text: ReportText) -> None:
    text.signed_on, text.signed_at, text.signed_by, text.signer = reader.day, datetime.now(UTC), reader.by, reader.account
    text.save()


def digest(paper: Paper) -> str:
    """What the words of a paper come to: SHA-256 of its text, in hexadecimal."""
    return hashlib.sha256(as_text(paper).encode()).hexdigest()


def preview(reader: Reader, text: ReportText, known: Known) -> Paper:
    """The draft as it would be signed now."""
    return whole(_head(reader, text.report, known, text.version), text.sections.order_by("place"))


def correct(*, reader: Reader, text: ReportText, why: str) -> ReportText:
    """The next version, a draft with the words of the last signed one. Refused: while a draft is open; of an oral report."""
    with recording(by=reader.by, verb="courts.correct_report") as entry:
        report = Report.objects.select_for_update(of=("self",)).select_related("case").get(pk=text.report_id)
        last = report.texts.order_by("-version").first()
        if last is None or last.signed_at is None or report.kind not in WRITTEN:
            raise errors.NotToBeWritten(
                what="There is nothing to correct", record=f"the report asked for on {day_in_words(report.requested_on)}",
                expected="a written report, signed, without a draft", mend="go on with the draft",
            )  # fmt: skip
        draft = _draft(reader, report, version=last.version + 1, why=why)
        for section in last.sections.order_by("place"):
            section.pk, section.text, section.revision = None, draft, 0
            section.save(force_insert=True)
        entry.about(draft, person_id=report.case.person_id)
        entry.details = {"version": draft.version}
    return draft


def speak(*, reader: Reader, case: CourtCase, known: Known, late_reason: str = "", late_text: str = "") -> Report:
    """An oral report is delivered today: asked for in the same transaction where none is open. What the screen said is kept.

    A report asked for as a written one and given orally stays what was asked for until the court is asked anew: refused.
    """
    with recording(by=reader.by, verb="courts.speak_report") as entry:
        CourtCase.objects.select_for_update().get(pk=case.pk)
        report = Report.objects.filter(case=case, delivered_on=None).order_by("-pk").first()
        fresh = report is None
        if report is not None and report.kind != "oral":
            raise errors.NotToBeWritten(
                what="A written report is asked for", record=f"case {case.pk}", expected="an oral report, or none yet",
                mend="write the report that was asked for",
            )  # fmt: skip
        if report is None:
            report = request_report(by=reader.by, case_id=case.pk, kind="oral", author=_post(reader), requested_on=reader.day)
        before = report.texts.order_by("-version").values_list("version", flat=True).first() or 0
        text = ReportText(
            report=report, version=before + 1, began_by=reader.by, began_at=datetime.now(UTC), asked_at_once=fresh
        )
        text.head = kept(spoken_paper(report, known, spoken(known), signer=_post(reader), day=reader.day))
        _signed(reader, text)
        report = deliver_report(by=reader.by, report_id=report.pk, on=reader.day, late_reason=late_reason, late_text=late_text)
        entry.about(report, person_id=case.person_id)
        entry.details = {"asked for at once": fresh}
    return report


def spoken(known: Known) -> list[tuple[str, tuple[str, ...]]]:
    """The screen that is spoken from: by section its title and its few words."""
    return [(SECTIONS[slug].title, SECTIONS[slug].spoken(known)) for slug in current_pilot().court_reports.sections("oral")]


def take_back(*, reader: Reader, report: Report) -> None:
    """An oral delivery recorded by mistake, as if it had not been; where it was asked for in the same act, that neither.

    Refused: of another day, recorded by another account, or of a written report, whose signature stands.
    """
    with recording(by=reader.by, verb="courts.take_back_oral") as entry:
        found = Report.objects.select_for_update(of=("self",)).select_related("case").get(pk=report.pk)
        said = found.texts.filter(signer=reader.account, signed_on=reader.day).order_by("-version").first()
        if found.kind != "oral" or found.delivered_on != reader.day or said is None:
            raise errors.NotTakenBack(
                what="This delivery cannot be taken back", record=f"the report asked for on {day_in_words(found.requested_on)}",
                expected="an oral report that you recorded today", mend="ask the senior officer to correct it",
            )  # fmt: skip
        entry.about(found, person_id=found.case.person_id)
        entry.details = {"delivered on": found.delivered_on, "asked for at once": said.asked_at_once}
        said.delete()
        if said.asked_at_once:
            found.delete()
        else:
            take_back_delivery(by=reader.by, report_id=found.pk)
