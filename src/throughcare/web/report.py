"""The last report that was written into the home, for those who may see it."""

from pathlib import Path

from csp.decorators import csp_update
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.core.pages import Page

KINDS = {".html": "text/html; charset=utf-8", ".csv": "text/csv; charset=utf-8", ".svg": "image/svg+xml"}


def folder() -> Path:
    return Path(settings.HOME) / "report"


@csp_update({"style-src": ["'unsafe-inline'"]})
def report(request: HttpRequest, name: str = "index.html") -> HttpResponse:
    """A file of the report as it was written; its page carries its own styles, and no script."""
    file = folder() / name
    if not file.is_file() or file.suffix not in KINDS or file.resolve().parent != folder().resolve():
        if name == "index.html":
            return render(request, "web/no_report.html")
        raise Http404
    return FileResponse(file.open("rb"), content_type=KINDS[file.suffix])


PAGES = (
    Page(name="report", route="report/", view=report, needs="report", menu="Report", place=40),
    Page(name="report-file", route="report/<str:name>", view=report, needs="report"),
)
