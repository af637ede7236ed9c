"""Writing answers so that nobody can tell whose they are, and forgetting the links of a wave that is over.

An answer is put in as a paper is put into a box, and the box is shaken: whenever one comes in, all papers of the wave are taken
out, and put back in an order that is drawn, under numbers that are drawn; and the links of the wave are written anew together. So
neither a number, nor the place of a row in the store, nor the transaction that wrote it tells what came first or with which
link. The audit says that an answer came in, and neither which nor by which link. docs/adr/0033-asking-without-knowing-who.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, Value, When

from throughcare.casework.audit.actions import recording
from throughcare.casework.pilot import current_pilot
from throughcare.strands.surveys import asking_models as m
from throughcare.strands.surveys import errors
from throughcare.strands.surveys.actions import check
from throughcare.strands.surveys.drawn import numbers, shaken
from throughcare.strands.surveys.made.crowd import Cell, in_a_crowd
from throughcare.strands.surveys.made.links import nonce_of
from throughcare.strands.surveys.made.questions import LONGEST_TEXT, Asked, read, wave_of
from throughcare.strands.surveys.models import Answer, Response

BY = "survey link"
"""Who acts, for the audit: whoever has a link."""
Paper = tuple[Cell, tuple[tuple[str, str], ...]]
"""What one respondent said: the kind, organisation and borough that are told, and the answers by question."""


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link that works: its wave and the kind of respondent. `number` is the invitation's."""

    wave: m.SurveyWave
    group: str
    number: int

    @property
    def questions(self) -> tuple[Asked, ...]:
        return tuple(each for each in read(self.wave.version.questions) if self.group in each.asked_of)


def link_of(token: str, day: date) -> Link:
    """The link of a token on a day; `NoSuchLink` says in `expected` why it is none: made_up, used, early, closed."""
    nonce = nonce_of(token)
    found = m.Invitation.objects.filter(nonce=nonce).select_related("wave__version") if nonce else []
    link = next(iter(found), None)
    if link is None:
        raise _no_link("closed" if nonce else "made_up")
    if link.used:
        raise _no_link("used")
    if link.wave.closed or day >= link.wave.closes_on:
        raise _no_link("closed")
    if not link.wave.sent or day < link.wave.opens_on:
        raise _no_link("early")
    return Link(wave=link.wave, group=link.group, number=link.pk)


def _no_link(why: str) -> errors.NoSuchLink:
    return errors.NoSuchLink(what="The link does not work", record="a link", expected=why, mend="ask who sent it")


def answer(*, token: str, answers: Mapping[str, str], comments: Mapping[str, str], day: date) -> None:
    """Keeps what was said through a link, which then is used. Questions that are left out were not answered.

    Refused: a link that does not work, an answer to what was not asked or that is not on the scale.
    """
    found = link_of(token, day)
    with recording(by=BY, verb="surveys.answer") as entry:
        wave = m.SurveyWave.objects.select_for_update(of=("self",)).select_related("version").get(pk=found.wave.pk)
        found = link_of(token, day)  # as it stands now that the wave is ours: two at once use a link once
        asked = read(wave.version.questions)
        told = wave_of(wave.slug, "", wave.opens_on, wave.closes_on, asked)
        cell = _cell_of(wave, found.number)
        for question, given in answers.items():
            check(told, found.group, "", question, given)
        _put_in(wave, (cell, tuple(sorted(answers.items()))))
        texts = {each.slug for each in found.questions if each.kind == "text"}
        _write_in(wave, [(slug, found.group, text.strip()[:LONGEST_TEXT]) for slug, text in comments.items() if slug in texts])
        used = Case(When(pk=found.number, then=Value(value=True)), default=F("used"))
        wave.invitations.update(used=used)  # all of them, so that one written last does not stand out
        wave.answered = True
        wave.save()
        entry.about(wave)


