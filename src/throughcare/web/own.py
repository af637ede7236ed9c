"""Whose figures a reader may see: the whole pilot's, or its own borough's, court's, provider's or people's."""

from typing import Any

from throughcare.casework.access.models import Limit, Post
from throughcare.casework.access.reader import Reader
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.measures import NO_PROVIDER
from throughcare.casework.referrals.reach import PATHWAYS, only_from
from throughcare.evaluation import queries as evaluation
from throughcare.measures.own import Condition, Own

COLUMNS = {"borough": "borough", "court": "court"}
"""Scopes whose place stands in a column of the rows."""
NOBODYS = ("study", "log", "accounts", "request")


def own_of(reader: Reader, row: str) -> Own | None:
    """What the reader may see figures of by this row of the policy; None: of the whole pilot.

    By borough and court the place itself, by provider the referrals to it (of a team, to its service); otherwise the people
    whom the posts reach on the day, less those kept from the reader, and of a pathway's posts their whole service.
    """
    if reader.whole_pilot(row):
        return None
    parts: list[tuple[Condition, ...]] = []
    people = False
    for post, cell in reader.cells("view", row):
        if cell.scope in COLUMNS:
            parts += [((COLUMNS[cell.scope], frozenset([post.place])),)] if post.place else []
        elif cell.scope in ("provider", "referrals"):
            parts += _of_a_provider(post)
        elif cell.scope not in NOBODYS:
            people = True
    if people:
        reached = reader.people(row).values_list("pk", flat=True)
        parts.append((("person", frozenset(reached)),))
    led = services_led(reader, row)
    if led:
        parts.append((("service_slug", led),))
    limited = Limit.objects.filter(start__lte=reader.day).exclude(end__lte=reader.day).values_list("person", flat=True)
    return Own(parts=tuple(parts), services=led, without=reader.barred_among(set(limited)))


def services_led(reader: Reader, row: str) -> frozenset[str]:
    """The services that the reader's posts are all of, as those of a pathway are: its figures are theirs, of whomever."""
    theirs = {PATHWAYS[post.role] for post, _ in reader.cells("view", row) if post.role in PATHWAYS}
    return frozenset(service.slug for service in current_pilot().services if service.slug in theirs)


def _of_a_provider(post: Post) -> list[tuple[Condition, ...]]:
    """The rows that name it; of a service that nobody else delivers, also those that name no provider."""
    name = next((p.name for p in current_pilot().providers if p.slug == post.place), "")
    if not name:
        return []
    theirs: Condition = ("provider", frozenset([name]))
    named = [(theirs, ("service_slug", frozenset([post.team])))] if post.team else [(theirs,)]
    alone = frozenset(slug for slug in only_from(post.place) if post.team in ("", slug))
    unnamed: Condition = ("provider", frozenset([NO_PROVIDER]))
    return [*named, (unnamed, ("service_slug", alone))] if alone else named


def studies_of(reader: Reader, row: str) -> list[dict[str, Any]] | None:
    """slug, title and whether its rows are the service's own, of each registered study; None for who sees other figures by the
    row than those of studies."""
    if all(cell.scope != "study" for _, cell in reader.cells("view", row)):
        return None
    told = [(study, evaluation.protocol_of(evaluation.current(study))) for study in evaluation.studies()]
    return [{"slug": study.slug, "title": study.title, "of_the_service": own is not None} for study, own in told]


def whose(reader: Reader, row: str) -> str:
    """In words, whose figures they are."""
    if reader.whole_pilot(row):
        return "the whole pilot"
    places = {post.place for post, cell in reader.cells("view", row) if cell.scope in COLUMNS and post.place}
    names = {p.slug: p.name for p in current_pilot().providers}
    places |= {names.get(post.place, "") for post, cell in reader.cells("view", row) if cell.scope in ("provider", "referrals")}
    led = services_led(reader, row)
    told = sorted([*(place for place in places if place), *(s.name for s in current_pilot().services if s.slug in led)])
    scopes = {cell.scope for _, cell in reader.cells("view", row)}
    told += ["registered studies"] if "study" in scopes else []
    others = scopes - {"borough", "court", "provider", "referrals", *NOBODYS}
    return " and ".join([*told, *(["the people of your posts"] if others else [])]) or "nobody"
