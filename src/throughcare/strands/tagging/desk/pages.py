"""The list of orders, one order with its versions and days, and the section of a person's record."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.clock import instant_on
from throughcare.casework.pilot import current_pilot
from throughcare.core.pages import Page, Tab
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.checks.queries import days_of, waiting
from throughcare.strands.tagging.checks.words import VERDICTS
from throughcare.strands.tagging.desk import queries
from throughcare.strands.tagging.equipment.words import ABSENCES
from throughcare.strands.tagging.orders.forms import SUITABLE
from throughcare.strands.tagging.orders.queries import order_of, person_of_order, shown_versions, sources, standing
from throughcare.strands.tagging.orders.shown import frame
from throughcare.strands.tagging.orders.terms import in_words, title
from throughcare.strands.tagging.words import KINDS

ROW, COMPLIANCE, POSITIONS = "tag_order", "tag_compliance", "tag_positions"


def orders(request: HttpRequest) -> HttpResponse:
    """Every order in the reader's work; who has a requirement of monitoring and no order yet."""
    reader = request.reader
    at = instant_on(reader.day)
    told = queries.rows(reader, at)
    people = reader.people(ROW).exclude(pk__in=[row.order.person_id for row in told]).order_by("surname", "forenames", "pk")
    to_make = [(each, found) for each in people for found in sources(each.pk, reader.day) if not found.refused]
    shown = {"rows": told, "standings": queries.STANDINGS, "to_make": to_make}
    return render(request, "tagging/orders.html", shown)


def order(request: HttpRequest, order: int) -> HttpResponse:
    """One order: what it asks now, its versions with what each changed, equipment; for who may know, how its days were kept."""
    found, reader = order_of(order), request.reader
    at = instant_on(reader.day)
    versions = shown_versions(found)
    state = standing(found, at)
    questions = {each.slug: each.words for each in current_pilot().tagging.questions}
    shown = frame(request, "Order with a tag") | {
        "order": found, "versions": [(each, [(title(c), in_words(c)) for c in each.terms.conditions]) for each in versions],
        "kinds": KINDS, "standing": queries.STANDINGS[state], "state": state, "may": ROW in request.edits,
        "draft": m.Draft.objects.filter(order=found, kept_as=None, left_at=None).first() if ROW in request.edits else None,
        "fittings": sorted(found.fittings.all(), key=lambda each: each.fitted_at, reverse=True),
        "absences": found.absences.filter(ended_at=None, ends_at__gt=at).order_by("starts_at", "pk"), "why": ABSENCES,
        "answers": [(questions.get(each.question, each.question), SUITABLE[each.answer], each.text)
                    for each in found.answers.order_by("pk")],
    }  # fmt: skip
    if COMPLIANCE in request.rows:
        shown |= _kept(found, reader.day) | {"verdicts": VERDICTS}
    if POSITIONS in request.rows:
        shown["waiting"] = waiting([found], at)
    return render(request, "tagging/order.html", shown)


def _kept(order: m.Order, day: Any) -> dict[str, Any]:
    days = days_of(order, last=day)
    return {"days": days, "compliance": queries.compliance(days), "weeks": queries.weeks(days, day)}


def told(request: Any) -> dict[str, Any]:
    """The section of the record: that there is an order and what it asks; in words, how it is kept."""
    reader = request.reader
    at = instant_on(reader.day)
    knows = COMPLIANCE in request.rows
    found = []
    for each in queries.of_person(request.person):
        versions = shown_versions(each)
        latest = next((v for v in versions if v.terms.conditions), versions[0])
        found.append({
            "order": each, "standing": queries.STANDINGS[standing(each, at)], "version": latest,
            "conditions": [(title(c), in_words(c)) for c in latest.terms.conditions],
            **(_kept(each, reader.day) if knows else {}),
        })  # fmt: skip
    return {
        "orders": found, "knows": knows, "verdicts": VERDICTS, "may": ROW in request.edits, "good": queries.GOOD_SPELL,
        "sources": sources(request.person, reader.day) if ROW in request.edits else [],
    }  # fmt: skip


TABS = (Tab(name="person-tag", route="tag/", words="Tag", needs=ROW, told=told, template="tagging/person.html"),)
PAGES = (
    Page(name="tag-orders", route="tags/", view=orders, needs=ROW, roles=("monitoring_officer",), menu="Tags", place=4),
    Page(name="tag-order", route="tags/<int:order>/", view=order, needs=ROW, person_of=person_of_order),
)  # fmt: skip
