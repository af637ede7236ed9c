"""Who may use the service: accounts, the posts that people hold, whose caseload a person is on, and who is barred from whom.

Work belongs to a post (a court, a caseload, a borough's panel, a prison, a provider's desk); an account holds posts, and may
do what the posts' roles may. So cover, leave and a vacant post lose nothing: the work stays where it is.
"""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from throughcare.casework.audit.models import Record
from throughcare.casework.imports.models import Fact
from throughcare.casework.people.models import Person, one_a_source, words

LIMITS = ("excluded", "restricted")
REASONS = {
    "duty": "I am on duty or covering for somebody",
    "asked": "A colleague or another agency has asked me about this person",
    "court": "The person is before me in court today",
    "custody": "The person has come into, or is leaving, a place where I work",
    "safety": "Somebody may come to harm",
    "check": "I am checking whether two records are the same person",
    "other": "Another reason",
}


class Account(AbstractBaseUser):
    """One member of staff or volunteer who signs in. `name` is what colleagues see. It is never deleted: a leaver is inactive.

    Signing in (django-allauth) writes to it, so it is not a `Record`; all else goes through `access.actions`.
    """

    username = models.CharField(max_length=100, unique=True)
    email = models.EmailField(default="", blank=True)
    name = models.CharField(max_length=100, default="", blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = BaseUserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Privacy:
        personal = ("username", "email", "name", "password")
        plain = ("id", "is_active", "joined_at", "last_login")

    @property
    def shown(self) -> str:
        return self.name or self.username


class Post(Record):
    """A piece of work that somebody holds. Its role says what it may do, its place of whom.

    role: a slug of the access policy. place: the borough, court, prison, or provider (slug) that it works for; "" where the
    role needs none. team: of a provider's desk, the service (slug) it delivers; "" for all. office: posts of one office are
    in the charge of its senior officer. code: the agency's own code of the officer, as extracts have it.
    """

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=100)
    role = models.CharField(max_length=30)
    agency = words(30)
    office = words(60)
    place = words(60)
    team = words(40)
    code = models.CharField(max_length=30, default="", blank=True, db_index=True)
    telephone = words(30)
    email = models.EmailField(default="", blank=True)
    closed_on = models.DateField(null=True)

    class Privacy:
        plain = (
            "id", "slug", "title", "role", "agency", "office", "place", "team", "code", "telephone", "email", "closed_on",
        )  # fmt: skip


class Holding(Record):
    """An account holds a post over [start, end); `cover`: for whoever holds it otherwise."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="holdings")
    start = models.DateField()
    end = models.DateField(null=True)
    cover = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(end=None) | models.Q(end__gte=models.F("start")), name="a_holding_ends_after_its_start"
            ),
        )

    class Privacy:
        plain = ("id", "post", "account", "start", "end", "cover")


class Allocation(Fact):
    """A person is on the caseload of a post, or matched with a volunteer's, over [start, end)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="allocations")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="allocations")
    start = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = one_a_source("allocation")
        indexes = (models.Index(fields=["post", "end"], name="allocations_of_a_post"),)

    class Privacy:
        personal = ("start", "end")
        plain = ("id", "source", "person", "post")


class Handover(Record):
    """A person is to pass from one post to another: it happens when the receiver accepts it, on a day, without a gap."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="handovers")
    from_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    to_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="handovers")
    asked_on = models.DateField()
    asked_by = words(100)
    reason = models.TextField()
    accepted = models.BooleanField(null=True)
    answered_on = models.DateField(null=True)
    answered_by = words(100)
    answer = models.TextField(default="", blank=True)

    class Privacy:
        personal = ("reason", "answer")
        plain = ("id", "person", "from_post", "to_post", "asked_on", "asked_by", "accepted", "answered_on", "answered_by")


class Limit(Record):
    """A limited-access person over [start, end): the accounts named are excluded, or nobody but them may see the person.

    `ring`: the post that others are told to ring. It fails closed: a restriction that names nobody bars everybody.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="limits")
    kind = models.CharField(max_length=10, choices=[(k, k) for k in LIMITS])
    start = models.DateField()
    end = models.DateField(null=True)
    ring = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(default="", blank=True)

    class Privacy:
        personal = ("kind", "start", "end", "reason")
        plain = ("id", "person", "ring")


class LimitName(Record):
    """An account that an exclusion bars, or a restriction lets in."""

    limit = models.ForeignKey(Limit, on_delete=models.PROTECT, related_name="names")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["limit", "account"], name="an_account_once_a_limit"),)

    class Privacy:
        plain = ("id", "limit", "account")


class Opening(Record):
    """An account opened the record of a person outside its scope on a day, for a coded reason. The person's manager is told."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="openings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    reason = models.CharField(max_length=20)
    words = models.TextField(default="", blank=True)

    class Meta:
        indexes = (models.Index(fields=["account", "on"], name="openings_of_a_day"),)

    class Privacy:
        personal = ("reason", "words")
        plain = ("id", "person", "account", "post", "on")


class Token(Record):
    """A machine's way in: it works as one post of an account, through the API alone, until the day it expires.

    digest: SHA-256 of the token, in hexadecimal; the token itself is shown once and kept nowhere. name: what it is for.
    expires_on: the first day on which it is no token any more. last_used_on: the last day on which it was used; None: never.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="tokens")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_on = models.DateField()
    last_used_on = models.DateField(null=True)
    withdrawn = models.BooleanField(default=False)

    class Privacy:
        personal = ("name", "digest")
        plain = ("id", "account", "post", "made_at", "expires_on", "last_used_on", "withdrawn")
