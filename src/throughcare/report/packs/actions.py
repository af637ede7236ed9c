"""Freezing a governance pack: in one step, whole or not at all."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from throughcare.casework.audit.actions import recording
from throughcare.core.pilot import Period, Pilot
from throughcare.report.packs.compose import Frozen
from throughcare.report.packs.files import files
from throughcare.report.packs.models import Pack, PackFile
from throughcare.report.packs.queries import latest, state


def freeze(*, by: str, at: datetime, pilot: Pilot, period: Period) -> Pack:
    """Keeps the pack of the period in all its forms, and supersedes an earlier one of the same days, which stays as it was."""
    entry, chain = state()
    told, small = files(pilot=pilot, period=period, frozen=Frozen(at=at, by=by, entry=entry, chain=chain))
    with recording(by=by, verb="packs.freeze") as record:
        pack = Pack(start=period.start, end=period.end, at=at, by=by, state=entry, state_hash=chain, small=small,
                    sha256=_of_all(told), supersedes=latest(period))  # fmt: skip
        pack.save()
        PackFile.objects.bulk_create(
            [PackFile(pack=pack, name=name, sha256=digest(content), content=content) for name, content in told.items()]
        )
        record.about(pack)
        record.details = {"start": period.start, "end": period.end, "sha256": pack.sha256}
    return pack


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _of_all(told: Mapping[str, bytes]) -> str:
    return digest("".join(digest(told[name]) for name in sorted(told)).encode())
