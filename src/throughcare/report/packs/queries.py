"""Reading the packs that were frozen, and how the store stands."""

from django.db.models import Prefetch

from throughcare.casework.audit.actions import FIRST
from throughcare.casework.audit.models import Head
from throughcare.core.pilot import Period
from throughcare.report.packs.models import Pack, PackFile


def state() -> tuple[int, str]:
    """The number and hash of the last entry of the audit chain: everything written is in it."""
    head = Head.objects.filter(pk=1).first()
    return (head.entries, head.hash) if head else (0, FIRST)


def latest(period: Period) -> Pack | None:
    """The pack of these days that no other supersedes."""
    return Pack.objects.filter(start=period.start, end=period.end, superseded_by=None).first()


def packs() -> list[Pack]:
    """Every pack, the last first, with its files by name but not what is in them."""
    files = Prefetch("files", PackFile.objects.defer("content").order_by("name"))
    return list(Pack.objects.select_related("superseded_by").prefetch_related(files).order_by("-pk"))
