"""Placements in work, whether the person was still in it after 1, 4, 13 and 26 weeks, and the broker's work before and after.

Placements and checks may come from the broker's extract; the rest is written here alone, and no extract touches it. All hangs on
the referral, which says whose it is. A span is [start, end). Nothing here has room for an offence or for health.
"""

from django.db import models

from throughcare.casework.audit.models import Record
from throughcare.casework.imports.models import Fact
from throughcare.casework.people.models import one_a_source, words
from throughcare.casework.referrals.models import Referral

CHECKED_AFTER = (1, 4, 13, 26)


class Placement(Fact):
    """A job that a referral led to, from its first day. `ended_on` is the day after the last; null while it goes on."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    employer = words(100)
    job = words(100)
    started_on = models.DateField()
    planned_end_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = one_a_source("placement")

    class Privacy:
        personal = ("employer", "job", "started_on", "planned_end_on", "ended_on")
        plain = ("id", "source", "referral")


class RetentionCheck(Fact):
    """Whether the person was in the placement when it was looked at, so many weeks after its start. No row: not looked at.

    `known` false: it was looked at, and nobody could tell; `in_work` is false then too, as not known is not kept.
    """

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="checks")
    weeks = models.IntegerField()
    in_work = models.BooleanField()
    known = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["placement", "weeks"], name="one_check_a_week"),
            models.UniqueConstraint(fields=["source", "weeks"], name="check_one_a_source"),
            models.CheckConstraint(condition=models.Q(known=True) | models.Q(in_work=False), name="not_known_is_not_kept"),
        )

    class Privacy:
        personal = ("in_work", "known")
        plain = ("id", "source", "placement", "weeks")


class RightToWork(Record):
    """Evidence of the right to work that the broker saw on a day: its kind, never a copy nor a number. Taken back, it stays."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    kind = words(20)
    seen_on = models.DateField()
    expires_on = models.DateField(null=True)
    by = words(100)
    taken_back = models.BooleanField(default=False)

    class Privacy:
        personal = ("kind", "seen_on", "expires_on")
        plain = ("id", "referral", "by", "taken_back")


class Readiness(Record):
    """How ready for work somebody is on a day: a code, what is still to be done (codes with spaces), when it is looked at again.

    The last one holds.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    state = words(20)
    to_do = words(200)
    on = models.DateField()
    review_on = models.DateField(null=True)
    by = words(100)

    class Privacy:
        personal = ("state", "to_do", "on", "review_on")
        plain = ("id", "referral", "by")


class Looking(Record):
    """What work somebody looks for: boroughs (with "|"), hours a week at most, from and until when on a day; licences (codes with
    spaces). Nothing said is "" or null. The last one holds.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    boroughs = words(400)
    most_hours = models.IntegerField(null=True)
    free_from = models.TimeField(null=True)
    free_until = models.TimeField(null=True)
    licences = words(200)
    on = models.DateField()
    by = words(100)

    class Privacy:
        personal = ("boroughs", "most_hours", "free_from", "free_until", "licences", "on")
        plain = ("id", "referral", "by")


class Need(Record):
    """Travel, training or a thing needed for work: a code. Then what was arranged, who paid and how much; or needed no more."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    kind = words(20)
    on = models.DateField()
    by = words(100)
    arranged_on = models.DateField(null=True)
    arranged = words(200)
    paid_by = words(20)
    pence = models.IntegerField(null=True)
    dropped_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(arranged_on=None) | models.Q(dropped_on=None), name="a_need_is_met_or_dropped"
            ),
        )

    class Privacy:
        personal = ("kind", "on", "arranged_on", "arranged", "paid_by", "pence", "dropped_on")
        plain = ("id", "referral", "by")


class WorkLimit(Record):
    """A condition that bars some work, told by whoever manages the person and without its reason: a code, over [start, end).

    `from_time`, `until_time`: at which hours of every day; `borough`: where. "" and null where it is not of that kind.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    kind = words(20)
    from_time = models.TimeField(null=True)
    until_time = models.TimeField(null=True)
    borough = words(60)
    start = models.DateField()
    end = models.DateField(null=True)
    by = words(100)

    class Privacy:
        personal = ("kind", "from_time", "until_time", "borough", "start", "end")
        plain = ("id", "referral", "by")


