"""Crimes that a force asks about, runs of the match, and what a person made of each match: tables of the strand."""

from django.db import models

from throughcare.casework.audit.models import Record
from throughcare.casework.people.models import Person, words

POLICE_FILE, HEADED = "police", "headed"


class CrimeBatch(Record):
    """A file of crimes as it came: `content` is its bytes, `digest` their SHA-256. `form`: the police's 13 columns, or a header.

    `status`: successful, partial (some rows refused), failed (no row could be taken). `rows`: that became a version of a crime.
    """

    name = words(255)
    digest = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    form = words(10)
    force = words(40)
    batch_id = words(40)
    status = words(12)
    rows = models.PositiveIntegerField()
    sent_at = models.DateTimeField()
    sent_on = models.DateField()
    sent_by = words(100)

    class Meta:
        app_label = "tagging"

    class Privacy:
        plain = ("id", "name", "digest", "content", "form", "force", "batch_id", "status", "rows", "sent_at", "sent_on",
                 "sent_by")  # fmt: skip


class RowRefused(Record):
    """A broken rule of a row of a batch, as it was told: its cause (`code`; "" of a headed file), the rule and the mend."""

    batch = models.ForeignKey(CrimeBatch, on_delete=models.PROTECT, related_name="refusals")
    row = models.PositiveIntegerField()
    reference = words(60)
    column = words(40)
    value = words(200)
    code = words(30)
    rule = words(200)
    mend = words(200)

    class Meta:
        app_label = "tagging"

    class Privacy:
        plain = ("id", "batch", "row", "reference", "column", "value", "code", "rule", "mend")


class Crime(Record):
    """A crime by its force and the force's own reference. What is known of it stands in its versions."""

    force = words(40)
    reference = words(60)

    class Meta:
        app_label = "tagging"
        constraints = (models.UniqueConstraint(fields=["force", "reference"], name="a_crime_of_a_force_once"),)

    class Privacy:
        plain = ("id", "force", "reference")


class CrimeVersion(Record):
    """A crime as one sending told it: never changed. A place that is null was not told.

    `row`: in the police's file; 0 of one with a header. `changed`: groups of `positions.versions.GROUPS`, joined by ", ".
    `rerun`: the first one, or its window or place is another; the last of these is the one that is matched.
    """

    crime = models.ForeignKey(Crime, on_delete=models.PROTECT, related_name="versions")
    batch = models.ForeignKey(CrimeBatch, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    row = models.PositiveIntegerField()
    kind = words(10)
    time_from = models.DateTimeField()
    time_to = models.DateTimeField()
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    text = models.TextField(default="", blank=True)
    changed = words(100)
    rerun = models.BooleanField()

    class Meta:
        app_label = "tagging"
        constraints = (models.UniqueConstraint(fields=["crime", "number"], name="a_version_of_a_crime_once"),)

    class Privacy:
        plain = ("id", "crime", "batch", "number", "row", "kind", "time_from", "time_to", "latitude", "longitude", "text",
                 "changed", "rerun")  # fmt: skip


class MatchRun(Record):
    """A run of the match: never changed. `cause`: "batch" (crimes came), "again" (somebody asked). `outcome`: done or failed.

    `program`: the version of Throughcare; `parameters`: JSON of positions.parameters; `inputs`: JSON by day, the SHA-256 of the
    fixes that were asked; `parts`: JSON by day, what the store held then (positions.worn.parts_digest); `fault`: why it failed.
    """

    cause = words(10)
    outcome = words(10)
    program = words(40)
    parameters = models.TextField()
    inputs = models.TextField(default="", blank=True)
    parts = models.TextField(default="", blank=True)
    fault = words(300)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    on = models.DateField()
    by = words(100)

    class Meta:
        app_label = "tagging"

    class Privacy:
        plain = ("id", "cause", "outcome", "program", "parameters", "inputs", "parts", "fault", "started_at", "ended_at", "on",
                 "by")  # fmt: skip


class CrimeResult(Record):
    """What one run said of one version of a crime: matched, no_match, not_run with the reason. No row: it was not run."""

    run = models.ForeignKey(MatchRun, on_delete=models.PROTECT, related_name="results")
    version = models.ForeignKey(CrimeVersion, on_delete=models.PROTECT, related_name="results")
    outcome = words(10)
    reason = words(120)

    class Meta:
        app_label = "tagging"
        constraints = (models.UniqueConstraint(fields=["run", "version"], name="a_result_of_a_run_once"),)

    class Privacy:
        plain = ("id", "run", "version", "outcome", "reason")


class UnseenTag(Record):
    """A tag that somebody wore in a crime's window and that could not have been seen in it."""

    result = models.ForeignKey(CrimeResult, on_delete=models.PROTECT, related_name="unseen")
    fitting = models.ForeignKey("tagging.Fitting", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "tagging"

    class Privacy:
        plain = ("id", "result", "fitting", "person")


class Match(Record):
    """That a tag was near a crime in its window: numbers only; the fixes stay with the positions. `visits`: how many."""

    result = models.ForeignKey(CrimeResult, on_delete=models.PROTECT, related_name="matches")
    fitting = models.ForeignKey("tagging.Fitting", on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey("tagging.Order", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    fixes = models.PositiveIntegerField()
    visits = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    nearest_m = models.FloatField()

    class Meta:
        app_label = "tagging"
        constraints = (models.UniqueConstraint(fields=["result", "fitting"], name="a_match_of_a_result_once"),)

    class Privacy:
        personal = ("fixes", "visits", "first_at", "last_at", "nearest_m")
        plain = ("id", "result", "fitting", "order", "person")


class MatchReview(Record):
    """What somebody decided of a match, with the reason: never changed; the last that is not taken back holds."""

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="reviews")
    decision = words(12)
    reason = words(500)
    at = models.DateTimeField()
    on = models.DateField()
    by = words(100)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = words(100)

    class Meta:
        app_label = "tagging"

    class Privacy:
        personal = ("decision", "reason", "on")
        plain = ("id", "match", "at", "by", "taken_back_at", "taken_back_by")


class MatchCharge(Record):
    """That the police report a charge that followed from a match. `reference`: the police's own of the charge."""

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="charges")
    charged_on = models.DateField()
    offence = words(120)
    reference = words(60)
    at = models.DateTimeField()
    on = models.DateField()
    by = words(100)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = words(100)

    class Meta:
        app_label = "tagging"

    class Privacy:
        personal = ("charged_on", "offence", "reference", "on")
        plain = ("id", "match", "at", "by", "taken_back_at", "taken_back_by")
