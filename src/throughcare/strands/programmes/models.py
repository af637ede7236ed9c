"""Sessions that providers hold with people, appointments with the offender manager, and what is planned and decided of both.

Groups with their places, days and checks stand after them; goals and the report at the end of the work come last.

Facts may come from an agency's extract. What is planned, decided, agreed and reminded is written here alone.
"""

from django.db import models

from throughcare.casework.access.models import Post
from throughcare.casework.audit.models import Record
from throughcare.casework.imports.models import Fact
from throughcare.casework.people.models import Person, one_a_source, words
from throughcare.casework.referrals.models import Referral
from throughcare.strands.programmes.family_models import FamilyMember as FamilyMember
from throughcare.strands.programmes.family_models import FamilyWork as FamilyWork


class Session(Fact):
    """A session of a referral on a day; whose it is, the referral says. `outcome` is a code of `attendance`, "" unknown."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    attended = models.BooleanField()
    outcome = words(4)

    class Meta:
        constraints = one_a_source("session")

    class Privacy:
        personal = ("held_on", "attended", "outcome")
        plain = ("id", "source", "referral")


class Appointment(Fact):
    """An appointment with the offender manager: due on a day, held on that or another (null: it did not take place).

    `manager` is the agency's code of the offender manager, "" unknown. Attended means attended by the person.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    held_on = models.DateField(null=True)
    attended = models.BooleanField()
    outcome = words(4)
    manager = words()

    class Meta:
        constraints = one_a_source("appointment")

    class Privacy:
        personal = ("due_on", "held_on", "attended", "outcome", "manager")
        plain = ("id", "source", "person")


class MissedDecision(Record):
    """What a missed appointment or session came to: a code of `decisions.codes`, with the reason where it is an accepted one.

    One stands at a time; one taken back stays on record, `withdrawn`. Decided by the offender manager, never by a machine.
    """

    appointment = models.ForeignKey(Appointment, null=True, on_delete=models.PROTECT, related_name="decisions")
    session = models.ForeignKey(Session, null=True, on_delete=models.PROTECT, related_name="decisions")
    decision = words(10)
    reason = words(20)
    note = words(500)
    on = models.DateField()
    by = words(100)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn = models.BooleanField(default=False)
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = words(100)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(appointment=None, session__isnull=False) | models.Q(appointment__isnull=False, session=None),
                name="a_decision_is_of_one_miss",
            ),
            models.UniqueConstraint(
                fields=["appointment"], condition=models.Q(withdrawn=False), name="one_decision_an_appointment"
            ),
            models.UniqueConstraint(fields=["session"], condition=models.Q(withdrawn=False), name="one_decision_a_session"),
        )  # fmt: skip

    class Privacy:
        personal = ("decision", "reason", "note", "on")
        plain = ("id", "appointment", "session", "by", "post", "withdrawn", "withdrawn_on", "withdrawn_by")


class PlannedSession(Record):
    """A meeting with somebody referred that is to come, by a post of the provider: `starts_at` in UTC, shown in London time.

    kind, state and reason: codes of `meetings.codes`. A visit has its prison, and what the prison said: asked for, confirmed,
    or refused with a reason. `moved_to`: the one planned in its place. `session`: what was recorded of it. `flag_on`: the day
    from which it cannot be as planned, as the person was moved to `flag_place` or released (`flag`), until it is planned anew.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    kind = words(12)
    starts_at = models.DateTimeField(db_index=True)
    prison = words()
    place = words(100)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    booked_by = words(100)
    booked_on = models.DateField()
    state = words(12)
    reason = words(20)
    line = words(300)
    moved_to = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="moved_from")
    session = models.ForeignKey(Session, null=True, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)
    refused_on = models.DateField(null=True)
    refusal = words(20)
    flag = words(10)
    flag_on = models.DateField(null=True)
    flag_place = words()

    class Meta:
        indexes = (models.Index(fields=["post", "state", "starts_at"], name="meetings_of_a_post"),)

    class Privacy:
        personal = (
            "kind", "starts_at", "prison", "place", "state", "reason", "line", "asked_on", "confirmed_on", "refused_on",
            "refusal", "flag", "flag_on", "flag_place",
        )  # fmt: skip
        plain = ("id", "referral", "post", "booked_by", "booked_on", "moved_to", "session")


class Clearance(Record):
    """A post of a provider asked to be let into a prison: granted until a day (null: no end), or refused with a coded reason.

    About a post, never about who holds it: no reason tells of anybody's life or health.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    prison = words()
    asked_on = models.DateField()
    asked_by = words(100)
    granted_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    refused_on = models.DateField(null=True)
    reason = words(20)
    answered_by = words(100)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(granted_on=None) | models.Q(refused_on=None), name="a_clearance_has_one_answer"
            ),
            models.UniqueConstraint(
                fields=["post", "prison"], condition=models.Q(granted_on=None, refused_on=None), name="one_clearance_asked_for"
            ),
        )  # fmt: skip

    class Privacy:
        plain = (
            "id", "post", "prison", "asked_on", "asked_by", "granted_on", "expires_on", "refused_on", "reason", "answered_by",
        )  # fmt: skip


