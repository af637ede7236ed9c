"""What is said is kept as it is said: corrected while the meeting runs, added to after it, nothing of it lost."""

from datetime import date

import pytest

from throughcare.casework.access.actions import let_go
from throughcare.casework.access.models import Post
from throughcare.casework.audit.models import Entry
from throughcare.casework.cohort.models import Rating
from throughcare.casework.panel import actions, errors
from throughcare.casework.panel.models import Decision, Item, Seat
from throughcare.casework.panel.queries import decided, held_about, timeline

MAY = date(2016, 5, 2)


@pytest.fixture
def item(borough, held):
    return Item.objects.select_related("meeting").get(meeting=held(MAY, "A", closed=False))


def test_a_correction_counts_and_what_was_said_before_stays_with_its_entry_in_the_audit(item):
    actions.decide(by="iom", item=item, text="Keep him Red", rag="Red", room=[])
    actions.decide(by="iom", item=item, text="Amber after all", rag="Amber", room=[])
    assert decided([item])[item.pk].text == "Amber after all"
    assert list(Decision.objects.order_by("pk").values_list("text", flat=True)) == [
        "Decided on 2016-05-02", "Keep him Red", "Amber after all",
    ]  # fmt: skip
    entries = Entry.objects.filter(verb="panel.decide").values_list("subject_id", flat=True)
    assert sorted(entries) == sorted(str(pk) for pk in Decision.objects.values_list("pk", flat=True))
    assert list(Rating.objects.order_by("pk").values_list("rag", "start")) == [("Red", MAY), ("Amber", MAY)]


def test_taken_back_it_counts_as_not_discussed(item):
    actions.take_back(by="iom", item=item, room=[])
    assert decided([item]) == {}
    with pytest.raises(errors.NotNow):
        actions.take_back(by="iom", item=item, room=[])


def test_a_decision_needs_words_unless_nothing_changes_and_a_rating_needs_its_reason(item):
    for rag, no_change in (("", False), ("Red", True)):
        with pytest.raises(errors.NothingSaid):
            actions.decide(by="iom", item=item, text=" ", rag=rag, no_change=no_change, room=[])
    assert actions.decide(by="iom", item=item, text="", no_change=True, room=[]).kind == "no_change"


def test_what_is_typed_is_kept_until_it_is_sent(item):
    actions.draft(by="iom", item=item, field="text", text="Half a sen")
    actions.draft(by="iom", item=item, field="words", text="Ring")
    assert Item.objects.get(pk=item.pk).drafted == {"text": "Half a sen", "words": "Ring"}
    actions.decide(by="iom", item=item, text="Half a sentence", room=[])
    assert Item.objects.get(pk=item.pk).drafted == {"text": "", "words": "Ring"}


def test_a_closed_record_is_added_to_and_not_changed(borough, item):
    actions.close(by="iom", meeting=item.meeting)
    reader = borough.reader("iom", MAY)
    for change in (
        lambda: actions.decide(by="iom", item=item, text="x", room=[]),
        lambda: actions.take_back(by="iom", item=item, room=[]),
        lambda: actions.give(reader=reader, item=item, text="x", owner=borough.posts["manager"], due_on=MAY),
        lambda: actions.take_off(by="iom", item=item),
        lambda: actions.draft(by="iom", item=item, field="text", text="x"),
        lambda: actions.start(by="iom", meeting=item.meeting, on=MAY),
    ):
        with pytest.raises(errors.NotNow):
            change()
    assert timeline(item.person_id) == [], "nobody has it before it is sent"
    actions.send(by="iom", meeting=item.meeting)
    actions.add(by="iom", item=item, text="It was his sister")
    assert [e.words for e in timeline(item.person_id)] == [
        "Discussed by the panel of Hackney: Decided on 2016-05-02", "Added to the panel's record: It was his sister",
    ]  # fmt: skip
    assert {entry.row for entry in timeline(item.person_id)} == {"panel"}
    assert {table for table, rows in held_about(item.person_id).items() if rows} == {
        "on a panel's agenda", "decisions of a panel", "added to a panel's record",
    }  # fmt: skip


def test_an_addendum_waits_for_the_end(item):
    with pytest.raises(errors.NotNow):
        actions.add(by="iom", item=item, text="x")


def test_a_post_that_nobody_holds_does_not_come_in(borough, item):
    reader = borough.reader("iom", MAY)
    seat = actions.invite(by="iom", meeting=item.meeting, post=borough.posts["charity"])
    actions.come(reader=reader, seat=seat)
    assert Seat.objects.get(pk=seat.pk).present
    actions.go(by="iom", seat=seat)
    let_go(by="test", holding=borough.posts["charity"].holdings.get(), on=MAY)
    with pytest.raises(errors.NotForThem):
        actions.come(reader=reader, seat=seat)


def test_the_seats_of_the_last_panel_are_asked_again_and_a_day_has_one_panel(item):
    actions.invite(by="iom", meeting=item.meeting, post=Post.objects.get(slug="tasking"))
    after = actions.plan(by="iom", borough="Hackney", on=date(2016, 6, 6))
    assert [seat.post.slug for seat in after.seats.all()] == ["tasking"]
    with pytest.raises(errors.TwoOnADay):
        actions.plan(by="iom", borough="Hackney", on=MAY)
    with pytest.raises(errors.TwoOnADay):
        actions.start(by="iom", meeting=after, on=MAY)
