"""The employment pathway in the world of the attacks: of everybody referred to it every kind of fact; a vacancy, about nobody."""

from datetime import date, time, timedelta
from typing import Any

from throughcare.casework.audit.actions import recording
from throughcare.casework.referrals.models import Referral
from throughcare.strands.employment.models import Application, Placement, Vacancy
from throughcare.strands.employment.placements import actions as placements
from throughcare.strands.employment.readiness import actions as readiness
from throughcare.strands.employment.vacancies import actions as vacancies

EMPLOYMENT = """
person-work      employment         -                  person
employment       employment         -                  nobody
vacancies        employment         -                  nobody
vacancy-new      form               employment         nobody
vacancy          employment         employment         thing
vacancy-change   form               employment         thing
work-right       form               employment         person
work-ready       form               employment         person
work-looking     form               employment         person
work-need        form               employment         person
work-arranged    form               employment         person
work-told        form               employment         person
work-limit       form               employment         person
work-lift        form               employment         person
work-apply       form               employment         person
application      employment         employment         person
employer-letter  employment         -                  person
placement-start  form               employment         person
placement-check  form               employment         person
placement-end    form               employment         person
"""
BROKER = {"employment_broker"}
OF_MANAGERS = ("work-limit", "work-lift")
PAGES = [line.split()[0] for line in EMPLOYMENT.strip().splitlines()]
NARROWER_EMPLOYMENT: dict[tuple[str, str, str], Any] = {
    **{(page, method, who): BROKER for page in PAGES for method in ("get", "post") for who in ("in", "")
       if page not in ("person-work", *OF_MANAGERS)},
    **{(page, method, "in"): {"offender_manager", "senior_officer"} for page in OF_MANAGERS for method in ("get", "post")},
}  # fmt: skip
EMPLOYMENT_OF_NOBODY = {
    "employment": "/employment/", "vacancies": "/employment/vacancies/", "vacancy-new": "/employment/vacancies/new/",
}  # fmt: skip
TAILS = ("right", "ready", "looking", "need", "disclosure", "limit", "start")
CURFEW = "7:17pm to 7:03am"
"""Hours that nobody else is at home."""


def plant_employment(world: Any, day: date) -> None:
    """By whoever would do it. The job of those who will be barred has ended, so that a vacancy would be matched with them."""
    told = vacancies.Told(employer="MARKVACANCY", job="porter", borough="Hackney", shift_from=time(8), shift_until=time(16))
    vacancy = vacancies.open_vacancy(by="test", told=told, on=day)
    world.ids["vacancy:in"] = vacancy.pk
    for who, person in world.people.items():
        referral = Referral.objects.filter(person=person, service="employment").first()
        if referral is None:
            continue
        given = {"by": "test", "referral": referral}
        readiness.see_right(**given, kind="uk_passport", seen_on=day, today=day)
        readiness.assess(**given, state="ready", to_do=["cv"], on=day, today=day, review_on=day + timedelta(days=1))
        readiness.look_for(**given, boroughs=["Hackney"], on=day, licences=["cscs"])
        readiness.agree(**given, pilot=False, convictions=True, how="in_writing", on=day, today=day)
        need = readiness.tell_need(**given, kind="travel_pass", on=day)
        readiness.arrange(by="test", need=need, arranged="MARKARRANGED", on=day, today=day, paid_by="employer")
        waiting = readiness.tell_need(**given, kind="cscs", on=day)
        curfew = readiness.limit(**given, kind="curfew", from_time=time(19, 17), until_time=time(7, 3), start=day)
        readiness.limit(**given, kind="children", start=day)
        application = _applied(referral, vacancy, day)
        letter = vacancies.write_letter(by="test", application=application, on=day)
        placement = Placement.objects.get(referral=referral)
        if who != "in":
            placements.end(by="test", placement=placement, on=day, reason="chose")
            vacancies.step(by="test", application=application, to="refused", on=day, today=day, reason="experience")
        world.ids.update({
            f"work-need:{who}": waiting.pk, f"work-limit:{who}": curfew.pk, f"application:{who}": application.pk,
            f"employer-letter:{who}": letter.pk, f"placement:{who}": placement.pk,
        })  # fmt: skip


def _applied(referral: Referral, vacancy: Vacancy, day: date) -> Application:
    """As if it had been sent before they came into custody, where the action puts nobody forward."""
    with recording(by="test", verb="test.apply") as entry:
        row = Application(referral=referral, vacancy=vacancy, sent_on=day, by="test")
        row.save()
        entry.about(row, person_id=referral.person_id)
    return row


def of_employment(ids: dict[str, int], who: str) -> dict[str, str]:
    """By page its address, about that person or vacancy."""
    referral = f"/referrals/{ids.get(f'employment:{who}') or ids['building_bridges:out']}/employment"
    vacancy, placement = f"/employment/vacancies/{ids.get(f'vacancy:{who}', 0)}/", ids.get(f"placement:{who}", 0)
    of_referral = ("work-right", "work-ready", "work-looking", "work-need", "work-told", "work-limit", "placement-start")
    return {
        **{page: f"{referral}/{tail}/" for page, tail in zip(of_referral, TAILS, strict=True)},
        "vacancy": vacancy, "vacancy-change": f"{vacancy}change/",
        "work-apply": f"{referral}/vacancies/{ids['vacancy:in']}/",
        "work-arranged": f"/employment/needs/{ids.get(f'work-need:{who}', 0)}/",
        "work-lift": f"/employment/limits/{ids.get(f'work-limit:{who}', 0)}/",
        "application": f"/employment/applications/{ids.get(f'application:{who}', 0)}/",
        "employer-letter": f"/employment/letters/{ids.get(f'employer-letter:{who}', 0)}/",
        "placement-check": f"/employment/placements/{placement}/weeks/1/",
        "placement-end": f"/employment/placements/{placement}/end/",
    }  # fmt: skip


def guesses_of_employment(ids: dict[str, int]) -> list[str]:
    """Every address of the pathway, of everybody; those of things, by number, are in `crawl.ROUTES`."""
    vacancy = ids["vacancy:in"]
    found = [*EMPLOYMENT_OF_NOBODY.values(), "/employment/vacancies/?show=all", f"/employment/vacancies/{vacancy}/change/"]
    for name, number in ids.items():
        kind, _, _ = name.partition(":")
        if kind == "employment":
            found += [f"/referrals/{number}/employment/{tail}/" for tail in (*TAILS, f"vacancies/{vacancy}")]
        if kind == "placement":
            found += [f"/employment/placements/{number}/{tail}/" for tail in ("end", "weeks/1", "weeks/13")]
        if kind == "application":
            found += [f"/employment/applications/{number}/?to={step}" for step in ("interview", "offered", "refused")]
    return found
