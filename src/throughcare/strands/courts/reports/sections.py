"""The sections of a report: what each is, who may read it, and what is put in it from what is known.

Nothing here reads the store. Which sections a kind of report has, and in which order, is in the pilot file.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from throughcare.core.dates import day_in_words
from throughcare.strands.courts.reports.known import HEALTH, TEXT, Known

_CODE = re.compile(r" \(code \w+\)")
"""Nobody says the code of an offence aloud."""

Words = Callable[[Known], str]
Few = Callable[[Known], tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Section:
    """`hint`: what belongs in it. `prefill`: what it begins with. `spoken`: the few words of the screen that is spoken from.

    `needed`: it cannot be left empty. `row`: the row of the policy that its reader needs beside that of the text.
    """

    slug: str
    title: str
    hint: str = ""
    prefill: Words = lambda known: ""
    spoken: Few = lambda known: ()
    needed: bool = True
    row: str = TEXT


def _lines(*told: str) -> str:
    return "\n".join(filter(None, told))


def _list(title: str, told: tuple[str, ...]) -> str:
    return "\n".join((title, *(f"- {each}" for each in told))) if told else ""


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _offence(k: Known) -> str:
    pleas = "; ".join(k.pleas) if k.pleas else "none is on record"
    return _lines(f"Court: {k.court}.", f"Offence: {k.offence}." if k.offence else "", f"Plea: {pleas}.")


def _offence_spoken(k: Known) -> tuple[str, ...]:
    plea = _upper(k.pleas[-1]) if k.pleas else "No plea on record"
    return (*((_upper(_CODE.sub("", k.offence)),) if k.offence else ()), plea)


def _history(k: Known) -> str:
    if not k.occasions or k.first_on is None:
        return "No conviction before this case is on record."
    once = k.occasions == 1
    times = f"once, on {day_in_words(k.first_on)}" if once else f"on {k.occasions} days, the first {day_in_words(k.first_on)}"
    return _lines(f"Convicted {times}.", _list("The latest:", k.last), _list("Sentences on record:", k.sentences))


def _history_spoken(k: Known) -> tuple[str, ...]:
    if not k.occasions:
        return ("No conviction before this",)
    times = "once" if k.occasions == 1 else f"on {k.occasions} days"
    return (f"Convicted {times}", *(f"Last: {_CODE.sub('', each)}" for each in k.last[:1]), *k.sentences[:2])


def _supervision(k: Known) -> str:
    if not k.supervision and not k.custody:
        return "No supervision is on record today."
    return _lines(
        f"{k.supervision}." if k.supervision else "", f"In prison: {k.custody}." if k.custody else "",
        _list("Requirements of the latest order:", k.requirements),
    )


def _supervision_spoken(k: Known) -> tuple[str, ...]:
    told = (k.supervision, f"In {k.custody}" if k.custody else "")
    return tuple(filter(None, told)) or ("Not under supervision",)


def _risk(k: Known) -> str:
    score = (
        f"The OGRS3 score is {k.score}: of 100 people with a like history, about {k.score} are convicted or cautioned again "
        "within two years. It is about groups, and cannot say what one person will do."
        if k.score is not None else "No OGRS3 score can be worked out from what is on record."
    )  # fmt: skip
    return _lines(score, _list("Registered:", k.registrations))


def _risk_spoken(k: Known) -> tuple[str, ...]:
    score = f"OGRS3: {k.score} of 100 in two years" if k.score is not None else "No OGRS3 score"
    return (score, *(f"Registered: {each}" for each in k.registrations))


def _needs(k: Known) -> str:
    if not k.needs or k.assessed_on is None:
        return ""
    return _list(f"Needs found on {day_in_words(k.assessed_on)}:", k.needs)


def _services(k: Known) -> str:
    return _lines(_list("The person has:", k.have), _list("Open to the person:", k.fit))


def _services_spoken(k: Known) -> tuple[str, ...]:
    return (*k.have, *(f"Open: {each}" for each in k.fit[:3]))


def _health(k: Known) -> str:
    return "The person is in contact with the mental-health service." if k.health else ""


def _sources(k: Known) -> str:
    return _lines(
        "Written from the case record and what the agencies sent.", _list("Enquiries:", k.enquiries) or "No enquiry was made."
    )


REQUIREMENTS = (
    "Name each requirement, and its length: rehabilitation activity, enhanced activity, drug rehabilitation, alcohol treatment, "
    "mental-health treatment, a programme, unpaid work, curfew."
)
SECTIONS: Mapping[str, Section] = {
    section.slug: section
    for section in (
        Section(slug="offence", title="The offence and the plea", prefill=_offence, spoken=_offence_spoken),
        Section(slug="analysis", title="What happened, and why",
                hint="The person's own account, what led to it, who was harmed. More than the charge."),
        Section(slug="history", title="Convictions and sentences so far", prefill=_history, spoken=_history_spoken,
                hint="What worked before, and what did not."),
        Section(slug="supervision", title="Order and supervision now", prefill=_supervision, spoken=_supervision_spoken,
                hint="How it goes."),
        Section(slug="risk", title="Risk", prefill=_risk, spoken=_risk_spoken,
                hint="Of what, to whom, how soon; and what it rests on."),
        Section(slug="needs", title="Needs, and what was agreed", prefill=_needs, needed=False,
                hint="What the person has agreed to do."),
        Section(slug="services", title="Services", prefill=_services, spoken=_services_spoken, needed=False),
        Section(slug="health", title="Health", prefill=_health, needed=False, row=HEALTH,
                hint="That, and no more, which the court needs. Put health here and nowhere else: some who may read the rest "
                     "may not read this."),
        Section(slug="sources", title="What this report rests on", prefill=_sources, needed=False),
        Section(slug="proposal", title="Proposal", hint=REQUIREMENTS),
        Section(slug="conclusion", title="Conclusion", hint="In two or three sentences."),
    )
}  # fmt: skip
