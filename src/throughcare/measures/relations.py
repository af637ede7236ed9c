"""Which figures add up to which: what a reader can subtract between tables. Small numbers are protected across these.

A figure that is the same count as another, a part of it, or one of several that exclude each other, is declared here. What
a report lacks of it is passed over; where counts do not fit (parts above their whole), nothing follows from them.
"""

from collections.abc import Iterator
from itertools import pairwise

from throughcare.core.pilot import Pilot
from throughcare.measures.groups import months_of
from throughcare.measures.overlap import label, pairs
from throughcare.measures.tables import ANY, COUNTED, REST, Relation, Term
from throughcare.strands.surveys.waves import code, questions, waves

EVERY = "total|all"
BOTH = (COUNTED, REST)
INITIAL = (
    "managed_by_crc", "managed_by_nps", "male", "age_18_25", "age_26_34", "in_custody", "community_order", "on_licence",
)  # fmt: skip


def relations(pilot: Pilot) -> tuple[Relation, ...]:
    """All relations between figures of the pilot; its file says what its services are called."""
    of_services = (*_services(pilot), *_overlap(pilot))
    return (*_courts(), *_misses(), *_enhanced(), *_cohort(), *_policing(), *of_services, *_survey(), *_score())


def _is(slug: str, group: str, *parts: Term) -> Relation:
    return Relation(whole=Term(slug=slug, groups=(group,)), parts=parts)


def _of(slug: str, group: str = "", counts: tuple[int, ...] = (COUNTED,)) -> Term:
    return Term(slug=slug, groups=(group,) if group else (), counts=counts)


def _within(whole: str, part: str, *groups: str) -> Relation:
    """In each group, or in those named, the part is among the whole."""
    return Relation(whole=Term(slug=whole, groups=groups), parts=(Term(slug=part, groups=groups),))


def _exclusive(*slugs: str) -> Relation:
    """Shares of one base of which nobody has two."""
    return Relation(parts=tuple(_of(slug) for slug in slugs))


def _courts() -> Iterator[Relation]:
    reasons = ("sentenced_without", "adjourned", "committed_to_crown", "trial_elsewhere", "other")
    yield _within("psr.delivered", "psr.within_5_days")
    yield _within("psr.within_5_days", "psr.on_the_day")
    yield _within("psr.cases", "psr.delivered")
    yield _is("psr.delivered", EVERY, _of("psr.within_5_days", EVERY), _of("psr.late_reasons", "total"))
    yield _is("psr.delivered", EVERY, _of("psr.within_5_days_rate", "all", BOTH))
    yield _is("psr.delivered", EVERY, _of("psr.reports_per_month", "all"))
    yield _is("psr.delivered", "total|18-25", _of("psr.enhanced_requirement", "eligible"))
    for share in ("psr.within_5_days_rate", "psr.within_5_days_of_requested"):
        yield _is("psr.within_5_days", EVERY, _of(share, "all"))
    offences = ("psr.offence_theft", "psr.offence_violence", "psr.offence_burglary_robbery")
    for share in ("psr.received_rate", "psr.pleaded_guilty", *offences):
        yield _is("psr.cases", EVERY, _of(share, "all", BOTH))
    yield _exclusive(*offences)
    yield Relation(whole=_of("psr.received_rate", "all", (REST,)), parts=tuple(_of(f"psr.no_report_{r}", ANY) for r in reasons))
    yield _exclusive(*(f"psr.no_report_{r}" for r in reasons))
    yield _exclusive("sentence.community_or_suspended", "sentence.custody")
    for group, counts in (("with a report", COUNTED), ("without a report", REST)):
        case = _of("psr.received_rate", "all", (counts,))
        yield Relation(whole=case, parts=(_of("sentence.custody", group, BOTH),))


def _misses() -> Iterator[Relation]:
    yield _is("psr.misses", "total", _of("psr.misses_without_reason", "all", BOTH))
    yield _is("psr.misses", "total", _of("psr.misses_without_reason", "all"), _of("psr.miss_reasons", ANY))


def _enhanced() -> Iterator[Relation]:
    groups = ("imposed", "order without it", "another sentence")
    yield _is("ear.open", "open to them", *(_of("ear.open", group) for group in groups))
    yield _is("ear.open", "imposed", _of("ear.imposed_rate", "all"))
    yield _is("ear.open", "order without it", _of("ear.imposed_rate", "all", (REST,)))
    yield _is("ear.open", "order without it", _of("ear.not_imposed", "total"))


def _cohort() -> Iterator[Relation]:
    yield _exclusive("cohort.managed_by_crc", "cohort.managed_by_nps")
    yield _exclusive("cohort.age_18_25", "cohort.age_26_34")
    yield _exclusive("cohort.in_custody", "cohort.community_order", "cohort.on_licence")
    for share in INITIAL:
        yield _is("cohort.size_initial", "all", _of(f"cohort.{share}", "all", BOTH))
    for part in ("first_arrest_under_16", "first_conviction_under_16", "convicted_last_1y", "convicted_last_3y"):
        yield _is("cohort.eligible_july_2015", "all", _of(f"history.{part}", "all", BOTH))
    yield _within("history.convicted_last_3y", "history.convicted_last_1y")


