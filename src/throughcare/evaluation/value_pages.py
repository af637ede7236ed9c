"""What the pilot is worth: cost-benefit models kept, worked out and shown; missing unit costs are asked for by name."""

import json

import polars as pl
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.clock import instant_on
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.evaluation import actions, queries
from throughcare.evaluation import models as m
from throughcare.evaluation.forms import ValueForm, at_its_line
from throughcare.evaluation.pages import ROW, with_file
from throughcare.stats.value.model import missing_unit_costs
from throughcare.stats.value.result import part_of_page

TABLES = ("pays", "gains", "unit_costs", "tornado")


def worth(request: HttpRequest) -> HttpResponse:
    """The models, each by its last version."""
    listed = [{"model": each, "told": json.loads(each.results)} for each in queries.value_models()]
    return render(request, "evaluation/worth.html", {"listed": listed, "may_keep": request.reader.may(ROW, "edit")})


def new(request: HttpRequest) -> HttpResponse:
    """A model is checked and kept; every unit cost that is not held is asked for by its name."""
    old = m.ValueModel.objects.filter(slug=request.GET.get("of", "")).order_by("-pk").first()
    if request.method == "POST":
        request.POST = with_file(request)
    form = ValueForm(request.POST if request.method == "POST" else None,
                     initial={"name": old.slug, "text": old.text} if old else {})  # fmt: skip
    asked = []
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            asked = missing_unit_costs(queries.value_model(told["text"], name=told["name"])[0])
            if not asked:
                made = actions.keep_value(by=request.reader.by, text=told["text"], slug=told["name"],
                                          at=instant_on(request.reader.day))  # fmt: skip
                messages.success(request, "The model is kept and worked out. Change it and keep it again: earlier versions stay.")
                return redirect("value-model", model=made.slug)
        except UserError as error:
            at_its_line(form, error)
        for error in asked:
            at_its_line(form, error)
    return render(request, "evaluation/value_new.html", {"form": form, "errors": form.errors or None, "asked": asked})


def _found(slug: str) -> m.ValueModel:
    found = m.ValueModel.objects.filter(slug=slug).order_by("-pk").first()
    if found is None:
        raise Http404
    return found


def model(request: HttpRequest, model: str) -> HttpResponse:
    """What a model comes to, in the engine's own words; where an effect is not determined that stands before any ratio."""
    found = _found(model)
    told = json.loads(found.results)
    shown = {
        "model": found, "told": told, "part": part_of_page(told), "may_keep": request.reader.may(ROW, "edit"),
        "versions": m.ValueModel.objects.filter(slug=model).order_by("-pk"), "tables": TABLES,
    }  # fmt: skip
    return render(request, "evaluation/value.html", shown)


def model_file(request: HttpRequest, model: str, file: str) -> HttpResponse:
    """The model's text, its result or one of its tables, to keep."""
    found = _found(model)
    if file == "model.toml":
        content = found.text
    elif file == "results.json":
        content = json.dumps(json.loads(found.results), indent=2, ensure_ascii=False)
    elif file.removesuffix(".csv") in TABLES:
        content = pl.DataFrame(json.loads(found.results)[file.removesuffix(".csv")]).write_csv()
    else:
        raise Http404
    kind = "text/csv" if file.endswith(".csv") else "text/plain"
    answer = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{model}-{file}"'
    return answer


PAGES = (
    Page(name="worth", route="worth/", view=worth, needs=ROW, menu="Worth", place=48),
    Page(name="value-new", route="worth/new/", view=new, needs=ROW, changes=ROW, form=True),
    Page(name="value-model", route="worth/<slug:model>/", view=model, needs=ROW),
    Page(name="value-file", route="worth/<slug:model>/<str:file>", view=model_file, needs=ROW),
)
