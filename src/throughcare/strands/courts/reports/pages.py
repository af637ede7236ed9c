"""The written report: its words as they are typed, its signature, its versions as they were signed."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from markupsafe import Markup

from throughcare.casework.people.names import named
from throughcare.casework.pilot import current_pilot
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.forms import refused
from throughcare.design.paper import as_html, as_pdf
from throughcare.rules import report_clock
from throughcare.strands.courts.actions import deliver_report
from throughcare.strands.courts.models import CourtCase, QualityCheck, Report, ReportText
from throughcare.strands.courts.queries import pleas_of
from throughcare.strands.courts.reports import actions, errors
from throughcare.strands.courts.reports.forms import BeginForm, CorrectForm, LateForm, SignForm
from throughcare.strands.courts.reports.items import ITEMS, LONGEST, VERDICTS
from throughcare.strands.courts.reports.known import TEXT, known
from throughcare.strands.courts.reports.papers import KINDS, signed_paper
from throughcare.strands.courts.reports.queries import (
    case_of,
    of_case,
    person_of,
    report_of,
    sections_shown,
    signed_of,
    texts_of,
    unready,
    wall,
)


def write(request: HttpRequest, case: int) -> HttpResponse:
    """The report of a case: begun, written, or as it was signed, with its enquiries and its clock."""
    found = case_of(case)
    report = report_of(case)
    texts = texts_of(report) if report else []
    draft = next((text for text in texts if text.signed_at is None), None)
    if request.method == "POST":
        deed = request.POST.get("do", "")
        if deed == "begin":
            return _begin(request, found, report)
        if deed == "correct" and texts:
            return _correct(request, texts[0])
        if deed == "deliver" and report and texts and texts[0].signed_at:
            return _deliver(request, found, report, texts)
        if draft is None:
            return _signed_meanwhile(request, case)
        return _autosave(request, draft) if deed == "autosave" else _save(request, found, draft, deed)
    return _written(request, found, report, texts, draft)


def _written(
    request: HttpRequest, case: CourtCase, report: Report | None, texts: list[ReportText], draft: ReportText | None,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    facts = known(case, request.reader, request.rows)
    writes = TEXT in request.edits
    draft = draft if writes else None
    last = next((text for text in texts if text.signed_at), None)
    may_begin = writes and not texts and (report is None or (report.delivered_on is None and report.kind in actions.WRITTEN))
    shown = {
        **frame(request, case, report), "draft": draft, "writes": writes, "signed": signed_of(case),
        "last": last, "longest": LONGEST, "may_begin": may_begin, "form": BeginForm() if may_begin and report is None else None,
        "correct": CorrectForm() if writes and last and not draft and last.report.kind in actions.WRITTEN else None,
        "deliver": LateForm(late=late(case, report, request)) if writes and last and not draft and _open(report) else None,
        "sections": sections_shown(draft, facts, request.rows) if draft else [],
        "left": len(unready(draft)) if draft else 0, "clashes": {},
        "paper": _html(last, request) if last and not draft else "", **more,
    }  # fmt: skip
    return render(request, "courts/reports/write.html", shown)


def _open(report: Report | None) -> bool:
    return report is not None and report.delivered_on is None


def frame(request: HttpRequest, case: CourtCase, report: Report | None) -> dict[str, Any]:
    """What stands on every page of a report: whom it is about, the case, the clock, the enquiries."""
    person, day = request.person, request.reader.day
    clock = report_clock.running(pleas_of(case.pk), as_at=day, limit=_limit()) if report is None or _open(report) else None
    names = {each.slug: each.name for each in current_pilot().court_reports.enquiries}
    return {
        "person": named([person], known=[person] if "identity" in request.rows else [])[person], "case": case, "report": report,
        "kind": KINDS.get(report.kind, report.kind) if report else "Court report", "clock": clock, "day": day,
        "enquiries": of_case(case, day), "names": names, "asks": bool(names), "edits": request.edits,
    }  # fmt: skip


def _limit() -> int:
    return current_pilot().targets.reports_within_days


def late(case: CourtCase, report: Report | None, request: HttpRequest) -> bool:
    """Whether a report delivered today would be late, and nobody said why at the miss."""
    if report is not None and report.delivered_on is None and report.late_reason:
        return False
    time = report_clock.delivery(pleas_of(case.pk), delivered_on=request.reader.day, limit=_limit())
    return time is not None and not time.within_limit


def _html(text: ReportText, request: HttpRequest) -> Any:
    return Markup(as_html(signed_paper(text, request.rows)))


def _begin(request: HttpRequest, case: CourtCase, report: Report | None) -> HttpResponse:
    form = BeginForm(request.POST) if report is None or report.delivered_on else None
    kind = ""
    if form is not None:
        if not form.is_valid():
            return _written(request, case, report, [], None, form=form, errors=form.errors)
        kind = form.cleaned_data["kind"]
    try:
        actions.begin(reader=request.reader, case=case, known=known(case, request.reader, request.rows), kind=kind)
    except UserError as error:
        messages.warning(request, f"{error.what}: {error.mend}.")
    else:
        messages.success(request, "Filled in with what is known. What you type is kept as you type it.")
    return redirect("report-write", case=case.pk)


def _correct(request: HttpRequest, last: ReportText) -> HttpResponse:
    form = CorrectForm(request.POST)
    if not form.is_valid():
        case = last.report.case
        return _written(request, case, last.report, texts_of(last.report), None, correct=form, errors=form.errors)
    try:
        made = actions.correct(reader=request.reader, text=last, why=form.cleaned_data["why"])
    except UserError as error:
        messages.warning(request, f"{error.what}: {error.mend}.")
    else:
        messages.success(request, f"Version {made.version} is a draft. Version {last.version} stays as it was signed.")
    return redirect("report-write", case=last.report.case_id)


def _deliver(request: HttpRequest, case: CourtCase, report: Report, texts: list[ReportText]) -> HttpResponse:
    """A version signed before goes to the court today."""
    form = LateForm(request.POST, late=late(case, report, request))
    if form.is_valid():
        try:
            deliver_report(by=request.reader.by, report_id=report.pk, on=request.reader.day, **form.reason)
        except UserError as error:
            messages.warning(request, f"{error.what}: {error.mend}.")
        else:
            messages.success(request, "Recorded: delivered today.")
        return redirect("report-write", case=case.pk)
    return _written(request, case, report, texts, None, deliver=form, errors=form.errors)


def _signed_meanwhile(request: HttpRequest, case: int) -> HttpResponse:
    told = "It was signed, and stays as it is. Copy what you typed, and make a correction."
    if request.POST.get("do") == "autosave":
        return JsonResponse({"told": told}, status=HTTPStatus.CONFLICT)
    messages.warning(request, told)
    return redirect("report-write", case=case)


def _autosave(request: HttpRequest, draft: ReportText) -> HttpResponse:
    """Keeps one section and answers with its revision; 409 where somebody else changed it. No words are answered."""
    sent = request.POST
    number = _number(sent.get("section"))
    if not draft.sections.filter(pk=number, row__in=request.rows).exists():
        raise Http404
    try:
        kept = actions.keep(
            reader=request.reader, section=number, revision=_number(sent.get("revision")), body=sent.get("body", ""),
            done="done" in sent,
        )  # fmt: skip
    except (errors.ChangedMeanwhile, errors.Signed) as error:
        return JsonResponse({"told": f"{error.what}. To mend it, {error.mend}."}, status=HTTPStatus.CONFLICT)
    except errors.TooLong as error:
        return JsonResponse({"told": f"{error.what}: {error.record}, {error.expected}."}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    state = "Done" if kept.done else "Begun" if kept.body.strip() else "Empty"
    told = {
        "revision": kept.revision, "kept": wall(kept.kept_at), "state": state, "left": len(unready(draft)),
        "written": sum(draft.sections.values_list("revision", flat=True)),
    }  # fmt: skip
    return JsonResponse(told, status=HTTPStatus.CREATED)


def _number(sent: str | None) -> int:
    return int(sent) if sent and sent.isdecimal() else -1


def _save(request: HttpRequest, case: CourtCase, draft: ReportText, deed: str) -> HttpResponse:
    """Keeps every section sent. Where another was there first, or it is too long, the page shows both and nothing is lost."""
    sent, clashes = request.POST, {}
    for section in draft.sections.filter(row__in=request.rows).order_by("place"):
        if f"body-{section.pk}" not in sent:
            continue
        typed = sent[f"body-{section.pk}"]
        try:
            actions.keep(
                reader=request.reader, section=section.pk, revision=_number(sent.get(f"revision-{section.pk}")),
                body=typed, done=f"done-{section.pk}" in sent,
            )  # fmt: skip
        except (errors.ChangedMeanwhile, errors.TooLong, errors.Signed) as error:
            clashes[section.pk] = (typed, f"{error.what}. To mend it, {error.mend}.")
    if clashes:
        texts = texts_of(draft.report)
        return _written(request, case, draft.report, texts, draft, clashes=clashes, errors=True)
    anew = _number(deed.removeprefix("anew-"))
    if draft.sections.filter(pk=anew, row__in=request.rows).exists():
        actions.fill_in_anew(reader=request.reader, section=anew, known=known(case, request.reader, request.rows))
        messages.success(request, "What the record says today is put in. What you typed is still there.")
        return redirect(f"{request.path}#section-{anew}")
    if deed == "sign":
        return redirect("report-sign", case=case.pk)
    messages.success(request, "Kept.")
    return redirect("report-write", case=case.pk)


def sign(request: HttpRequest, case: int) -> HttpResponse:
    """The report as the court will read it, once more before it is signed; signed and delivered with one button."""
    found, report = case_of(case), report_of(case)
    draft = ReportText.objects.filter(report=report, signed_at=None).first() if report else None
    if report is None or draft is None:
        return redirect("report-write", case=case)
    facts, delivered = known(found, request.reader, request.rows), report.delivered_on is not None
    missing = unready(draft)
    initial = {"then": "deliver"}
    form = SignForm(request.POST or None, late=late(found, report, request), delivered=delivered, initial=initial)
    if request.method == "POST" and form.is_valid():
        deliver = not delivered and form.cleaned_data["then"] == "deliver"
        try:
            done = actions.sign(
                reader=request.reader, text=draft, known=facts, deliver=deliver, **(form.reason if deliver else {})
            )
        except UserError as error:
            refused(form, error)
        else:
            then = "and delivered to the court today." if deliver else "It is kept here as it is."
            messages.success(request, f"Version {done.version} is signed {then} If something is wrong in it, make a correction.")
            return redirect("report-version", case=case, text=done.pk)
    paper = actions.preview(request.reader, draft, facts)
    shown = {
        **frame(request, found, report), "draft": draft, "missing": missing, "form": form, "errors": form.errors or None,
        "moved": [each.section for each in sections_shown(draft, facts, request.rows) if each.moved and each.today],
        "delivered": delivered, "paper": _marked(paper),
    }  # fmt: skip
    return render(request, "courts/reports/sign.html", shown)


def _marked(paper: Any) -> Any:
    return Markup(as_html(paper))


def _signed(case: int, text: int) -> ReportText:
    """A signed version of a report of the case; not there otherwise."""
    found = ReportText.objects.filter(pk=text, report__case=case).exclude(signed_at=None).select_related("report").first()
    if found is None:
        raise Http404
    return found


def version(request: HttpRequest, case: int, text: int) -> HttpResponse:
    """A version as it was signed: who, when, and what came in its place."""
    found = _signed(case, text)
    texts = [each for each in texts_of(found.report) if each.signed_at]
    shown = {
        **frame(request, case_of(case), found.report), "text": found, "paper": _html(found, request), "texts": texts,
        "at": wall(found.signed_at) if found.signed_at else "",
        "newer": texts[0] if texts[0].version > found.version else None,
        "quality": (quality := QualityCheck.objects.filter(report=found.report).select_related("checker").first()),
        "found": [(ITEMS.get(a.item, a.item), VERDICTS[a.verdict]) for a in quality.answers.order_by("pk")] if quality else [],
    }  # fmt: skip
    return render(request, "courts/reports/version.html", shown)


def file(request: HttpRequest, case: int, text: int) -> HttpResponse:
    """The version as a tagged PDF. Its words are kept, and the same words give the same file."""
    found = _signed(case, text)
    body = as_pdf(signed_paper(found, request.rows))
    name = f"report-{found.report_id}-version-{found.version}.pdf"
    return HttpResponse(body, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'})


PAGES = (
    Page(name="report-write", route="cases/<int:case>/report/", view=write, needs=TEXT, changes=TEXT, person_of=person_of),
    Page(name="report-sign", route="cases/<int:case>/report/sign/", view=sign, needs=TEXT, changes=TEXT, form=True,
         person_of=person_of),
    Page(name="report-version", route="cases/<int:case>/report/versions/<int:text>/", view=version, needs=TEXT,
         person_of=person_of),
    Page(name="report-pdf", route="cases/<int:case>/report/versions/<int:text>/report.pdf", view=file, needs=TEXT,
         person_of=person_of),
)  # fmt: skip
