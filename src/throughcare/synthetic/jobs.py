"""The employment broker's work in the demonstration: vacancies, people on their way to one, jobs that last and one that was lost.

What the broker's extract tells is loaded before. The rest is done by the actions of the broker and of one manager, who has
referred two people since: one works hours that run into a curfew, one lost the job in its third week. No employer is real.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from django.db import transaction

from throughcare.casework.access.queries import allocated
from throughcare.casework.access.reader import Reader
from throughcare.casework.people.models import CustodySpell
from throughcare.casework.people.queries import on_the_day
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals import actions as referrals
from throughcare.casework.referrals.errors import NotForThem, NotOffered
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.reach import to_service
from throughcare.strands.employment.placements import actions as placements
from throughcare.strands.employment.placements.codes import KEPT
from throughcare.strands.employment.queries import SERVICE, TAKING_PART, in_work_on
from throughcare.strands.employment.readiness import actions as readiness
from throughcare.strands.employment.vacancies import actions as vacancies
from throughcare.strands.employment.vacancies.actions import Told
from throughcare.strands.employment.vacancies.codes import INTERVIEW, OFFERED
from throughcare.synthetic.posts import reader_of

GROUNDS = Told(
    employer="Groundwork Ltd", job="Grounds maintenance", borough="Hackney", place="Depot, Lea Bridge Road", hours_a_week=37,
    shift_from=time(7, 30), shift_until=time(15, 30), pence_an_hour=845, places=4,
)  # fmt: skip
KITCHEN = Told(
    employer="Corner Kitchens", job="Kitchen porter", borough="Islington", hours_a_week=35, shift_from=time(14),
    shift_until=time(22), pence_an_hour=790,
)  # fmt: skip
NIGHTS = Told(
    employer="Riverside Depots", job="Warehouse operative", borough="Newham", hours_a_week=40, shift_from=time(22),
    shift_until=time(6), pence_an_hour=975, licence="forklift", disclosure=True, places=2,
)  # fmt: skip
CLEANING = Told(
    employer="Brightstep Cleaning", job="Care home cleaner", borough="Tower Hamlets", hours_a_week=20, shift_from=time(6),
    shift_until=time(10), pence_an_hour=760, involves=("vulnerable",), disclosure=True,
)  # fmt: skip
SITE = Told(employer="Northway Building", job="Labourer", borough="Haringey", pence_an_hour=920, licence="cscs", places=2)
OPENED = ((GROUNDS, 40, None), (KITCHEN, 26, None), (NIGHTS, 12, 9), (CLEANING, 8, 16), (SITE, 21, None))
"""Each with how many days ago it was kept, and in how many days it closes."""

PROVIDER = "blue_sky"


@transaction.atomic
def find_work(day: date) -> int:
    """Vacancies, then everybody in the broker's hands as far as they have come; gives how many vacancies."""
    broker = reader_of("employment-broker", day)
    kept = {told: _kept(broker, told, _ago(day, opened), closes and _ago(day, -closes)) for told, opened, closes in OPENED}
    vacancies.close(by=broker.by, vacancy=kept[SITE], why="withdrawn", on=_ago(day, 6))
    _in_work(broker, day)
    _on_the_way(broker, kept, day)
    for work, referral in zip((_kept_late, _lost), _referred(broker, day), strict=False):
        work(broker, referral, kept, day)
    return len(kept)


def _ago(day: date, days: int) -> date:
    return day - timedelta(days=days)


def _kept(broker: Reader, told: Told, on: date, closes_on: date | None) -> vacancies.Vacancy:
    return vacancies.open_vacancy(by=broker.by, told=replace(told, closes_on=closes_on), on=on)


def _theirs(day: date) -> list[Referral]:
    return list(to_service(SERVICE, day).filter(state__in=TAKING_PART).order_by("sent_on", "pk"))


def _in_work(broker: Reader, day: date) -> None:
    """Of those whose placement came by extract, the evidence that was seen before it."""
    for referral in _theirs(day):
        if referral.pk in in_work_on(day):
            readiness.see_right(by=broker.by, referral=referral, kind="uk_passport", seen_on=referral.state_on, today=day)
            readiness.assess(by=broker.by, referral=referral, state="ready", to_do=[], on=referral.state_on, today=day)


