"""Studies: what is registered, one study with its protocol and versions, how far it is from being run, what it found."""

import json
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from throughcare.casework.clock import instant_on
from throughcare.casework.frames import reading_once
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.evaluation import actions, queries, rows
from throughcare.evaluation import models as m
from throughcare.evaluation.columns import CASES, MONTHS, PEOPLE, columns
from throughcare.evaluation.forms import AmendForm, RegisterForm, at_its_line
from throughcare.evaluation.outcomes import OTHERWISE
from throughcare.evaluation.readiness import Readiness, readiness
from throughcare.stats.any_study import AnyProtocol
from throughcare.stats.design_protocol import DesignRows
from throughcare.stats.protocol import Protocol, Rows

ROW = "studies"


def found(slug: str) -> m.Study:
    """The study, or what is not there."""
    study = m.Study.objects.filter(slug=slug).first()
    if study is None:
        raise Http404
    return study


def with_file(request: HttpRequest) -> QueryDict:
    """What was sent, a file's text in the place of the text. What is no UTF-8 stays out, and the form says so."""
    sent = request.POST.copy()
    if (file := request.FILES.get("file")) is not None:
        sent["text"] = file.read().decode("utf-8", errors="replace")
    return sent


def studies(request: HttpRequest) -> HttpResponse:
    """Every registered study with where it stands."""
    with reading_once():  # several studies ask the same of the store
        listed = [
            {"study": each, "words": _state(each, request), "version": queries.current(each)}
            for each in m.Study.objects.order_by("-registered_at", "-pk")
        ]
    return render(request, "evaluation/studies.html", {"listed": listed, "may_register": request.reader.may(ROW, "edit")})


def _state(study: m.Study, request: HttpRequest) -> str:
    """Run; or ready; or not ready, because."""
    told = queries.findings_of(study)
    if told is not None:
        return "Run: description only" if not told["estimates"] else "; ".join(
            f"{each.get('words') or each['outcome']}: {each['verdict']}" for each in told["estimates"])  # fmt: skip
    state = _readiness(study, request)
    if state is None:
        return "Registered; its data are a file"
    return "Ready" if state.ready else f"Not ready, because of {state.because}"


def _readiness(study: m.Study, request: HttpRequest) -> Readiness | None:
    version = queries.current(study)
    if queries.protocol_of(version) is None:
        return None
    return readiness(version, request.reader.day)


def new(request: HttpRequest) -> HttpResponse:
    """A protocol is checked, seen once more, and kept."""
    if request.method == "POST":
        request.POST = with_file(request)
    form = RegisterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and not changing(request):
        told = form.cleaned_data
        try:
            protocol, sha256 = actions.checked(told["text"], name=told["name"])
            if not checked(request):
                return _check_protocol(request, protocol, sha256, told)
            study = actions.register(
                by=request.reader.by, text=told["text"], slug=told["name"], at=instant_on(request.reader.day),
                seen_before=told["how"] if told["seen"] == "yes" else "",
            )  # fmt: skip
        except UserError as error:
            at_its_line(form, error, "name" if error.what == "It is registered already" else "text")
        else:
            messages.success(request, "The protocol is registered. Changes from now on are amendments that everybody sees.")
            return redirect("study", study=study.slug)
    return render(request, "evaluation/register.html", _columns_told() | {"form": form, "errors": form.errors or None})


def _columns_told() -> dict[str, Any]:
    told = {"of people": columns(PEOPLE), "of court cases": columns(CASES), "of boroughs' months": columns(MONTHS)}
    return {"columns": told, "otherwise": OTHERWISE}


def _check_protocol(request: HttpRequest, protocol: AnyProtocol, sha256: str, told: dict[str, Any]) -> HttpResponse:
    matched = protocol if isinstance(protocol, Protocol) else None
    rows, copy = protocol.rows, protocol.copy_
    known = (*matched.match.covariates, *matched.match.categorical) if matched else ()
    answers = [
        ("Name", told["name"]), ("Title", protocol.study.title), ("Question", protocol.study.question or "none given"),
        ("Rows", _rows_told(rows)),
        ("Outcomes", ", ".join(outcome.name for outcome in protocol.outcome)),
        ("Matched on", ", ".join(known) or "nothing: another design"),
        ("Key-holder", (copy and copy.key_holder) or "none"), ("Copy kept until", str(copy.keep_until) if copy else "no copy"),
        ("Outcomes seen before", told["how"] if told["seen"] == "yes" else "no"), ("SHA-256", sha256),
    ]  # fmt: skip
    then = ("It is kept with this digest and the time. It cannot be taken back: what is changed later is an amendment, with the "
            "reason, beside it.")  # fmt: skip
    return check_answers(request, title="Check the protocol", rows=answers, button="Register it", then=then)


