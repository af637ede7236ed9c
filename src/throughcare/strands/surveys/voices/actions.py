"""Writing conversations, consent, themes and quotations; taking in what coding software writes."""

from datetime import date

from throughcare.casework.audit.actions import recording
from throughcare.casework.awareness.about_nobody import about_nobody
from throughcare.casework.pilot import current_pilot
from throughcare.strands.surveys import voices_models as m
from throughcare.strands.surveys.telling import telling
from throughcare.strands.surveys.voices.codes import Coded
from throughcare.strands.surveys.voices.errors import NoSuchCode, NotQuotable
from throughcare.strands.surveys.voices.queries import covers_of
from throughcare.strands.surveys.voices.words import COVERS, KINDS, LONGEST, PARTICIPANT, why_not


def converse(
    *, by: str, kind: str, on: date, organisation: str, told: int, covers: str, day: date, source: str = ""
) -> m.Conversation:  # fmt: skip
    """A conversation that was held, with the consent that was given at it. Who spoke is not kept."""
    if kind not in KINDS or covers not in COVERS or on > day or told < 1 or not organisation.strip():
        raise NoSuchCode(what="There can be no such conversation", record=f"{kind} on {on}",
                         expected=f"one of {', '.join(KINDS)}, held by {day}, with an organisation and what was agreed to",
                         mend="correct it")  # fmt: skip
    about_nobody(organisation)
    organisation = PARTICIPANT if organisation.strip().lower().startswith(PARTICIPANT.lower()) else organisation.strip()
    with recording(by=by, verb="voices.converse") as entry:
        made = m.Conversation(kind=kind, on=on, organisation=organisation, told=told, source=source)
        made.save()
        m.Consent(conversation=made, on=on, covers=covers).save()
        entry.about(made)
        entry.details = {"kind": kind, "covers": covers}
    return made


def consent(*, by: str, conversation: m.Conversation, covers: str, on: date) -> m.Consent:
    """What the speaker agrees to from now on. Withdrawn: none of their words is shown anywhere any more."""
    if covers not in COVERS or on < conversation.on:
        raise NoSuchCode(
            what="There is no such consent", record=f"conversation {conversation.pk}", mend="choose one of them",
            expected=f"one of {', '.join(COVERS)}, on {conversation.on} or later",
        )  # fmt: skip
    with recording(by=by, verb="voices.consent") as entry:
        made = m.Consent(conversation=conversation, covers=covers, on=on)
        made.save()
        entry.about(made)
        entry.details = {"covers": covers}
    return made


def put_theme(*, by: str, title: str, meaning: str, theme: m.Theme | None = None, source: str = "") -> m.Theme:
    """A theme of the codebook, new or changed. One title is one theme."""
    with recording(by=by, verb="voices.put_theme") as entry:
        same = m.Theme.objects.filter(title=title.strip()).exclude(pk=theme.pk if theme else None).first()
        if same is not None:
            raise NoSuchCode(what="There is a theme of that name", record=title, expected="a name of its own",
                             mend="use that theme")  # fmt: skip
        kept = theme or m.Theme(source=source)
        kept.title, kept.meaning = title.strip(), meaning.strip()
        kept.save()
        entry.about(kept)
    return kept


def quote(*, by: str, conversation: m.Conversation, theme: m.Theme, text: str, looked: bool) -> m.Quotation:
    """Words of a conversation under a theme. `looked`: whoever quotes has seen what may tell who is meant.

    Refused where it could not be shown: without consent to be quoted; where it may tell and nobody looked, or a participant
    said it.
    """
    text = " ".join(text.split())
    _check(conversation, text, looked)
    with recording(by=by, verb="voices.quote") as entry:
        same = m.Quotation.objects.filter(conversation=conversation, theme=theme, text=text).first()
        kept = same or m.Quotation(conversation=conversation, theme=theme, text=text)
        kept.looked = looked
        kept.save()
        entry.about(kept)
    return kept


def mend(*, by: str, quotation: m.Quotation, text: str, looked: bool) -> None:
    """Other words in place of these, such as "[a colleague]" for a name; or the same, looked at."""
    text = " ".join(text.split())
    _check(quotation.conversation, text, looked)
    with recording(by=by, verb="voices.mend") as entry:
        quotation.text, quotation.looked = text, looked
        quotation.save()
        entry.about(quotation)


def _check(conversation: m.Conversation, text: str, looked: bool) -> None:
    participant = conversation.organisation == PARTICIPANT
    found = telling(text, current_pilot(), participant=participant)
    why = why_not(covers=covers_of(conversation), organisation=conversation.organisation, looked=looked, telling=found)
    if not text or len(text) > LONGEST:
        why = f"it is empty, or has more than {LONGEST} characters"
    if why:
        words = ", ".join(f"\"{each}\"" for several in found.values() for each in several)
        raise NotQuotable(
            what=f"It cannot be quoted: {why}{f' ({words})' if words else ''}", record=f"conversation {conversation.pk}",
            expected="words that may be shown", mend="put a word in brackets in its place, such as [a colleague]"
            + ("" if participant or not found else ", or say that you have looked and it tells nobody"),
        )  # fmt: skip


def choose(*, by: str, quotation: m.Quotation, for_report: bool) -> None:
    """The quotation is chosen for the report, or is no more."""
    with recording(by=by, verb="voices.choose") as entry:
        quotation.for_report = for_report
        quotation.save()
        entry.about(quotation)
        entry.details = {"for_report": for_report}


def take_out(*, by: str, quotation: m.Quotation) -> None:
    """The quotation is deleted."""
    with recording(by=by, verb="voices.take_out") as entry:
        entry.about(quotation)
        quotation.delete()


def take_in(
    *, by: str, coded: Coded, kind: str, on: date, organisation: str, covers: str, day: date
) -> tuple[int, int]:  # fmt: skip
    """Takes in a file of coding software: gives how many conversations and quotations are new. Twice is once.

    A conversation that is not known by its reference is kept as of the kind, day and organisation given, with that consent.
    Quotations come as they are, not looked at: what may tell is not shown until somebody mends it or looks.
    """
    with recording(by=by, verb="voices.take_in") as entry:
        known = {each.source: each for each in m.Conversation.objects.exclude(source="")}
        fresh = [reference for reference in coded.conversations if reference not in known]
        for reference in fresh:
            known[reference] = converse(by=by, kind=kind, on=on, organisation=organisation, told=1, covers=covers, day=day,
                                        source=reference)  # fmt: skip
        themes = {each.source: _theme(by, each.source, each.title, each.meaning) for each in coded.themes}
        there = set(m.Quotation.objects.values_list("conversation", "theme", "text"))
        rows = []
        for each in coded.quotations:
            key = (known[each.conversation].pk, themes[each.theme].pk, " ".join(each.text.split()))
            if key not in there:
                there.add(key)
                rows.append(m.Quotation(conversation_id=key[0], theme_id=key[1], text=key[2]))
        m.Quotation.objects.bulk_create(rows)
        entry.subject_type, entry.details = m.Quotation._meta.label_lower, {"conversations": len(fresh), "quotations": len(rows)}
    return len(fresh), len(rows)


def _theme(by: str, source: str, title: str, meaning: str) -> m.Theme:
    found = m.Theme.objects.filter(source=source).first() or m.Theme.objects.filter(title=title.strip()).first()
    return found or put_theme(by=by, title=title or source, meaning=meaning, source=source)
