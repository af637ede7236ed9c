"""Governance packs: freezing one in one step, and every one that was frozen, as it was."""

from csp.decorators import csp_update
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.pilot import current_pilot
from throughcare.core.pages import Page
from throughcare.report.packs import queries
from throughcare.report.packs.actions import freeze
from throughcare.report.packs.files import KINDS
from throughcare.report.packs.models import PackFile
from throughcare.web.asked import months_of_pilot
from throughcare.web.clock import now
from throughcare.web.period import period_asked

ROW = "report"
USUAL = 12
"""Months of a pack at first."""


def packs(request: HttpRequest) -> HttpResponse:
    """The packs that were frozen, the last first; who may freezes another."""
    form, period = period_asked(request, months=months_of_pilot(request.reader.day), default=USUAL)
    if request.method == "POST" and period is not None and {"since", "until"} <= request.POST.keys():
        pack = freeze(by=request.reader.by, at=now(), pilot=current_pilot(), period=period)
        small = f" {pack.small} of its figures are small numbers, not to be passed on." if pack.small else ""
        earlier = " It supersedes the one before it, which stays as it was." if pack.supersedes else ""
        messages.success(request, f"The pack is frozen.{small}{earlier}")
        return redirect("packs")
    return render(request, "web/packs.html", {
        "form": form, "packs": queries.packs(), "kinds": KINDS, "may_freeze": request.reader.may(ROW, "edit"),
        "few": current_pilot().smallest_published,
    })  # fmt: skip


@csp_update({"style-src": ["'unsafe-inline'"]})
def pack_file(request: HttpRequest, pack: int, file: str) -> HttpResponse:
    """A file of a pack as it was frozen; its page carries its own styles, and no script."""
    kept = PackFile.objects.filter(pack=pack, name=file).first()
    if kept is None:
        raise Http404
    answer = HttpResponse(bytes(kept.content), content_type=KINDS[file][1])
    how = "inline" if file.endswith((".html", ".pdf")) else "attachment"
    answer["Content-Disposition"] = f'{how}; filename="pack-{pack}-{file}"'
    return answer


PAGES = (
    Page(name="packs", route="pack/", view=packs, needs=ROW, changes=ROW, menu="Governance pack", place=39),
    Page(name="pack-file", route="pack/<int:pack>/<str:file>", view=pack_file, needs=ROW),
)