def _rows_told(rows: Rows | DesignRows | None) -> str:
    """Which rows the service makes, in words."""
    if rows is None:
        return "a file of its own"
    if isinstance(rows, DesignRows):
        return f"boroughs' months from {rows.since:%B %Y} to before {rows.until:%B %Y}: {rows.group} ({rows.measure})"
    return f"{rows.kind}, index from {rows.since} to before {rows.until}"


def study(request: HttpRequest, study: str) -> HttpResponse:
    """One study: the protocol, its versions, where it stands, what it found."""
    one = found(study)
    versions = list(one.versions.order_by("number"))
    changed = [(late, queries.changes(early, late.text)) for early, late in pairwise(versions)]
    shown = {
        "study": one, "version": versions[-1], "first": versions[0], "protocol": queries.any_protocol_of(versions[-1]),
        "changed": changed[::-1], "state": _readiness(one, request), "runs": one.runs.order_by("-pk"),
        "findings": queries.findings_of(one), "copies": one.copies.order_by("number"),
        "may_edit": request.reader.may(ROW, "edit"), "may_data": bool(request.reader.held("evaluator")),
    }  # fmt: skip
    return render(request, "evaluation/study.html", shown)


def amend(request: HttpRequest, study: str) -> HttpResponse:
    """A new version of the protocol, with what changes seen once more."""
    one = found(study)
    version = queries.current(one)
    if request.method == "POST":
        request.POST = with_file(request)
    form = AmendForm(request.POST if request.method == "POST" else None, initial={"text": version.text})
    if request.method == "POST" and form.is_valid() and not changing(request):
        told = form.cleaned_data
        try:
            actions.checked(told["text"], name=one.slug)
            if not checked(request):
                return _check_amendment(request, one, queries.changes(version, told["text"]), told["why"])
            actions.amend(by=request.reader.by, study=one, text=told["text"], why=told["why"], at=instant_on(request.reader.day))
        except UserError as error:
            at_its_line(form, error)
        else:
            messages.success(request, "The amendment is kept beside the earlier versions.")
            return redirect("study", study=one.slug)
    return render(request, "evaluation/amend.html", {"form": form, "errors": form.errors or None, "study": one})


def _check_amendment(request: HttpRequest, one: m.Study, lines: list[str], why: str) -> HttpResponse:
    then = "Earlier versions stay. " + (
        "Outcomes have been opened: the amendment says for good that it was made after." if one.opened_at else "")
    rows = [("Study", one.title), ("Why", why), ("Lines taken out (-) and put in (+)", "\n".join(lines) or "none")]
    return check_answers(request, title="Check the amendment", rows=rows, button="Keep the amendment", then=then)


def ready(request: HttpRequest, study: str) -> HttpResponse:
    """Each gate from live data, the countdown, what could be found, who got in. No outcome is looked at."""
    one = found(study)
    state = _readiness(one, request)
    if state is None:
        raise Http404
    version = queries.current(one)
    protocol, of_months = queries.own_protocol_of(version), queries.of_months(version)
    meanings = {} if of_months else {column.name: column.meaning for column in rows.columns_of(protocol)}
    shown = {"study": one, "state": state, "protocol": protocol, "day": request.reader.day, "meanings": meanings,
             "of_months": of_months}  # fmt: skip
    return render(request, "evaluation/readiness.html", shown)


def result(request: HttpRequest, study: str, run: int) -> HttpResponse:
    """What one run found, in the engine's own words, under what must be known of its registration."""
    one = found(study)
    made = one.runs.filter(pk=run).select_related("version").first()
    if made is None:
        raise Http404
    part = queries.part_of(made)
    shown = {
        "study": one, "run": made, "part": part, "told": json.loads(made.results), "files": queries.files_of(made),
        "of_months": queries.of_months(made.version),
    }  # fmt: skip
    return render(request, "evaluation/result.html", shown)


PAGES = (
    Page(name="studies", route="studies/", view=studies, needs=ROW, menu="Studies", place=47),
    Page(name="study-new", route="studies/new/", view=new, needs=ROW, changes=ROW, form=True),
    Page(name="study", route="studies/<slug:study>/", view=study, needs=ROW),
    Page(name="study-amend", route="studies/<slug:study>/amend/", view=amend, needs=ROW, changes=ROW, form=True),
    Page(name="study-readiness", route="studies/<slug:study>/readiness/", view=ready, needs=ROW),
    Page(name="study-result", route="studies/<slug:study>/results/<int:run>/", view=result, needs=ROW),
)
