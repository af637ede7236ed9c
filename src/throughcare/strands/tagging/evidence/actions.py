"""Making an evidence pack, and giving it: who, when, and the hash of what was given."""

import hashlib
import json
from dataclasses import asdict
from importlib.metadata import version as version_of

from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.casework.clock import instant_on
from throughcare.casework.people.names import Named, named
from throughcare.design.paper import as_pdf
from throughcare.positions.worn import digest
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.crimes.queries import stands
from throughcare.strands.tagging.crimes.seen import Seen, seen
from throughcare.strands.tagging.crimes.words import TO_POLICE
from throughcare.strands.tagging.evidence.errors import PackRefused
from throughcare.strands.tagging.evidence.paper import Request, pack


def make(*, reader: Reader, match: m.Match, request: Request) -> m.EvidencePack:
    """Makes the pack of a match and keeps its hash. Refused: a match that was not sent to the police, that a later run replaced,
    or whose positions are no longer those that were matched.
    """
    decided = match.reviews.filter(taken_back_at=None, decision=TO_POLICE).exists()
    at = instant_on(reader.day)
    looked = seen(match, reader, purpose="evidence", as_at=at)
    for right, what, mend in (
        (decided, "This match was not sent to the police", "review it first"),
        (stands(match), "This match is of a run that a later one has replaced", "look at the crime's matches now"),
        (looked.same, "The positions are no longer those that were matched", "match the crime again"),
    ):
        if not right:
            expected = "a match of the last run, sent to the police"
            raise PackRefused(what=what, record=f"match {match.pk}", expected=expected, mend=mend)
    with recording(by=reader.by, verb="tagging.evidence_made") as entry:
        kept = m.EvidencePack(
            match=match, person_id=match.person_id, told=json.dumps(asdict(request)), program=version_of("throughcare"),
            inputs=digest(looked.raw), at=at, on=reader.day, by=reader.by,
        )  # fmt: skip
        kept.digest = hashlib.sha256(_pdf(kept, looked)).hexdigest()
        kept.save()
        entry.about(kept, person_id=match.person_id)
        entry.details = {"match": match.pk, "sha256": kept.digest, "inputs": kept.inputs}
    return kept


def give(*, reader: Reader, kept: m.EvidencePack) -> bytes:
    """The PDF, made again from the positions, byte by byte the one whose hash is kept; who took it is on record.

    Refused where it is another: positions came in late, were deleted, or what is known of the person was corrected.
    """
    looked = seen(kept.match, reader, purpose="evidence", as_at=kept.at)
    made = _pdf(kept, looked)
    if hashlib.sha256(made).hexdigest() != kept.digest:
        raise PackRefused(
            what="What this pack was made from is no longer the same", record=f"pack {kept.pk}",
            expected="the positions and names that it was made from", mend="match the crime again, and make another pack",
        )  # fmt: skip
    with recording(by=reader.by, verb="tagging.evidence_taken") as entry:
        entry.about(kept, person_id=kept.person_id)
        entry.details = {"match": kept.match_id, "sha256": kept.digest}
    return made


def _pdf(kept: m.EvidencePack, looked: Seen) -> bytes:
    paper = pack(
        looked, Request(**json.loads(kept.told)), person=_whole(kept.person_id), made_at=kept.at, by=kept.by,
        program=kept.program, inputs=digest(looked.raw),
    )  # fmt: skip
    return as_pdf(paper)


def _whole(person: int) -> Named:
    return named([person])[person]
