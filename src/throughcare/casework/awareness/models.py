"""Training, meetings of the partners, and news: about staff, posts and agencies, never about a person of the pilot."""

from django.db import models

from throughcare.casework.access.models import Account, Post
from throughcare.casework.audit.models import Record
from throughcare.casework.people.models import words


class Training(Record):
    """One event of a training of the pilot file (`kind`). `places`: null where there is no limit.

    post: who planned it, and keeps who came. attendance_on: the day on which that was kept; null until then.
    """

    kind = words(40)
    on = models.DateField(db_index=True)
    at = models.TimeField(null=True)
    where = words(120)
    given_by = words(80)
    places = models.IntegerField(null=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    attendance_on = models.DateField(null=True)
    cancelled = models.BooleanField(default=False)

    class Privacy:
        plain = ("id", "kind", "on", "at", "where", "given_by", "places", "post", "attendance_on", "cancelled")


class Attendee(Record):
    """An account that was invited to a training, in this role, or that came without. `came`: null until attendance is kept."""

    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="attendees")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    role = words(30)
    invited = models.BooleanField(default=True)
    came = models.BooleanField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["training", "account"], name="an_account_once_a_training"),)

    class Privacy:
        personal = ("invited", "came")
        plain = ("id", "training", "account", "role")


class Outsiders(Record):
    """How many of an agency came to a training who have no account here. Their names are kept nowhere."""

    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="outsiders")
    agency = words(60)
    number = models.IntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["training", "agency"], name="an_agency_once_a_training"),)

    class Privacy:
        plain = ("id", "training", "agency", "number")


class Rating(Record):
    """How useful a training was to somebody who came, from 1 to 5. Who that is, is not kept.

    key: made of the training and the account with the service's secret, so that its giver alone finds it again. It is the row's
    number too: rows in the order of their making would tell, beside the audit, who gave which.
    """

    key = models.CharField(max_length=64, primary_key=True)
    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="ratings")
    role = words(30)
    stars = models.IntegerField()
    comment = models.TextField(default="", blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(stars__gte=1, stars__lte=5), name="a_rating_is_from_1_to_5"),
        )

    class Privacy:
        personal = ("key", "role", "stars", "comment")
        plain = ("training",)


class Meeting(Record):
    """A meeting of a kind of the pilot file, of a borough where the kind is by borough. `decided`: in words, about nobody.

    kept_on: the day on which it was written down who came; null until then.
    """

    kind = words(40)
    borough = words(40)
    on = models.DateField()
    decided = models.TextField(default="", blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    kept_on = models.DateField(null=True)
    cancelled = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=["kind", "borough", "on"], name="meetings_of_a_kind"),)

    class Privacy:
        plain = ("id", "kind", "borough", "on", "decided", "post", "kept_on", "cancelled")


class Came(Record):
    """How many of an agency came to a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="came")
    agency = words(60)
    number = models.IntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["meeting", "agency"], name="an_agency_once_a_meeting"),)

    class Privacy:
        plain = ("id", "meeting", "agency", "number")


class Action(Record):
    """Something that a post is to do by a day, as a meeting decided; about nobody. Its state is of `rules.meeting_actions`."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="actions")
    text = models.TextField()
    owner = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=12)

    class Meta:
        indexes = (models.Index(fields=["owner", "state"], name="meeting_actions_of_a_post"),)

    class Privacy:
        plain = ("id", "meeting", "text", "owner", "due_on", "state")


class ActionEvent(Record):
    """An action came into a state on a day, with what was said of it. Never changed or deleted."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="events")
    state = models.CharField(max_length=12)
    on = models.DateField()
    by = words(100)
    text = models.TextField(default="", blank=True)

    class Privacy:
        plain = ("id", "action", "state", "on", "by", "text")


class News(Record):
    """Something new, in plain words, shown up to and with the day `until`; about nobody."""

    title = words(100)
    text = models.TextField()
    on = models.DateField()
    until = models.DateField()
    by = words(100)
    withdrawn = models.BooleanField(default=False)

    class Privacy:
        plain = ("id", "title", "text", "on", "until", "by", "withdrawn")


class FiguresVersion(Record):
    """What the pilot file said from a day on in the figures that people work by: sentences by slug, as JSON. Never changed."""

    on = models.DateField()
    told = models.TextField()
    by = words(100)

    class Privacy:
        plain = ("id", "on", "told", "by")


class Read(Record):
    """Up to which posted news, version of a service and version of the figures an account has read what is new."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="+")
    news = models.BigIntegerField(default=0)
    services = models.BigIntegerField(default=0)
    figures = models.BigIntegerField(default=0)

    class Privacy:
        plain = ("id", "account", "news", "services", "figures")
