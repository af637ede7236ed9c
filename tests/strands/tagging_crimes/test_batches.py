"""A force's file comes in: good rows of a bad file are kept, the others are told with the mend, and versions say what changed."""

from datetime import UTC, datetime

import pytest

from tests.positions.made import table
from tests.strands.tagging_crimes.conftest import police_file, police_row
from throughcare.positions.crimes import CrimesRefused
from throughcare.positions.police_file import RULES, PoliceFileRefused
from throughcare.registry.parts import takes
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.crimes import actions
from throughcare.strands.tagging.crimes.errors import BatchRefused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
AT = datetime(2017, 3, 24, 9, tzinfo=UTC)
GOOD = police_row("C1")
CAUSES = {
    "column_count": "Metropolitan,TFP",
    "police_force": GOOD.replace("Metropolitan", "Atlantis"),
    "crime_type": GOOD.replace("TFP", "XX"),
    "batch_id_missing": GOOD.replace("MPS20170323-1", ""),
    "batch_id_form": GOOD.replace("MPS20170323-1", "MPS20170323-1 and more"),
    "batch_id_date": GOOD.replace("MPS20170323-1", "MPS20170231-1"),
    "crime_reference_missing": GOOD.replace(",C1,", ",,"),
    "date_from": GOOD.replace("20170322120000", "22/03/2017"),
    "date_to": GOOD.replace("20170322130000", "later"),
    "to_before_from": GOOD.replace("20170322130000", "20170322110000"),
    "window_too_long": GOOD.replace("20170322130000", "20170323010000"),
    "text": GOOD.replace("bag taken", "bag\x07taken"),
    "number": GOOD.replace("51.550000", "north"),
    "location_missing": police_row("C1", located=False),
    "location_half": GOOD.replace("51.550000", ""),
    "location_both": GOOD.replace(",,,51", ",530000,180000,51"),
    "location_range": GOOD.replace("51.550000", "11.550000"),
}


def taken(*rows: str, name="crimes.csv", force="") -> m.CrimeBatch:
    return actions.take(by="test", name=name, content=police_file(*rows), at=AT, force=force)


@pytest.mark.parametrize("cause", RULES)
def test_each_of_the_17_refusals_is_kept_with_what_the_force_should_do(cause):
    assert len(RULES) == 17
    batch = taken(police_row("GOOD"), CAUSES[cause])
    assert batch.status == "partial" and batch.rows == 1
    told = batch.refusals.filter(code=cause).get()
    assert (told.row, told.rule, told.mend) == (2, *RULES[cause])
    assert list(batch.versions.values_list("crime__reference", flat=True)) == ["GOOD"]


def test_the_file_as_it_came_is_kept_and_the_very_same_file_is_not_taken_twice():
    sent = police_file(GOOD, "broken")
    batch = actions.take(by="test", name="monday.csv", content=sent, at=AT)
    assert bytes(m.CrimeBatch.objects.get(pk=batch.pk).content) == sent
    with pytest.raises(BatchRefused, match="came before"):
        actions.take(by="test", name="again.csv", content=sent, at=AT)
    assert m.CrimeVersion.objects.count() == 1


def test_a_file_of_which_no_row_can_be_taken_is_kept_as_failed():
    batch = taken("broken")
    assert (batch.status, batch.rows, batch.refusals.count()) == ("failed", 0, 1)


@pytest.mark.parametrize(
    ("rows", "refused"),
    [((), "no rows"), ((GOOD, police_row("C2", batch="MPS20170322")), "several batches")],
)
def test_what_is_no_batch_is_refused_whole(rows, refused):
    with pytest.raises(PoliceFileRefused, match=refused):
        actions.take(by="test", name="x.csv", content=police_file(*rows) if rows else b"", at=AT)
    assert not m.CrimeBatch.objects.exists()


VERSIONS = """
sent again as it was        | C1 20170322120000 20170322130000 0   bag taken    |                | no
another text                | C1 20170322120000 20170322130000 0   purse taken  | crime text     | no
another window              | C1 20170322120000 20170322133000 0   bag taken    | crime window   | yes
another place               | C1 20170322120000 20170322130000 200 bag taken    | crime location | yes
a crime that is new         | C2 20170322120000 20170322130000 0   bag taken    |                | yes
"""


@pytest.mark.parametrize(("_of", "row", "changed", "rerun"), table(VERSIONS))
def test_versions_say_what_changed_and_whether_to_match_again(_of, row, changed, rerun):
    taken(GOOD)
    reference, start, end, north, *text = row.split()
    later = taken(police_row(reference, start, end, north=float(north), text=" ".join(text), batch="MPS20170324-1"))
    (version,) = later.versions.all()
    assert (version.changed, version.rerun) == (changed, rerun == "yes")
    assert version.number == (2 if reference == "C1" else 1)


HEADER = "crime_id,time_from,time_to,latitude,longitude"


def test_a_csv_with_a_header_says_nothing_of_its_force_so_the_sender_does():
    row = "H1,2017-03-22T12:00:00Z,2017-03-22T13:00:00Z,51.55,-0.06"
    with pytest.raises(BatchRefused, match="does not say whose"):
        taken(HEADER, row)
    batch = taken(HEADER, row, "H2,yesterday,,51.55,-0.06", force="Essex")
    assert (batch.form, batch.force, batch.status) == ("headed", "Essex", "partial")
    assert batch.refusals.get().mend == "write 2017-03-22T01:40:00Z"
    with pytest.raises(CrimesRefused, match="no column"):
        taken("crime_id,latitude,longitude", "H1,51.55,-0.06", force="Essex")


def test_by_the_command_it_is_told_in_sentences():
    told = list(takes()["crimes"]("cli", "m.csv", police_file(GOOD, CAUSES["police_force"]), AT, ""))
    assert told[0] == "m.csv: some rows refused, 1 crime"
    assert told[1].startswith("  row 2, policeForce 'Atlantis': one of the 19 forces; write the force's name")
    assert told[-1] == "  0 matched, 0 with nobody near, 1 not run"