class Channel(Record):
    """How the person agreed to be reminded: a code of `reminders.words`, and its number or address. The last one holds.

    `place_too`: whether the place may be said. `although_limited`: agreed for somebody with limited access.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    channel = words(10)
    address = words(200)
    place_too = models.BooleanField(default=False)
    although_limited = models.BooleanField(default=False)
    agreed_on = models.DateField()
    by = words(100)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")

    class Privacy:
        personal = ("channel", "address", "place_too", "although_limited", "agreed_on")
        plain = ("id", "person", "by", "post")


class Reminder(Record):
    """What a person is told on the eve of an appointment or a meeting: kept once, before it is sent, so that it never goes twice.

    state: "to send" by hand, as by telephone; "sending", which stays so where the program died just then; "sent"; "failed".
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    appointment = models.OneToOneField(Appointment, null=True, on_delete=models.PROTECT, related_name="+")
    planned = models.OneToOneField(PlannedSession, null=True, on_delete=models.PROTECT, related_name="+")
    channel = words(10)
    address = words(200)
    text = words(400)
    of_day = models.DateField(db_index=True)
    state = words(10)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(appointment=None, planned__isnull=False) | models.Q(appointment__isnull=False, planned=None),
                name="a_reminder_is_of_one_thing",
            ),
        )

    class Privacy:
        personal = ("channel", "address", "text", "of_day")
        plain = ("id", "person", "appointment", "planned", "state", "made_at", "sent_at")


class Group(Record):
    """A group of a provider's service at a venue, weekly from a day: planned, confirmed, running, finished or cancelled.

    `capacity`: the most places; `quorum`: the fewest with which it is confirmed. States are codes of `groups.codes`.
    """

    service = words()
    provider = words()
    name = words(100)
    venue = words(200)
    starts_on = models.DateField()
    at = models.TimeField()
    capacity = models.PositiveIntegerField()
    quorum = models.PositiveIntegerField()
    state = words(12)
    planned_on = models.DateField()
    planned_by = words(100)

    class Meta:
        indexes = (models.Index(fields=["provider", "state"], name="groups_of_a_provider"),)

    class Privacy:
        plain = (
            "id", "service", "provider", "name", "venue", "starts_on", "at", "capacity", "quorum", "state", "planned_on",
            "planned_by",
        )  # fmt: skip


class GroupCheck(Record):
    """The question whether a group, as its places and venue are, may go on; asked of whoever may know whom to keep apart.

    `answer`: a code of `groups.codes`, "" none yet. Never why, nor who. `fallen`: a place or the venue has changed since.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="checks")
    asked_on = models.DateField()
    asked_by = words(100)
    answer = words(12)
    answered_on = models.DateField(null=True)
    answered_by = words(100)
    fallen = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["group"], condition=models.Q(fallen=False), name="one_check_of_a_group"),
        )  # fmt: skip

    class Privacy:
        plain = ("id", "group", "asked_on", "asked_by", "answer", "answered_on", "answered_by", "fallen")


class GroupPlace(Record):
    """A place in a group, of a referral, over [joined_on, left_on). `checked`: the check in which somebody who may know whom
    the person must not meet said that it may go on.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="places")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    joined_on = models.DateField()
    left_on = models.DateField(null=True)
    checked = models.ForeignKey(GroupCheck, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["referral"], condition=models.Q(left_on=None), name="one_place_a_referral"),
        )  # fmt: skip

    class Privacy:
        personal = ("joined_on", "left_on")
        plain = ("id", "group", "referral", "checked")


class GroupDay(Record):
    """A day on which the group meets: planned, held or called off."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="days")
    on = models.DateField()
    state = words(12)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["group", "on"], name="one_group_day_a_day"),)

    class Privacy:
        plain = ("id", "group", "on", "state")


class GroupAttendance(Record):
    """What a session of the group came to for one place: recorded once, as a session of the referral."""

    day = models.ForeignKey(GroupDay, on_delete=models.PROTECT, related_name="attendance")
    place = models.ForeignKey(GroupPlace, on_delete=models.PROTECT, related_name="attendance")
    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["day", "place"], name="attendance_is_kept_once"),)

    class Privacy:
        plain = ("id", "day", "place", "session")


class Goal(Record):
    """What the person and the provider agreed to work towards in a referral, in plain words; `area`: a code of `work.codes`.

    Never changed or deleted: what became of it is in its reviews.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    area = words(20)
    text = words(300)
    agreed_on = models.DateField()
    by = words(100)

    class Privacy:
        personal = ("area", "text", "agreed_on")
        plain = ("id", "referral", "by")


class GoalReview(Record):
    """How a goal stood on a day: `outcome` is a code of `work.codes`. The last one holds; those before it stay on record."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="reviews")
    outcome = words(20)
    on = models.DateField()
    note = words(300)
    by = words(100)

    class Privacy:
        personal = ("outcome", "on", "note")
        plain = ("id", "goal", "by")


class EndReport(Record):
    """What a provider reports when the work of a referral is over: a draft until `sent_on`, and never changed after it.

    `ended_on`, `how` (the state), `reason` (its code), `attended` of `offered` sessions: as on record when it was sent, null or
    "" before. `read_on`: when whoever manages the person had read it. One that is opened again has another at its next end.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    done = models.TextField(default="", blank=True)
    needed = models.TextField(default="", blank=True)
    following = models.TextField(default="", blank=True)
    kept_on = models.DateField()
    kept_by = words(100)
    ended_on = models.DateField(null=True)
    how = words(20)
    reason = words(40)
    offered = models.PositiveIntegerField(null=True)
    attended = models.PositiveIntegerField(null=True)
    sent_on = models.DateField(null=True)
    sent_by = words(100)
    read_on = models.DateField(null=True)
    read_by = words(100)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["referral"], condition=models.Q(sent_on=None), name="one_draft_a_referral"),
        )

    class Privacy:
        personal = (
            "done", "needed", "following", "kept_on", "ended_on", "how", "reason", "offered", "attended", "sent_on", "read_on",
        )  # fmt: skip
        plain = ("id", "referral", "kept_by", "sent_by", "read_by")