class Disclosure(Record):
    """What somebody agreed that employers may be told: of the pilot, of convictions. Withdrawn on a day: no more from then on."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    pilot = models.BooleanField()
    convictions = models.BooleanField()
    how = words(20)
    agreed_on = models.DateField()
    by = words(100)
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = words(100)

    class Privacy:
        personal = ("pilot", "convictions", "how", "agreed_on", "withdrawn_on")
        plain = ("id", "referral", "by", "withdrawn_by")


class Vacancy(Record):
    """A job that an employer offers to `places` people: pay in pence an hour, hours a week, the shift of a day; a licence needed,
    what the work involves (codes with spaces), whether convictions are asked about. About nobody.

    Open until its places are filled, `closes_on` is over, or somebody closes it (`closed_on`, why: a code).
    """

    employer = words(100)
    job = words(100)
    borough = words(60)
    place = words(200)
    pence_an_hour = models.IntegerField(null=True)
    hours_a_week = models.IntegerField(null=True)
    shift_from = models.TimeField(null=True)
    shift_until = models.TimeField(null=True)
    licence = words(20)
    involves = words(100)
    disclosure = models.BooleanField(default=False)
    places = models.IntegerField(default=1)
    opened_on = models.DateField()
    closes_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    closed_why = words(20)
    by = words(100)

    class Privacy:
        plain = (
            "id", "employer", "job", "borough", "place", "pence_an_hour", "hours_a_week", "shift_from", "shift_until", "licence",
            "involves", "disclosure", "places", "opened_on", "closes_on", "closed_on", "closed_why", "by",
        )  # fmt: skip


class Application(Record):
    """Somebody put forward for a vacancy: sent, perhaps asked to an interview, then answered: a code, perhaps with a reason."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="applications")
    sent_on = models.DateField()
    interview_on = models.DateField(null=True)
    answer = words(12)
    answered_on = models.DateField(null=True)
    reason = words(20)
    by = words(100)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["referral", "vacancy"], condition=models.Q(answer=""), name="one_application_in_hand_a_vacancy"
            ),
        )

    class Privacy:
        personal = ("sent_on", "interview_on", "answer", "answered_on", "reason")
        plain = ("id", "referral", "vacancy", "by")


class EmployerLetter(Record):
    """A letter to the employer about an application, kept as it was written (`design.paper`), and what it told by agreement."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="letters")
    on = models.DateField()
    content = models.TextField()
    told_pilot = models.BooleanField()
    told_convictions = models.BooleanField()
    by = words(100)

    class Privacy:
        personal = ("content", "told_pilot", "told_convictions")
        plain = ("id", "application", "on", "by")


class Terms(Record):
    """What is known of a placement beside its days: the vacancy it fills, hours a week, the shift of a day, pence an hour."""

    placement = models.OneToOneField(Placement, on_delete=models.PROTECT, related_name="terms")
    vacancy = models.ForeignKey(Vacancy, null=True, on_delete=models.PROTECT, related_name="filled")
    hours_a_week = models.IntegerField(null=True)
    shift_from = models.TimeField(null=True)
    shift_until = models.TimeField(null=True)
    pence_an_hour = models.IntegerField(null=True)
    by = words(100)

    class Privacy:
        personal = ("hours_a_week", "shift_from", "shift_until", "pence_an_hour")
        plain = ("id", "placement", "vacancy", "by")


class Leaving(Record):
    """That a placement was left, told here: the day after the last, and why: a code."""

    placement = models.OneToOneField(Placement, on_delete=models.PROTECT, related_name="leaving")
    on = models.DateField()
    reason = words(20)
    by = words(100)

    class Privacy:
        personal = ("on", "reason")
        plain = ("id", "placement", "by")
