"""The reader's three answers are one: of whom it may, whether it may of somebody, and all that it may of somebody."""

from datetime import timedelta
from unittest.mock import patch

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.access.world import BEFORE, DAY, ELSEWHERE, PEOPLE
from throughcare.casework.access import actions as access
from throughcare.casework.access.models import Account
from throughcare.casework.access.policy import PROVIDER_ROLES, ROLES, policy
from throughcare.casework.access.queries import posts_of
from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.casework.people.models import Address, Person
from throughcare.registry.parts import reach, service_rows

days = st.integers(-40, 40).map(lambda n: DAY + timedelta(days=n))
spans = st.tuples(days, st.none() | st.integers(0, 30)).map(
    lambda told: (told[0], None if told[1] is None else told[0] + timedelta(days=told[1]))
)
posts = st.dictionaries(st.sampled_from([*ROLES, *ELSEWHERE]), spans, min_size=1, max_size=4)
kinds = st.sampled_from(("excluded", "restricted"))
limits = st.lists(st.tuples(st.sampled_from(list(PEOPLE)), kinds, st.booleans(), spans), max_size=3)
allocations = st.lists(st.tuples(st.sampled_from(list(PEOPLE)), st.sampled_from([*ROLES, *ELSEWHERE]), days), max_size=3)
rows = st.sets(st.sampled_from(sorted(policy().rows)), min_size=3, max_size=5)
ROWS = ("service:mental_health", "service:mentoring", "service:no_such_service")


def reader_with(world, held, chosen, day, barred) -> Reader:
    """A fresh account that holds these posts over these spans, with the limits told; as on the day, working as one of them."""
    account: Account = access.make_account(by="test", username="drawn")
    for name, (start, end) in held.items():
        access.hold(by="test", post=world.posts[name], account=account, start=start, end=end)
    for who, kind, named, (start, end) in barred:
        made = access.limit(
            by="test", person=world.people[who], kind=kind, accounts=[account] if named else [], start=start
        )
        if end is not None:
            access.lift(by="test", limit=made, on=end)
    of_day = tuple(posts_of(account, day))
    post = of_day[chosen % len(of_day)] if of_day else None
    return Reader(account=account, post=post, posts=of_day, day=day, reach=reach(), service_rows=service_rows())


QUICKLY = settings(
    max_examples=12, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


@QUICKLY
@given(
    held=posts, barred=limits, allocated=allocations, day=days, chosen=st.integers(0, 3), asked=rows,
    most=st.sampled_from((0, 500)),
)  # fmt: skip
def test_the_three_answers_agree(world, held, barred, allocated, day, chosen, asked, most):
    """`most`: whether a caseload is asked for once, or is too long for that."""
    with transaction.atomic(), patch("throughcare.casework.access.reader.MOST_ASKED_ONCE", most):
        for who, name, on in allocated:
            access.allocate(by="test", person=world.people[who], post=world.posts[name], on=on)
        reader = reader_with(world, held, chosen, day, barred)
        rights = {person: reader.rights(person) for person in world.people.values()}
        for row in (*sorted(asked), *ROWS):
            for action in ("view", "edit"):
                of_whom = set(reader.people(row, action).values_list("pk", flat=True))
                told = {person for person in rights if reader.sees(row, person, action)}
                whole = {p for p, r in rights.items() if reader.row_of(row) in (r.view if action == "view" else r.edit)}
                assert of_whom == told == whole, (row, action, reader.roles)
                assert reader.may(row, action) or not of_whom
            assert reader.allowed(row, list(rights)) == set(reader.people(row).values_list("pk", flat=True)) & set(rights)
        assert not (reader.roles & PROVIDER_ROLES and reader.roles - PROVIDER_ROLES)
        transaction.set_rollback(True)


@QUICKLY
@given(held=posts, barred=limits, day=days)
def test_more_limits_never_show_more(world, held, barred, day):
    with transaction.atomic():
        free = reader_with(world, held, 0, day, [])
        before = {row: set(free.people(row).values_list("pk", flat=True)) for row in ("contact", "notes", "referrals")}
        transaction.set_rollback(True)
    with transaction.atomic():
        limited = reader_with(world, held, 0, day, barred)
        for row, people in before.items():
            assert set(limited.people(row).values_list("pk", flat=True)) <= people
        transaction.set_rollback(True)


@QUICKLY
@given(held=posts, barred=limits, day=days)
def test_who_is_kept_from_a_reader_is_told_alike_of_one_and_of_many(world, held, barred, day):
    with transaction.atomic():
        reader, everybody = reader_with(world, held, 0, day, barred), set(world.people.values())
        kept_from = {person for person in everybody if reader.barred(person)}
        assert reader.barred_among(everybody) == kept_from
        shown = reader.not_barred(Person.objects.filter(pk__in=everybody)).values_list("pk", flat=True)
        assert everybody - set(shown) == kept_from
        assert {person for person in everybody if not reader.may_know(person)} == kept_from
        assert reader.barred_among(()) == set()
        transaction.set_rollback(True)


def test_an_id_that_redirects_is_nobody_to_the_reader(world):
    with recording(by="test", verb="test.merge"):
        old = Person(merged_into_id=world.people["in"])
        old.save()
        Address(person=old, borough="Hackney", start=BEFORE).save()
    reader = world.reader("iom_coordinator")
    assert not reader.people("contact").filter(pk=old.pk).exists()
    assert not reader.sees("contact", old.pk)
    assert not reader.rights(old.pk).view