def _on_the_way(broker: Reader, kept: Mapping[Told, vacancies.Vacancy], day: date) -> None:
    """Those accepted lately: the first has an interview today, the next is not ready, the third has a curfew, as was told."""
    applied, slow, curfewed = [referral for referral in _theirs(day) if referral.pk not in in_work_on(day)][:3]
    given = {"by": broker.by, "today": day}
    readiness.see_right(**given, referral=applied, kind="share_code", seen_on=_ago(day, 9), expires_on=_ago(day, -24))
    readiness.assess(**given, referral=applied, state="with_support", to_do=["clothes", "practice"], on=_ago(day, 9))
    _looks(broker, applied, GROUNDS, day, licences=["driving"])
    readiness.agree(**given, referral=applied, pilot=True, convictions=True, how="in_writing", on=_ago(day, 9))
    sent = _sent(broker, applied, kept[GROUNDS], _ago(day, 7), letter=True)
    vacancies.step(**given, application=sent, to=INTERVIEW, on=day)
    readiness.assess(**given, referral=slow, state="not_yet", to_do=["id", "bank", "cv"], on=_ago(day, 8), review_on=_ago(day, 1))
    readiness.tell_need(by=broker.by, referral=slow, kind="identity", on=_ago(day, 8))
    fares = readiness.tell_need(by=broker.by, referral=slow, kind="travel_pass", on=_ago(day, 8))
    readiness.arrange(**given, need=fares, arranged="Fares to interviews", on=_ago(day, 6), paid_by="jobcentre", pence=2140)
    readiness.see_right(**given, referral=curfewed, kind="birth_ni", seen_on=_ago(day, 5))
    readiness.assess(**given, referral=curfewed, state="ready", to_do=[], on=_ago(day, 5))
    _looks(broker, curfewed, KITCHEN, day)
    _curfew("senior-officer", curfewed, _ago(day, 4), day)
    readiness.limit(by=reader_of("senior-officer", day).by, referral=curfewed, kind="vulnerable", start=_ago(day, 4))


def _looks(broker: Reader, referral: Referral, job: Told, day: date, *, licences: Sequence[str] = ()) -> None:
    """For work in the job's borough and those beside it on the list."""
    boroughs = current_pilot().boroughs
    at = boroughs.index(job.borough)
    readiness.look_for(by=broker.by, referral=referral, boroughs=boroughs[max(at - 1, 0) : at + 2], on=day, licences=licences)


def _curfew(username: str, referral: Referral, start: date, day: date) -> None:
    hours = {"from_time": time(19), "until_time": time(7)}
    readiness.limit(by=reader_of(username, day).by, referral=referral, kind="curfew", start=start, **hours)


def _sent(
    broker: Reader, referral: Referral, vacancy: vacancies.Vacancy, on: date, *, letter: bool = False
) -> vacancies.Application:  # fmt: skip
    sent = vacancies.apply(by=broker.by, referral=referral, vacancy=vacancy, on=on)
    if letter:
        vacancies.write_letter(by=broker.by, application=sent, on=on, telephone=broker.acting[0].telephone)
    return sent


def _referred(broker: Reader, day: date) -> Iterator[Referral]:
    """People of the manager's caseload in the community, for whom the pathway is: referred four weeks ago, and accepted."""
    manager = reader_of("offender-manager", day)
    people = allocated(manager.acting, day).order_by("pk").values_list("person", flat=True)
    inside = set(CustodySpell.objects.filter(on_the_day(day)).values_list("person", flat=True))
    known = set(Referral.objects.order_by("pk").values_list("person", flat=True))
    for person in people:
        if person in inside | known or manager.barred(person):
            continue
        try:
            made = referrals.refer(by=manager.by, person_id=person, service=SERVICE, provider=PROVIDER, route="licence",
                                   on=_ago(day, 29))  # fmt: skip
        except (NotForThem, NotOffered):
            continue
        referrals.acknowledge(by=broker.by, referral=made, on=_ago(day, 28))
        referrals.accept(by=broker.by, referral=made, on=_ago(day, 27))
        yield made


def _kept_late(broker: Reader, referral: Referral, kept: Mapping[Told, vacancies.Vacancy], day: date) -> None:
    """In work since 16 days by one of the vacancies; since some days a curfew meets its hours."""
    _ready(broker, referral, KITCHEN, day)
    sent = _sent(broker, referral, kept[KITCHEN], _ago(day, 24))
    vacancies.step(by=broker.by, application=sent, to=OFFERED, on=_ago(day, 19), today=day)
    agreed = placements.Agreed(
        hours_a_week=KITCHEN.hours_a_week, shift_from=KITCHEN.shift_from, shift_until=KITCHEN.shift_until,
        pence_an_hour=KITCHEN.pence_an_hour,
    )  # fmt: skip
    begun = placements.place(
        by=broker.by, referral=referral, employer=KITCHEN.employer, job=KITCHEN.job, on=_ago(day, 16), agreed=agreed,
        application=sent,
    )  # fmt: skip
    placements.check(by=broker.by, placement=begun, weeks=1, found=KEPT, on=_ago(day, 9))
    _curfew("offender-manager", referral, _ago(day, 3), day)


def _lost(broker: Reader, referral: Referral, kept: Mapping[Told, vacancies.Vacancy], day: date) -> None:
    """A job of their own finding, there in the first week, lost in the third."""
    _ready(broker, referral, GROUNDS, day)
    begun = placements.place(by=broker.by, referral=referral, employer="Corner Kitchens", job="Kitchen porter", on=_ago(day, 20))
    placements.check(by=broker.by, placement=begun, weeks=1, found=KEPT, on=_ago(day, 13))
    placements.end(by=broker.by, placement=begun, on=_ago(day, 4), reason="hours_travel")


def _ready(broker: Reader, referral: Referral, job: Told, day: date) -> None:
    """As they were when they were accepted."""
    given = {"by": broker.by, "referral": referral, "today": day}
    readiness.see_right(**given, kind="uk_passport", seen_on=_ago(day, 26))
    readiness.assess(**given, state="ready", to_do=[], on=_ago(day, 26))
    _looks(broker, referral, job, _ago(day, 26))
