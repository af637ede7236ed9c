"""Reading sessions and appointments, and who is expected to be seen how often."""

from collections.abc import Sequence

import polars as pl

from throughcare.casework.findings import finding_of
from throughcare.casework.frames import once, only, read
from throughcare.casework.imports.queries import differing
from throughcare.casework.people.queries import custody, joined_up, supervision
from throughcare.casework.referrals.findings import not_intended, of_providers
from throughcare.casework.referrals.queries import referrals
from throughcare.casework.referrals.standing import intended_for
from throughcare.core.contracts import Finding, Owner, Scope
from throughcare.core.pilot import Period, Pilot
from throughcare.strands.programmes.contact import met, releases
from throughcare.strands.programmes.models import Appointment, Session

CONTACT = "intensified_contact"
SERVICES = ("mentoring", "building_bridges", "right_track", "tiger", CONTACT)


def sessions() -> pl.DataFrame:
    """session, record (its record_id; null where entered here), referral, held_on, attended, by day."""
    return read(
        Session.objects.order_by("held_on", "pk"), session="pk", record="source__record_id", referral="referral",
        held_on="held_on", attended="attended",
    )  # fmt: skip


def attended_sessions() -> pl.DataFrame:
    """person, held_on: a row a session that the person attended, of whichever referral."""
    attended = Session.objects.filter(attended=True).order_by("held_on", "pk")
    return read(attended, person="referral__person", held_on="held_on")


def sessions_by_service() -> pl.DataFrame:
    """person, service, on: a row a session that the person attended, by its referral's service."""
    attended = Session.objects.filter(attended=True).order_by("held_on", "pk")
    return read(attended, person="referral__person", service="referral__service", on="held_on")


def attended_appointments(released: pl.DataFrame) -> pl.DataFrame:
    """person, held_on: a row an appointment with the offender manager that one of those released (person) attended."""
    attended = Appointment.objects.filter(attended=True).exclude(held_on=None)
    with only(*released["person"].unique()):
        return read(attended.order_by("held_on", "pk"), person="person", held_on="held_on")


@once
def every_release() -> pl.DataFrame:
    """All that custody tells, as `contact.releases` has it."""
    return releases(custody())


def released_for_contact(period: Period, *, pilot: Pilot) -> pl.DataFrame:
    """The first release of each person in the period of those on which intensified contact was intended for them."""
    return releases_for_contact(period, pilot=pilot).unique("person", keep="first", maintain_order=True)


@once
def releases_for_contact(period: Period, *, pilot: Pilot) -> pl.DataFrame:
    """A row a release in the period on whose day intensified contact is intended for the person, by day.

    person, on (released), back_on (return to custody), supervised_until (the end of the licence or supervision, as far
    as it runs on without a gap from that day; null where it goes on).
    """
    service = pilot.service(CONTACT)
    inside = pl.col("on").is_between(period.start, period.end, closed="left")
    released = every_release().filter(inside)
    found = released.join(intended_for([service], released, pilot=pilot), on=["person", "on"], how="semi")
    found = found.sort("on", "person")
    spans = supervision().filter(pl.col("kind").is_in(list(service.statuses) or pl.col("kind").unique()))
    return found.with_columns(supervised_until=_until(found, spans))


def _until(released: pl.DataFrame, spans: pl.DataFrame) -> pl.Series:
    """For each release the end of its chain of spans [start, end) that touch or overlap, the day itself where none is; null
    where it goes on.
    """
    chains = joined_up(spans).rename({"start": "on", "end": "until"}).sort("on")
    rows = released.select("person", "on").with_row_index("row").sort("on")
    last = rows.join_asof(chains.with_columns(begun="on"), on="on", by="person", check_sortedness=False).sort("row")
    goes_on = pl.col("begun").is_not_null() & pl.col("until").is_null()
    return last.select(supervised_until=pl.when(~goes_on).then(pl.max_horizontal("on", "until"))).to_series()


def watched_releases(scope: Scope) -> pl.DataFrame:
    """The releases for intensified contact since the service began, to the end of the period; none where there is no service."""
    started = next((each.start for each in scope.pilot.services if each.slug == CONTACT), None)
    if started is None:
        return every_release().clear().with_columns(supervised_until=pl.lit(None, dtype=pl.Date))
    return releases_for_contact(Period(start=min(started, scope.period.end), end=scope.period.end), pilot=scope.pilot)


def service_use(scope: Scope) -> pl.DataFrame:
    """person, service, on: appointments attended by those for whom intensified contact is, after their release."""
    released = watched_releases(scope)
    held = met(released, attended_appointments(released), end=scope.period.end)
    return held.select("person", service=pl.lit(CONTACT), on="on")


def findings(scope: Scope) -> Sequence[Finding]:
    """Sessions that do not fit their referral: held before it was sent, or attended without the referral being accepted.

    And appointments typed here that the extract contradicts, and referrals of people for whom the service was not.
    """
    held = sessions().join(referrals().select("referral", "sent_on", "accepted_on"), on="referral", how="left")
    held = held.filter(pl.col("held_on").is_between(scope.period.start, scope.period.end, closed="left"))
    early = pl.col("held_on") < pl.col("sent_on")
    not_accepted = pl.col("accepted_on").is_null() | (pl.col("held_on") < pl.col("accepted_on"))
    checks = (
        ("programmes.session_before_referral", "Sessions held before the referral was sent", early,
         "correct the day of the session or of the referral"),
        ("programmes.attended_not_accepted", "Sessions attended of a referral that was not accepted by then",
         pl.col("attended") & not_accepted, "record the acceptance, or correct its day"),
    )  # fmt: skip
    owner = of_providers(scope.pilot, SERVICES)
    found = [
        finding
        for slug, title, fault, mend in checks
        for finding in finding_of(_named(held.filter(fault)), slug=slug, title=title, group="total", mend=mend, owner=owner)
    ]
    return [*found, *_contradicted(scope), *not_intended(scope, services=SERVICES, slug="programmes.not_intended")]


def _contradicted(scope: Scope) -> list[Finding]:
    """Appointments typed here of which the extract says something else; what was typed is kept."""
    told = differing(Appointment)
    period = {"due_on__gte": scope.period.start, "due_on__lt": scope.period.end}
    rows = Appointment.objects.filter(pk__in=list(told), **period).order_by("pk")
    named = [(f"{told[row.pk][0]}: {', '.join(told[row.pk][1])}", row.due_on) for row in rows]
    return finding_of(
        pl.DataFrame(named, schema={"name": pl.String, "on": pl.Date}, orient="row"), group="total",
        slug="programmes.typed_and_told_differ", owner=Owner(role="senior_officer"),
        title="Appointments typed here that the extract contradicts, with the fields in which it does",
        mend="correct the one that is wrong: the extract's in its home, or the one typed here",
    )  # fmt: skip


def _named(wrong: pl.DataFrame) -> pl.DataFrame:
    return wrong.select(name=pl.col("record").fill_null(pl.format("session {}", "session")), on="held_on")
