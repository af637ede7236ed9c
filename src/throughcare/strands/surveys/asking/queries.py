"""Reading surveys: versions, waves, who is asked, whose reminder is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from throughcare.casework.access.models import Holding
from throughcare.casework.people.queries import on_the_day
from throughcare.casework.pilot import current_pilot
from throughcare.strands.surveys import asking_models as m
from throughcare.strands.surveys.made.questions import Asked, read

GROUP_OF = {
    **dict.fromkeys(("iom_coordinator", "senior_officer", "court_officer", "offender_manager", "prison_coordinator",
                     "health_practitioner", "police_researcher", "tasking_officer", "monitoring_officer"), "practitioner"),
    **dict.fromkeys(("provider_admin", "provider_worker", "volunteer", "employment_broker"), "provider"),
    "pilot_manager": "strategic",
}  # fmt: skip
"""By role, the kind of respondent that its holders are. Who studies, protects data or runs the system is asked nothing."""
A_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Invitee:
    """Whom a link is for: by account, by address, or (neither) to be handed out."""

    group: str
    organisation: str = ""
    borough: str = ""
    account: int | None = None
    address: str = ""


def latest_version(survey: m.Survey) -> m.Version:
    return survey.versions.order_by("-number").first()


def frozen(version: m.Version) -> bool:
    """Whether a wave of it has an answer."""
    return version.waves.filter(answered=True).exists()


def questions_of(version: m.Version) -> tuple[Asked, ...]:
    return read(version.questions)


def waves_of(survey: m.Survey) -> list[m.SurveyWave]:
    """The waves of a survey, the first first."""
    return list(m.SurveyWave.objects.filter(version__survey=survey).select_related("version").order_by("number"))


def holders_of(roles: Sequence[str], day: date) -> list[Invitee]:
    """Whoever holds a post of these roles on the day and has an address, each account once, of roles that are asked at all."""
    asked = [role for role in roles if role in GROUP_OF]
    held = Holding.objects.filter(on_the_day(day), post__role__in=asked, post__closed_on=None, cover=False)
    held = held.filter(account__is_active=True).exclude(account__email="")
    boroughs, providers = set(current_pilot().boroughs), {each.slug: each.name for each in current_pilot().providers}
    found: dict[int, Invitee] = {}
    for holding in held.select_related("post").order_by("post__title", "pk"):
        post = holding.post
        found.setdefault(holding.account_id, Invitee(
            group=GROUP_OF[post.role], account=holding.account_id, organisation=providers.get(post.place, post.agency),
            borough=post.place if post.place in boroughs else "",
        ))  # fmt: skip
    return list(found.values())


def reminder_days(wave: m.SurveyWave) -> tuple[date, ...]:
    """As the pilot file says, [surveys]: half way through the wave, and days before it closes, from two days after it opened."""
    told = current_pilot().surveys
    days = {wave.closes_on - timedelta(days=before) for before in told.remind_before_end}
    if told.remind_half_way:
        days.add(wave.opens_on + (wave.closes_on - wave.opens_on) // 2)
    return tuple(sorted(day for day in days if day > wave.opens_on + A_DAY))


def due(wave: m.SurveyWave, day: date) -> QuerySet[m.Invitation]:
    """The links that are to go on the day: those that did not go yet, and reminders of those that were not used."""
    by_mail = m.Invitation.objects.filter(wave=wave, used=False).exclude(state__in=(m.BY_HAND, m.SENDING))
    reminded = sum(on <= day for on in reminder_days(wave))
    return by_mail.filter(Q(state__in=(m.TO_SEND, m.FAILED)) | Q(reminders__lt=reminded)).order_by("nonce")


def open_on(day: date) -> QuerySet[m.SurveyWave]:
    """Waves whose links are out and that can be answered on the day."""
    return m.SurveyWave.objects.filter(sent=True, closed=False, opens_on__lte=day, closes_on__gt=day).order_by("pk")
