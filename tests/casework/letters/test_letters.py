"""A letter waits for whoever works with the person, is kept as it was written, and is asked for no more once it is given."""

from datetime import date, timedelta

import pytest

from throughcare.casework.access import actions as access
from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort.actions import put_forward
from throughcare.casework.cohort.models import Membership
from throughcare.casework.cohort.tests.conftest import Someone
from throughcare.casework.letters import actions, errors
from throughcare.casework.letters.models import Letter
from throughcare.casework.letters.part import PART
from throughcare.casework.letters.queries import letters_of, offers_to
from throughcare.casework.letters.tasks import tasks
from throughcare.casework.pilot import current_pilot
from throughcare.core.errors import UserError
from throughcare.design.paper import as_text, shown_again
from throughcare.registry.parts import reach, service_rows

JOINED = date(2017, 1, 31)
DAY = date(2017, 3, 1)


def reader(role: str, *, day: date = DAY, **post: str) -> Reader:
    slug = "-".join([role, *post.values()]).lower().replace(" ", "-").replace("_", "-")
    account = access.Account.objects.filter(username=slug).first()
    if account is None:
        account = access.make_account(by="test", username=slug)
        made = access.make_post(by="test", slug=slug, title=post.pop("title", f"Post {slug}"), role=role,
                                telephone="020 7946 0111", **post)  # fmt: skip
        access.hold(by="test", post=made, account=account, start=date(2016, 1, 1))
    held = tuple(h.post for h in account.holdings.select_related("post"))
    return Reader(account=account, post=held[0], posts=held, day=day, reach=reach(), service_rows=service_rows())


@pytest.fixture
def sam(world):
    """A member since 31 January 2017, of Hackney, whom a manager works with."""
    person = world(Someone(name="Reed"))["Reed"]
    put_forward(by="test", person=person, reason="prolific offender, known to the police", on=JOINED)
    manager = reader("offender_manager", office="NPS Hackney", title="Offender manager N07A112")
    access.allocate(by="test", person=person, post=manager.post, on=JOINED)
    return person


def manager(day: date = DAY) -> Reader:
    return reader("offender_manager", day=day, office="NPS Hackney", title="Offender manager N07A112")


def keys(who: Reader) -> list[str]:
    return [task.key.partition(":")[0] for task in tasks(who)]


def leave(person: int, on: date) -> None:
    with access.recording(by="test", verb="test.leave"):
        Membership.objects.filter(person=person).update(end=on, left_because="sentence ended")


@pytest.mark.parametrize("days_after, waits", [(-1, False), (0, True), (1, True), (34, True), (35, False), (400, False)])
def test_a_letter_waits_from_the_day_of_joining_for_as_long_as_the_pilot_file_says(sam, days_after, waits):
    assert current_pilot().letters.within_days == 35
    assert bool(keys(manager(JOINED + timedelta(days=days_after)))) == waits


def test_it_waits_for_the_manager_and_for_the_co_ordinator_where_nobody_manages_the_person(sam, world):
    lone = world(Someone(name="Reed"), Someone(name="Lone"))["Lone"]
    put_forward(by="test", person=lone, reason="x", on=JOINED)
    assert [task.person for task in tasks(manager())] == [sam]
    assert [task.person for task in tasks(reader("iom_coordinator", place="Hackney"))] == [lone]
    assert keys(reader("iom_coordinator", place="Camden")) == []
    assert keys(reader("offender_manager", office="CRC Camden")) == []


def test_given_it_waits_no_more_and_is_on_the_timeline(sam):
    letter = actions.write_to_member(reader=manager(), person=sam, kind="joined")
    (task,) = tasks(manager())
    assert task.act[1] == f"/letters/{letter.pk}/"
    actions.give(reader=manager(), letter=letter, form="easy", how="hand", on=DAY)
    assert keys(manager()) == []
    (entry,) = PART.timeline(sam)
    assert (entry.on, entry.row, entry.words) == (DAY, "letters", "Letter about joining: by hand, and talked through (easy read)")
    assert [row["letter"] for row in PART.held_about(sam)["letters"]] == ["Letter about joining"]


def test_leaving_has_a_letter_of_its_own_in_place_of_that_about_joining(sam):
    leave(sam, date(2017, 2, 20))
    assert keys(manager()) == ["letters.joined", "letters.left"]
    letter = actions.write_to_member(reader=manager(), person=sam, kind="left")
    assert "Your sentence has come to an end." in as_text(shown_again(letter.content))


def test_it_says_whom_to_ring_without_the_title_that_labels_the_person_and_nothing_of_the_officers_words(sam):
    reader("iom_coordinator", place="Hackney", title="Team of Hackney")
    text = as_text(shown_again(actions.write_to_member(reader=manager(), person=sam, kind="joined").content))
    told = " ".join(text.split())
    assert "Ring your probation worker on 020 7946 0111." in told
    assert "Ring the team for your area (Team of Hackney) on 020 7946 0111." in told
    assert "Dear Reed" in told and "You joined Next Steps on 31 January 2017" in told
    assert not [word for word in ("offender", "prolific", "known to the police", "N07A112") if word in told.lower()]


def test_what_is_offered_is_what_fits_the_person_on_the_day(sam):
    pilot = current_pilot()
    assert offers_to(sam, DAY, pilot=pilot) == ["Help with your health.", "Help to find a job."]
    assert offers_to(sam, date(2016, 1, 1), pilot=pilot) == []


def test_a_letter_stays_as_it_was_when_the_facts_change(sam):
    letter = actions.write_to_member(reader=manager(), person=sam, kind="joined")
    before = letter.content
    with access.recording(by="test", verb="test.move"):
        access.Post.objects.update(telephone="020 7946 0999")
    letter.refresh_from_db()
    assert letter.content == before
    again = actions.write_to_member(reader=manager(), person=sam, kind="joined")
    assert "020 7946 0999" in again.content
    letter.refresh_from_db()
    assert letter.withdrawn and [each.pk for each in letters_of(sam, rows={"letters"})] == [again.pk]


@pytest.mark.parametrize("on, cause", [
    (DAY, None), (DAY - timedelta(days=1), errors.NotADay), (DAY + timedelta(days=1), errors.NotADay),
])  # fmt: skip
def test_a_letter_is_given_on_a_day_from_that_of_writing_to_today(sam, on, cause):
    letter = actions.write_to_member(reader=manager(), person=sam, kind="joined")
    try:
        actions.give(reader=manager(), letter=letter, form="plain", how="post", on=on)
    except UserError as error:
        assert type(error) is cause
    else:
        assert cause is None


def test_a_letter_that_was_given_is_not_given_or_written_again(sam):
    letter = actions.write_to_member(reader=manager(), person=sam, kind="joined")
    actions.give(reader=manager(), letter=letter, form="large", how="refused", on=DAY)
    with pytest.raises(errors.AlreadyGiven):
        actions.give(reader=manager(), letter=letter, form="large", how="hand", on=DAY)
    with pytest.raises(errors.AlreadyGiven):
        actions.write_to_member(reader=manager(), person=sam, kind="joined")
    assert Letter.objects.count() == 1


def test_who_is_no_member_and_has_not_left_has_no_letter(world):
    person = world(Someone(name="Nobody"))["Nobody"]
    for kind in ("joined", "left"):
        with pytest.raises(errors.NotOfThisPerson):
            actions.write_to_member(reader=manager(), person=person, kind=kind)
