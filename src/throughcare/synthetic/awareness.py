"""The demonstration's training, partners' meetings and news: held, to come, and with an agency that stays away."""

from datetime import date, time, timedelta

from django.db import transaction

from throughcare.casework.access.models import Account, Post
from throughcare.casework.access.policy import ROLES
from throughcare.casework.access.reader import Reader
from throughcare.casework.awareness.gatherings import actions as meetings
from throughcare.casework.awareness.news import actions as news
from throughcare.casework.awareness.training import actions as training
from throughcare.casework.awareness.training.queries import expected, of_roles
from throughcare.core.working_days import next_working_day_on_or_after
from throughcare.synthetic.posts import reader_of

WORKING = ("offender-manager", "senior-officer", "iom-coordinator", "court-officer", "prison-coordinator", "provider-worker",
           "provider-administrator", "health-practitioner")  # fmt: skip
"""Accounts to sign in with that came to the first training, but for the last two; and how useful it was to those who said."""

STARS = (2, 4, 5, 3, 4, 4)
CAME_OF_THE_REST = 3
"""Of the other staff invited, one in so many came."""

LIG = ({"Borough": 2, "NPS": 2, "CRC": 3, "Police": 1}, {"Borough": 1, "CRC": 2, "Police": 2, "Providers": 2},
       {"Borough": 2, "CRC": 1, "Police": 1, "Providers": 1}, {"Borough": 2, "CRC": 2, "Providers": 3})  # fmt: skip
"""Who came to the borough's last four meetings: nobody of NPS or prisons to the last three."""


@transaction.atomic
def make_known(day: date) -> int:
    """Trainings, meetings with their actions, and a piece of news; gives how many trainings and meetings."""
    manager, coordinator = reader_of("pilot-manager", day), reader_of("iom-coordinator", day)
    _news(manager, day)
    return _trainings(manager, day) + _meetings(manager, coordinator, day)


def _trainings(manager: Reader, day: date) -> int:
    on = next_working_day_on_or_after(day - timedelta(days=20))
    held = training.plan(reader=manager, kind="pilot", on=on, at=time(10), where="Hackney Town Hall", given_by="Pilot office")
    whom = of_roles(["offender_manager", "senior_officer", "prison_coordinator"], day)
    training.invite(by=manager.by, training=held, accounts=whom)
    known = dict(Account.objects.filter(username__in=WORKING).values_list("username", "pk"))
    roles = of_roles(ROLES, day)
    others = {known[name]: roles[known[name]] for name in WORKING[:-2] if name in known and known[name] in roles}
    came = {each.account_id for n, each in enumerate(expected(held)) if n % CAME_OF_THE_REST == 0}
    training.keep_attendance(reader=manager, training=held, came=came, others=others, outsiders={"Borough": 4, "Police": 2})
    raters = [name for name in WORKING if known.get(name) in others]
    for name, stars in zip(raters[1:], STARS, strict=False):  # the offender manager is still to say
        said = "" if stars > 2 else "Say who each service is for"
        training.rate(reader=reader_of(name, day), training=held, stars=stars, comment=said)
    ahead = training.plan(reader=manager, kind="referring", on=next_working_day_on_or_after(day + timedelta(days=6)), at=time(14),
                          where="Highbury", given_by="London CRC")  # fmt: skip
    training.invite(by=manager.by, training=ahead, accounts=of_roles(["offender_manager"], day))
    training.plan(reader=manager, kind="tagging", on=next_working_day_on_or_after(day + timedelta(days=13)), at=time(9, 30),
                  given_by="Monitoring centre", places=40)  # fmt: skip
    return 3


def _meetings(manager: Reader, coordinator: Reader, day: date) -> int:
    borough, officer = coordinator.acting[0].place, reader_of("offender-manager", day).acting[0]
    days = [next_working_day_on_or_after(day - timedelta(days=back)) for back in (150, 108, 66, 24)]
    for n, (on, came) in enumerate(zip(days, LIG, strict=True)):
        held = meetings.plan(reader=coordinator, kind="lig", borough=borough, on=on)
        decided = "Offender managers come to the next providers' forum." if n == 1 else "How referrals and their answers stand."
        meetings.keep(reader=coordinator, meeting=held, came=came, decided=decided)
        if n == 1:
            done = meetings.give(reader=coordinator, meeting=held, owner=coordinator.acting[0], due_on=on + timedelta(days=30),
                                 text="Send the dates of the providers' forum to every team")  # fmt: skip
            meetings.move(reader=coordinator, action=done, to="done", text="Sent to all teams")
            meetings.give(reader=coordinator, meeting=held, due_on=on + timedelta(days=42), text="Ask NPS who comes in future",
                          owner=coordinator.acting[0])  # fmt: skip
    meetings.give(reader=coordinator, meeting=held, owner=officer, due_on=day + timedelta(days=5),
                  text="Tell your team what each service is for, from the guide")  # fmt: skip
    meetings.plan(reader=coordinator, kind="lig", borough=borough, on=next_working_day_on_or_after(day + timedelta(days=18)))
    forum = meetings.plan(reader=manager, kind="providers_forum", on=next_working_day_on_or_after(day - timedelta(days=31)))
    meetings.keep(reader=manager, meeting=forum, decided="Providers and practitioners meet together from now on.",
                  came={"Pilot office": 2, "CRC": 1, "Osmani Trust": 2, "Pact": 1, "Rise Mutual": 2})  # fmt: skip
    meetings.give(reader=manager, meeting=forum, owner=Post.objects.get(slug="osmani-trust-administrator"),
                  due_on=day + timedelta(days=12), text="Say when rooms for mentoring are free")  # fmt: skip
    return len(days) + 2


def _news(manager: Reader, day: date) -> None:
    news.post(
        reader=manager, title="Providers and practitioners meet together", until=day + timedelta(days=40),
        text="From now on offender managers and their seniors are asked to the providers' forum, so that everybody knows what is "
        "on offer. The next day stands under Partners' meetings.",
    )  # fmt: skip
