"""Reading conversations, themes and quotations, with what each consent covers and why a quotation is not shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from throughcare.casework.pilot import current_pilot
from throughcare.strands.surveys import voices_models as m
from throughcare.strands.surveys.telling import telling
from throughcare.strands.surveys.voices.words import ANALYSIS, PARTICIPANT, why_not


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """A quotation; `why` it is not shown in words, "" where it is."""

    quotation: m.Quotation
    organisation: str
    telling: Mapping[str, tuple[str, ...]]
    why: str


def covers_of(conversation: m.Conversation) -> str:
    """What the last word on consent that was kept covers, whatever day it is of; none on record: not quoting."""
    last = conversation.consents.order_by("pk").last()
    return last.covers if last else ANALYSIS


def quoted(*, theme: m.Theme | None = None, conversation: m.Conversation | None = None) -> list[Quoted]:
    """The quotations of a theme, of a conversation, or all: those chosen for the report first."""
    found = m.Quotation.objects.select_related("conversation", "theme").order_by("theme__title", "-for_report", "pk")
    if theme is not None:
        found = found.filter(theme=theme)
    if conversation is not None:
        found = found.filter(conversation=conversation)
    covers = {}
    for consent in m.Consent.objects.order_by("pk"):
        covers[consent.conversation_id] = consent.covers
    return [_quoted(each, covers.get(each.conversation_id, ANALYSIS)) for each in found]


def _quoted(each: m.Quotation, covers: str) -> Quoted:
    organisation = each.conversation.organisation
    found = telling(each.text, current_pilot(), participant=organisation == PARTICIPANT)
    why = why_not(covers=covers, organisation=organisation, looked=each.looked, telling=found)
    return Quoted(quotation=each, organisation=organisation, telling=found, why=why)


def by_theme(*, shown_alone: bool) -> list[tuple[m.Theme, list[Quoted]]]:
    """Each theme with its quotations; `shown_alone`: those that may be shown. For the report, of those the chosen ones."""
    found: dict[int, list[Quoted]] = {}
    for each in quoted():
        if not shown_alone or not each.why:
            found.setdefault(each.quotation.theme_id, []).append(each)
    return [(theme, found.get(theme.pk, [])) for theme in m.Theme.objects.order_by("title", "pk")]
