"""The data of a study, for evaluators alone: freeze the copy, match outcomes, run, destroy; and every file to keep."""

from collections.abc import Callable

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.reader import Reader
from throughcare.casework.clock import instant_on
from throughcare.core.dates import day_in_words
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.evaluation import actions, files, queries
from throughcare.evaluation import models as m
from throughcare.evaluation.pages import ROW, found
from throughcare.evaluation.readiness import readiness

DATA = "study_data"
EVALUATORS = ("evaluator",)


def data(request: HttpRequest, study: str) -> HttpResponse:
    """The copies with their files, and what can be done with them next."""
    one = found(study)
    if request.method == "POST" and not changing(request):
        answer = _done(request, one)
        if answer is not None:
            return answer
    copies = [
        {"frozen": copy, "files": queries.names_in(one.slug, f"copy-{copy.number}"), "may_destroy": _ripe(copy, request.reader),
         "additions": [(n, each, queries.names_in(one.slug, f"copy-{copy.number}-outcomes-{n}"))
                       for n, each in enumerate(copy.additions.order_by("pk"), start=1)]}
        for copy in one.copies.order_by("-number")
    ]  # fmt: skip
    version = queries.current(one)
    shown = {
        "study": one, "copies": copies, "protocol": queries.protocol_of(version), "version": version,
        "of_months": queries.of_months(version),
        "matched": any(each["additions"] for each in copies), "there": any(not each["frozen"].destroyed_at for each in copies),
    }  # fmt: skip
    return render(request, "evaluation/data.html", shown)


def _ripe(copy: m.Copy, reader: Reader) -> bool:
    return copy.destroyed_at is None and reader.day >= copy.keep_until


def _done(request: HttpRequest, one: m.Study) -> HttpResponse | None:
    """What was asked for, once it has been seen what it does; None where it was refused, which is told."""
    do = {"freeze": _freeze, "match": _match, "run": _run, "destroy": _destroy}.get(request.POST.get("do", ""))
    if do is None:
        raise Http404
    try:
        return do(request, one)
    except UserError as error:
        messages.warning(request, f"{error.what}: {error.mend}.")
        return None


def _once_more(request: HttpRequest, one: m.Study, title: str, button: str, then: str) -> HttpResponse | None:
    if checked(request):
        return None
    rows = [("Study", one.title), ("On", day_in_words(request.reader.day))]
    return check_answers(request, title=title, rows=rows, button=button, then=then)


def _freeze(request: HttpRequest, one: m.Study) -> HttpResponse:
    months = queries.of_months(queries.current(one))
    then = ("The boroughs and months are copied as they stand now, without what was recorded. Earlier copies stay." if months else
            "The rows are copied under pseudonyms as they stand now, without outcomes. Earlier copies stay.")  # fmt: skip
    seen = _once_more(request, one, "Freeze a copy?", "Freeze it", then)
    if seen is not None:
        return seen
    copy = actions.freeze(by=request.reader.by, study=one, as_at=request.reader.day, at=instant_on(request.reader.day))
    key = f" The key lies apart, with {copy.key_holder}." if copy.key_holder else ""
    messages.success(request, f"Copy {copy.number} is frozen: {copy.rows:,} rows.{key}")
    return redirect("study-data", study=one.slug)


def _match(request: HttpRequest, one: m.Study) -> HttpResponse:
    by = "by borough and month" if queries.of_months(queries.current(one)) else "by the key"
    then = f"Outcomes known by now are matched {by} and laid beside the copy. Nobody is shown them before the study is run."
    seen = _once_more(request, one, "Match outcomes to the copy?", "Match them", then)
    if seen is not None:
        return seen
    made = actions.add_outcomes(by=request.reader.by, study=one, as_at=request.reader.day, at=instant_on(request.reader.day))
    messages.success(request, f"Outcomes as known on {day_in_words(made.as_at)} are matched to {made.matched:,} rows.")
    return redirect("study-data", study=one.slug)


def _run(request: HttpRequest, one: m.Study) -> HttpResponse:
    seen = _once_more(request, one, "Run the study?", "Open outcomes and run it", _what_running_does(request, one))
    if seen is not None:
        return seen
    made, _ = actions.run(by=request.reader.by, study=one, as_at=request.reader.day, at=instant_on(request.reader.day))
    messages.success(request, "The study has been run. What can be said stands first.")
    return redirect("study-result", study=one.slug, run=made.pk)


def _what_running_does(request: HttpRequest, one: m.Study) -> str:
    state = readiness(queries.current(one), request.reader.day)
    opens = "" if one.opened_at else "This opens the outcomes: what is changed afterwards says so for good. "
    shut = f"It is not ready, because of {state.because}: it will give a description, not an effect. " if not state.ready else ""
    return f"{opens}{shut}The result is kept with the digests of protocol and data."


def _destroy(request: HttpRequest, one: m.Study) -> HttpResponse:
    copy = one.copies.filter(number=int(request.POST.get("copy", "0") or 0)).first()
    if copy is None:
        raise Http404
    then = f"The files of copy {copy.number} are destroyed, and with the last copy the key. Results and this record stay."
    seen = _once_more(request, one, "Destroy the copy?", "Destroy it", then)
    if seen is not None:
        return seen
    actions.destroy(by=request.reader.by, copy=copy, as_at=request.reader.day, at=instant_on(request.reader.day))
    messages.success(request, f"Copy {copy.number} is no more.")
    return redirect("study-data", study=one.slug)


def data_file(request: HttpRequest, study: str, folder: str, file: str) -> HttpResponse:
    """A file of a copy; or of the outcomes matched to it, once they have been opened by running the study."""
    one = found(study)
    if not folder.startswith("copy-") or ("-outcomes-" in folder and one.opened_at is None):
        raise Http404
    return given(one.slug, folder, file)


def result_file(request: HttpRequest, study: str, run: int, file: str) -> HttpResponse:
    """A table, chart or the whole of a result. It has no row about a person."""
    one = found(study)
    if not one.runs.filter(pk=run).exists():
        raise Http404
    return given(one.slug, f"run-{run}", file)


def given(slug: str, folder: str, name: str) -> HttpResponse:
    """The file, as one to keep; what does not lie in the folder is not there."""
    home = files.folder_of(slug, folder)
    path = home / name
    inside: Callable[[], bool] = lambda: path.resolve().is_relative_to(home.resolve())  # noqa: E731
    if not path.is_file() or path.suffix not in files.KINDS or not inside():
        raise Http404
    answer = FileResponse(path.open("rb"), content_type=files.KINDS[path.suffix])
    answer["Content-Disposition"] = f'attachment; filename="{slug}-{folder}-{path.name}"'
    return answer


PAGES = (
    Page(name="study-data", route="studies/<slug:study>/data/", view=data, needs=DATA, changes=DATA, roles=EVALUATORS),
    Page(name="study-data-file", route="studies/<slug:study>/data/<slug:folder>/<str:file>", view=data_file, needs=DATA,
         roles=EVALUATORS),
    Page(name="study-result-file", route="studies/<slug:study>/results/<int:run>/<path:file>", view=result_file, needs=ROW),
)  # fmt: skip