def _cell_of(wave: m.SurveyWave, number: int) -> Cell:
    """What is told of the respondent: as much as enough of those who are asked share."""
    asked = list(wave.invitations.order_by("pk").values_list("pk", "group", "organisation", "borough"))
    cells = [Cell(group=group, organisation=organisation, borough=borough) for _, group, organisation, borough in asked]
    told = in_a_crowd(cells, smallest=current_pilot().smallest_published)
    return told[[pk for pk, *_ in asked].index(number)]


def _papers(wave: m.SurveyWave) -> list[Paper]:
    """All that were put in."""
    given: dict[int, list[tuple[str, str]]] = {}
    inside = Response.objects.filter(wave=wave.slug)
    for response, question, words in Answer.objects.filter(response__in=inside).values_list("response", "question", "answer"):
        given.setdefault(response, []).append((question, words))
    return [
        (Cell(group=each.group, organisation=each.organisation, borough=each.borough), tuple(sorted(given.get(each.pk, ()))))
        for each in inside
    ]


def _put_in(wave: m.SurveyWave, paper: Paper) -> None:
    _put_back(wave, [*_papers(wave), paper])


def _put_back(wave: m.SurveyWave, papers: Sequence[Paper]) -> None:
    """These papers, and no others, in an order that is drawn."""
    inside = Response.objects.filter(wave=wave.slug)
    Answer.objects.filter(response__in=inside).delete()
    inside.delete()
    drawn = shaken(papers)
    responses = [
        Response(id=number, wave=wave.slug, group=cell.group, organisation=cell.organisation, borough=cell.borough,
                 answered_on=wave.opens_on)
        for number, (cell, _) in zip(numbers(len(drawn)), drawn, strict=True)
    ]  # fmt: skip
    Response.objects.bulk_create(responses)
    rows = [(response, *given) for response, (_, answers) in zip(responses, drawn, strict=True) for given in answers]
    Answer.objects.bulk_create(
        Answer(id=number, response=response, question=question, answer=words)
        for number, (response, question, words) in zip(numbers(len(rows)), shaken(rows), strict=True)
    )


def _write_in(wave: m.SurveyWave, fresh: Sequence[tuple[str, str, str]]) -> None:
    """The comments of the wave, these among them, as the papers are."""
    inside = m.Comment.objects.filter(wave=wave.slug)
    rows = [*inside.values_list("question", "group", "text"), *(each for each in fresh if each[2])]
    inside.delete()
    m.Comment.objects.bulk_create(
        m.Comment(id=number, wave=wave.slug, question=question, group=group, text=text)
        for number, (question, group, text) in zip(numbers(len(rows)), shaken(rows), strict=True)
    )


def close_due(*, by: str, day: date) -> int:
    """Closes the waves that are over; gives how many. Safe to repeat.

    The links are forgotten: what remains of each is the kind, organisation and borough of who was asked, and whether one was
    answered. Of the answers no more is told than enough who answered share.
    """
    waves = list(m.SurveyWave.objects.filter(sent=True, closed=False, closes_on__lte=day).values_list("pk", flat=True))
    for number in waves:
        _close(by, number)
    return len(waves)


def _close(by: str, number: int) -> None:
    with recording(by=by, verb="surveys.close_wave") as entry:
        wave = m.SurveyWave.objects.select_for_update().get(pk=number)
        papers = _papers(wave)
        told = in_a_crowd([cell for cell, _ in papers], smallest=current_pilot().smallest_published)
        _put_back(wave, [(cell, answers) for cell, (_, answers) in zip(told, papers, strict=True)])
        asked = list(wave.invitations.values_list("group", "organisation", "borough", "used"))
        wave.invitations.all().delete()
        m.Invitation.objects.bulk_create(
            m.Invitation(id=drawn, wave=wave, group=group, organisation=organisation, borough=borough, used=used, state=m.SENT)
            for drawn, (group, organisation, borough, used) in zip(numbers(len(asked)), shaken(asked), strict=True)
        )
        wave.closed = True
        wave.save()
        entry.about(wave)
        entry.details = {"links": len(asked)}