def _policing() -> Iterator[Relation]:
    """A plan received was asked for, so that its days are known, or has no request; one asked for came back or has no plan."""
    yield Relation(whole=_of("idp.received"), parts=(_of("idp.days_to_return"), _of("finding.policing.no_request")))
    yield Relation(whole=_of("idp.requested"), parts=(_of("idp.days_to_return"), _of("finding.policing.no_plan")))
    yield _is("idp.requested", "total", _of("idp.kind", "total"))


def _services(pilot: Pilot) -> Iterator[Relation]:
    """The steps of a referral, each among the one before, and the same counts under the names of the strands."""
    yield _within("referrals", "service.referred")
    yield _within("service.referred", "service.accepted")
    yield Relation(whole=_of("service.accepted"), parts=(_of("service.completed"), _of("service.not_completed")))
    yield _within("service.accepted", "service.accessing")  # where people come by referral; else nobody is accepted
    yield _is("psr.delivered", EVERY, _of("service.accessing", _name(pilot, "court_reports")))
    mentoring = _name(pilot, "mentoring")
    for slug, window in (("referrals.month", "mentoring_september"), ("referrals.month_mean", "mentoring_before_september")):
        yield _is("referrals", mentoring, _of(slug, mentoring))
        months = [f"{month:%Y-%m}" for month in months_of(pilot.windows[window])] if window in pilot.windows else []
        yield _is(slug, mentoring, *(Term(slug="referrals", groups=(mentoring,), month=month) for month in months))
    steps = ("referred", "accepted", "seen", "completed")
    for whole, part in pairwise(steps):
        yield _within(f"mentoring.{whole}", f"mentoring.{part}")
    of = {"mentoring": "mentoring", "personalised_budget": "budget", "mental_health": "health", "employment": "employment"}
    for service in pilot.services:
        if strand := of.get(service.slug):
            yield _is("referrals", service.name, _of(f"{strand}.referred", "total"))
        if strand and strand != "health":
            yield _is(f"{strand}.accepted", "total", _of("service.accepted", service.name))
    yield _within("employment.referred", "employment.accepted", "total")
    yield _within("employment.accepted", "employment.in_work", "total")
    yield _within("budget.referred", "budget.accepted", "total")


def _overlap(pilot: Pilot) -> Iterator[Relation]:
    """Who had two services is among those who had, or were referred to, each."""
    for pair in pairs(pilot.services):
        for service in pair:
            yield _is("overlap.had", service.name, _of("overlap.both", label(pair)))
    for service in pilot.services:
        yield _is("overlap.had", service.name, _of("service.referred", service.name))
    yield from _published_pairs(pilot)
    for name in (service.name for service in pilot.services):
        yield _within("service.referred", "overlap.mentoring", name)
        yield _is("service.referred", _name(pilot, "mentoring"), _of("overlap.mentoring", name))
        yield _is("service.referred", name, _of("overlap.psr", name.lower()))
    for slug in ("right_track", "tiger"):
        yield _is("service.referred", _name(pilot, slug), _of("overlap.pair", ANY))
    yield _is("overlap.pair", ANY, _of("overlap.triple", ANY))
    yield _is("service.referred", _name(pilot, "mental_health"), _of("overlap.health", ANY))
    yield _is("service.referred", _name(pilot, "personalised_budget"), _of("overlap.psr", "female personalised budgets"))


def _published_pairs(pilot: Pilot) -> Iterator[Relation]:
    """A published overlap of two services is that of the same two among all."""
    named = {service.slug: service.name for service in pilot.services}
    for first, second in pairs(pilot.services):
        both = _of("overlap.both", label((first, second)))
        for one, other in ((first, second), (second, first)):
            if one.slug == "court_reports":
                also = "female personalised budgets" if other.slug == "personalised_budget" else other.name.lower()
                yield _is("overlap.psr", also, both)
            if one.slug == "mentoring":
                yield _is("overlap.mentoring", other.name, both)
        if {first.slug, second.slug} == {"right_track", "tiger"}:
            yield _is("overlap.pair", f"{named['right_track']} & {named['tiger']}", both)


def _name(pilot: Pilot, slug: str) -> str:
    """What the pilot calls a service; what no group of a figure is called where it has none."""
    return next((service.name for service in pilot.services if service.slug == slug), f"no {slug}")


def _survey() -> Iterator[Relation]:
    """Who is positive gave one of the positive answers of the question's table, who is not one of the others."""
    scales = {q.slug: (wave, q) for wave in waves() for q in wave.questions}
    for question in questions():
        wave, asked = scales[question.slug]
        positive = wave.positive_codes(asked)
        for counts, yes in ((COUNTED, True), (REST, False)):
            groups = tuple(a for a in wave.scales[asked.scale] if (code(a) in positive) is yes)
            table = Term(slug=asked.table or f"survey.answers.{asked.slug}", groups=groups)
            yield Relation(whole=_of(f"survey.{asked.slug}", "all", (counts,)), parts=(table,))
        yield _is("survey.n", "all", _of(f"survey.{asked.slug}", "all", BOTH))


def _score() -> Iterator[Relation]:
    """What was expected and what came are of the same people; who is followed for two years is followed for one."""
    for years in ("1y", "2y"):
        yield Relation(whole=_of(f"score.expected_{years}"), parts=(_of(f"score.observed_{years}", counts=BOTH),))
    yield _within("score.expected_1y", "score.expected_2y")
    yield _within("score.not_known_2y", "score.not_known_1y")
