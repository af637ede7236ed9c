"""What does not fit together in who is who, with the records concerned."""

from collections import Counter
from collections.abc import Sequence

from throughcare.casework.linking.models import MERGE, Comparison, Regrouping
from throughcare.casework.people.models import AgencyRecord, Clue
from throughcare.core.clock import london_date
from throughcare.core.contracts import Finding, Owner, Scope
from throughcare.linkage.thresholds import LARGE_PERSON

DECIDES = Owner(role="iom_coordinator")


def findings(scope: Scope) -> Sequence[Finding]:
    """Questions that wait, ids that redirect, people with very many records, rows that carry identifiers of two people."""
    asked = Comparison.objects.filter(joined=False).select_related("left", "right").order_by("-weight", "pk")
    waiting = dict.fromkeys(
        f"{min(a, b)} and {max(a, b)}" for a, b in asked.values_list("left__person_id", "right__person_id") if a != b
    )
    merged = list(Regrouping.objects.filter(kind=MERGE, undone=None).order_by("pk").values_list("other", "kept", "at"))
    records = Counter(AgencyRecord.objects.values_list("person_id", flat=True))
    large = [f"{person} ({number} records)" for person, number in sorted(records.items()) if number > LARGE_PERSON]
    clues = Clue.objects.order_by("pk").values_list("source__feed", "source__record_id", "one__person_id", "other__person_id")
    told = {f"{feed} {record}": feed for feed, record, one, other in clues if one != other}
    found = [
        Finding(slug="linking.waiting", title="People who may be one, to be decided", group="people", records=tuple(waiting),
                mend="Decide each: the same person, not the same, or not sure", owner=DECIDES),
        Finding(slug="linking.joined", title="People found to be one", group="people",
                records=tuple(f"{other} to {kept}" for other, kept, _ in merged),
                days=tuple(london_date(at) for _, _, at in merged), owner=DECIDES,
                mend="Look at what holds them together where it is doubted: a mistyped number can join two"),
        Finding(slug="linking.large", title="People with very many records", group="people", records=tuple(large),
                mend="Check that they share a number that is somebody's own", owner=DECIDES),
        Finding(slug="linking.two_in_one_row", title="Rows that carry identifiers of two people", group="rows",
                records=tuple(told), owner=Owner(feeds=tuple(sorted(set(told.values())))),
                mend="Correct the identifier that is wrong, or decide that the two are one"),
    ]  # fmt: skip
    return [finding for finding in found if finding.records]
