"""Drafts of the report in the service: made, written chapter by chapter, looked at, put forward, approved, withdrawn."""

from datetime import timedelta

from csp.decorators import csp_update
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from throughcare.casework.clock import instant_on
from throughcare.core.dates import day_in_words
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.core.pilot import Period
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import refused
from throughcare.report.prose import FaultyProse
from throughcare.report.prose_claims import claims
from throughcare.report.publication import actions, queries
from throughcare.report.publication import models as m
from throughcare.report.publication.chapters import Own, chapters_of, faults_of, preview
from throughcare.report.publication.cut import Cut, files_of
from throughcare.report.publication.forms import ChapterForm, DraftForm, ForwardForm, NoticeForm

ROW = "report"
KINDS = {
    ".html": "text/html; charset=utf-8", ".csv": "text/csv; charset=utf-8", ".json": "application/json",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip


def found(number: int) -> m.Edition:
    edition = m.Edition.objects.filter(pk=number).first()
    if edition is None:
        raise Http404
    return edition


def drafts(request: HttpRequest) -> HttpResponse:
    """Every draft and publication with where it stands."""
    at = instant_on(request.reader.day)
    told = [(edition, queries.state(edition, at), len(queries.approvals(edition))) for edition in queries.editions()]
    return render(request, "publication/drafts.html", {"told": told, "may_edit": request.reader.may(ROW, "edit")})


def new(request: HttpRequest) -> HttpResponse:
    """A new draft: its figures are frozen when it is made."""
    form = DraftForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        period = Period(start=told["since"], end=told["until"] + timedelta(days=1))
        made = actions.make(by=request.reader.by, period=period, audience=told["audience"], at=instant_on(request.reader.day))
        messages.success(request, f"Version {made.version} is drafted. Its figures are frozen as they stand now.")
        return redirect("draft", edition=made.pk)
    return render(request, "publication/new.html", {"form": form, "errors": form.errors or None})


def draft(request: HttpRequest, edition: int) -> HttpResponse:
    """One draft: where it stands, its chapters, what changed, what can be done next. A form sent here counts it anew."""
    one, at = found(edition), instant_on(request.reader.day)
    if request.method == "POST":
        if not checked(request):
            rows = [("Report", _name(one))]
            return check_answers(request, title="Count the figures anew?", rows=rows, button="Count them anew",
                                 then="The figures are frozen as they stand now. If it was put forward, it is a draft again, and "
                                 "approvals begin anew.")  # fmt: skip
        try:
            actions.count_anew(by=request.reader.by, edition=one, at=at)
            messages.success(request, "The figures are frozen as they stand now.")
        except UserError as error:
            messages.warning(request, f"{error.what}: {error.mend}.")
        return redirect("draft", edition=one.pk)
    cut, own = queries.cut_of(one), queries.prose(one)
    chapters = [(each, each.slug in own, len(faults_of(cut, each.slug, own[each.slug])) if each.slug in own else 0)
                for each in chapters_of(cut)]  # fmt: skip
    last = queries.before(one)
    shown = {
        "one": one, "name": _name(one), "state": queries.state(one, at), "chapters": chapters, "last": last,
        "changes": queries.changes(queries.cut_of(last), cut) if last else [], "approvals": queries.approvals(one),
        "mine": any(each.account_id == request.reader.account.pk for each in queries.approvals(one)),
        "may_edit": request.reader.may(ROW, "edit"), "out_at": queries.out_at(one), "needed": queries.NEEDED,
        "files": sorted(queries.hashes_of(one)), "open": not one.ended_at and not queries.is_out(one, at),
    }  # fmt: skip
    return render(request, "publication/draft.html", shown)


def _name(one: m.Edition) -> str:
    until = day_in_words(one.end - timedelta(days=1))
    return f"{day_in_words(one.start)} to {until}, for the {one.audience}, version {one.version}"


def chapter(request: HttpRequest, edition: int, chapter: str) -> HttpResponse:
    """A chapter's text with what is wrong in it, by line. What was typed stays, also where somebody else wrote in between."""
    one = found(edition)
    cut = queries.cut_of(one)
    own = next((each for each in chapters_of(cut) if each.slug == chapter), None)
    if own is None:
        raise Http404
    kept = queries.texts(one, chapter)
    asked = request.POST if request.method == "POST" else None
    form = ChapterForm(asked, initial={"text": _text(own, kept), "after": kept[0].number if kept else 0})
    if request.method == "POST" and form.is_valid():
        answer = _written(request, one, chapter, form)
        if answer is not None:
            return answer
    text = form["text"].value() or ""
    shown = {
        "one": one, "name": _name(one), "own": own, "form": form, "errors": form.errors or None, "kept": kept,
        "faults": faults_of(cut, chapter, text), "claims": claims(text), "theirs": kept[0] if kept and form.errors else None,
        "preview": request.POST.get("do") == "look", "may_edit": request.reader.may(ROW, "edit"),
    }  # fmt: skip
    return render(request, "publication/chapter.html", shown)


def _text(own: Own, kept: list[m.Chapter]) -> str:
    return kept[0].text if kept and kept[0].text.strip() else own.text


def _written(request: HttpRequest, one: m.Edition, chapter: str, form: ChapterForm) -> HttpResponse | None:
    """Keeps the text, or takes the last back; None where it is only looked at, or was refused, which the form then says."""
    do, at, by = request.POST.get("do", ""), instant_on(request.reader.day), request.reader.by
    after = form.cleaned_data["after"]
    try:
        if do == "keep":
            actions.write(by=by, edition=one, slug=chapter, text=form.cleaned_data["text"], after=after, at=at)
            messages.success(request, "Kept. The text before it is kept too: undo brings it back.")
        elif do == "undo":
            actions.undo(by=by, edition=one, slug=chapter, after=after, at=at)
            messages.success(request, "The text before is back. Undo once more to take this back.")
        else:
            return None
    except UserError as error:
        refused(form, error, "text")
        return None
    return redirect("draft-chapter", edition=one.pk, chapter=chapter)


@csp_update({"style-src": ["'unsafe-inline'"]})
def looked_at(request: HttpRequest, edition: int) -> HttpResponse:
    """The report as its page will be, or with `?chapter=` one chapter of it; where prose has faults, these in its place."""
    one = found(edition)
    try:
        told = preview(queries.cut_of(one), queries.prose(one), only=request.GET.get("chapter", ""))
    except FaultyProse as error:
        return render(request, "publication/faulty.html", {"one": one, "name": _name(one), "faults": error.faults})
    return HttpResponse(told)


@csp_update({"style-src": ["'unsafe-inline'"]})
def draft_file(request: HttpRequest, edition: int, file: str) -> HttpResponse:
    """A file of the report: as it was put forward, else as the draft would give it now."""
    one = found(edition)
    return given(one, file, made=None if one.sha256 else _made(queries.cut_of(one), one))


def _made(cut: Cut, one: m.Edition) -> dict[str, bytes]:
    try:
        return files_of(cut, prose=queries.prose(one))
    except FaultyProse as error:
        raise Http404 from error


def given(one: m.Edition, name: str, *, made: dict[str, bytes] | None = None) -> HttpResponse:
    """A file by its name, of those made or of those kept; what is none of these is not there."""
    kind = KINDS.get(f".{name.rpartition('.')[2]}")
    path = queries.folder_of(one) / name
    if kind is None or (name not in made if made is not None else name not in queries.hashes_of(one) or not path.is_file()):
        raise Http404
    answer = HttpResponse(made[name] if made is not None else path.read_bytes(), content_type=kind)
    if not name.endswith(".html"):
        answer["Content-Disposition"] = f'attachment; filename="{one.start}-{one.end}-v{one.version}-{name}"'
    return answer


def forward(request: HttpRequest, edition: int) -> HttpResponse:
    """Puts a draft forward to be approved: on which day it comes out, what changed and why."""
    one, at = found(edition), instant_on(request.reader.day)
    if one.audience != m.PUBLIC:
        raise Http404
    form = ForwardForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and not changing(request):
        told = form.cleaned_data
        if not checked(request):
            rows = [("Report", _name(one)), ("Comes out", f"{day_in_words(told['embargo_on'])}, 9:30am"),
                    ("What changed", told["why"] or "Nothing is said")]  # fmt: skip
            return check_answers(request, title="Put it forward?", rows=rows, button="Put it forward",
                                 then=f"The files are made now, which may take half a minute. {queries.NEEDED} people then "
                                 "approve these very files; a change after that begins anew.")  # fmt: skip
        try:
            actions.put_forward(by=request.reader.by, edition=one, embargo_on=told["embargo_on"], why=told["why"], at=at)
        except FaultyProse:
            return redirect(reverse("draft-preview", kwargs={"edition": one.pk}))
        except UserError as error:
            refused(form, error, None)
        else:
            messages.success(request, f"Put forward. {queries.NEEDED} people approve it.")
            return redirect("draft", edition=one.pk)
    last = queries.before(one)
    changes = queries.changes(queries.cut_of(last), queries.cut_of(one)) if last else []
    shown = {"one": one, "name": _name(one), "form": form, "errors": form.errors or None, "last": last, "changes": changes}
    return render(request, "publication/forward.html", shown)


def approve(request: HttpRequest, edition: int) -> HttpResponse:
    """One of two approvals, once it has been seen what is approved."""
    one = found(edition)
    if not one.sha256 or one.ended_at:
        raise Http404
    if request.method == "POST" and checked(request):
        sha256 = request.POST.get("sha256", "")
        try:
            actions.approve(account=request.reader.account, by=request.reader.by, edition=one, sha256=sha256,
                            at=instant_on(request.reader.day))  # fmt: skip
            left = queries.NEEDED - len(queries.approvals(one))
            messages.success(request, f"Approved. {'One more is needed' if left > 0 else 'It comes out when its day comes'}.")
        except UserError as error:
            messages.warning(request, f"{error.what}: {error.mend}.")
        return redirect("draft", edition=one.pk)
    return render(request, "publication/approve.html", {"one": one, "name": _name(one), "files": sorted(queries.hashes_of(one))})


def withdraw(request: HttpRequest, edition: int) -> HttpResponse:
    """Takes a publication from the public, or puts a draft aside; the notice stays."""
    one = found(edition)
    form = NoticeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and not changing(request):
        if not checked(request):
            rows = [("Report", _name(one)), ("Notice", form.cleaned_data["notice"])]
            return check_answers(request, title="Withdraw it?", rows=rows, button="Withdraw it",
                                 then="Its files are taken from the public at once. The notice stays. It cannot be undone: a "
                                 "next version takes its place.")  # fmt: skip
        try:
            notice, at = form.cleaned_data["notice"], instant_on(request.reader.day)
            actions.withdraw(by=request.reader.by, edition=one, notice=notice, at=at)
            messages.success(request, "Withdrawn. The notice stays.")
        except UserError as error:
            messages.warning(request, f"{error.what}: {error.mend}.")
        return redirect("draft", edition=one.pk)
    shown = {"one": one, "name": _name(one), "form": form, "errors": form.errors or None}
    return render(request, "publication/withdraw.html", shown)


PAGES = (
    Page(name="drafts", route="report/drafts/", view=drafts, needs=ROW, menu="Publications", place=41),
    Page(name="draft-new", route="report/drafts/new/", view=new, needs=ROW, changes=ROW, form=True),
    Page(name="draft", route="report/drafts/<int:edition>/", view=draft, needs=ROW, changes=ROW),
    Page(name="draft-chapter", route="report/drafts/<int:edition>/chapters/<slug:chapter>/", view=chapter, needs=ROW,
         changes=ROW),
    Page(name="draft-preview", route="report/drafts/<int:edition>/preview/", view=looked_at, needs=ROW),
    Page(name="draft-file", route="report/drafts/<int:edition>/files/<str:file>", view=draft_file, needs=ROW),
    Page(name="draft-forward", route="report/drafts/<int:edition>/forward/", view=forward, needs=ROW, changes=ROW, form=True),
    Page(name="draft-approve", route="report/drafts/<int:edition>/approve/", view=approve, needs=ROW, changes=ROW, form=True),
    Page(name="draft-withdraw", route="report/drafts/<int:edition>/withdraw/", view=withdraw, needs=ROW, changes=ROW, form=True),
)  # fmt: skip
