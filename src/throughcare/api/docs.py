"""What the API can do: its schema (OpenAPI), and a page that lists the operations from it. For who is signed in."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render

from throughcare.api.faults import fault
from throughcare.api.service import ROOT, made
from throughcare.api.tokens import Bearer
from throughcare.casework.access.policy import policy
from throughcare.core.pages import SIGNED_IN, Page


@cache
def openapi() -> dict[str, Any]:
    """The schema, worked out once: it is the same for everybody, and tells of nobody."""
    return dict(made().get_openapi_schema(path_prefix=f"/{ROOT}"))


def schema(request: HttpRequest) -> HttpResponse:
    """The schema, for who is signed in and for who has a token."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if request.reader is None and not Bearer()(request):
        return fault(401)
    return JsonResponse(openapi())


def page(request: HttpRequest) -> HttpResponse:
    """Every operation by its group: what it answers, what it takes, which row of the access policy it needs."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in openapi()["paths"].items():
        for method, told in methods.items():
            groups.setdefault(told["tags"][0], []).append({"method": method.upper(), "path": path} | _shown(told))
    return render(request, "api/docs.html", {"groups": groups, "description": openapi()["info"]["description"]})


def _shown(told: dict[str, Any]) -> dict[str, Any]:
    row, action = told["x-policy"]["row"], told["x-policy"]["action"]
    body = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    return {
        "name": told["operationId"], "words": told["description"], "of_a_person": told["x-policy"]["of-a-person"],
        "needs": "" if row == SIGNED_IN else f"{'change' if action == 'edit' else 'see'}: {policy().rows[row]}",
        "parameters": [
            {"name": p["name"], "where": p["in"], "words": p.get("description", ""), "required": p["required"]}
            for p in told["parameters"]
        ],
        "takes": _names(body), "gives": next(_names(answer["content"]["application/json"]["schema"])
                                             for status, answer in told["responses"].items() if int(status) < 300),
        "answers": ", ".join(sorted(str(status) for status in told["responses"])),
    }  # fmt: skip


def _names(schema: dict[str, Any] | None) -> list[str]:
    """The names of a body's fields, those of each form where it has several."""
    if schema is None:
        return []
    forms = schema.get("oneOf", [schema])
    names: list[str] = []
    for form in forms:
        named = openapi()["components"]["schemas"][form["$ref"].rsplit("/", 1)[-1]]
        names.append(", ".join(named.get("properties", {})))
    return names


PAGE = Page(name="api-docs", route="api/v1/docs/", view=page, needs=SIGNED_IN)
