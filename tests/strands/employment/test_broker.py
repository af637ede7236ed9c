"""What the broker keeps before a job: readiness, needs, conditions, agreement; whom a vacancy fits; applications and letters."""

from datetime import date, time, timedelta

import pytest

from throughcare.casework.referrals.models import Referral
from throughcare.core.errors import UserError
from throughcare.design.paper import as_text, shown_again
from throughcare.strands.employment import checks
from throughcare.strands.employment.models import EmployerLetter, Need, RightToWork
from throughcare.strands.employment.placements.actions import NotOffered, place
from throughcare.strands.employment.readiness import actions as ready
from throughcare.strands.employment.readiness.queries import limit_words, ready_of
from throughcare.strands.employment.record import held_about, timeline
from throughcare.strands.employment.vacancies import actions as vacancies
from throughcare.strands.employment.vacancies import codes
from throughcare.strands.employment.vacancies.queries import fit_of, state_of_vacancy, step_of

DAY = date(2016, 9, 1)
TOLD = {"employer": "Groundwork", "job": "gardener", "borough": "Hackney", "shift_from": time(8), "shift_until": time(16)}


@pytest.fixture
def referral(store) -> Referral:
    return Referral.objects.get(source__record_id="E1")


@pytest.fixture
def vacancy(store):
    return vacancies.open_vacancy(by="broker", told=vacancies.Told(**TOLD), on=DAY)


def test_accepting_the_referral_starts_the_record(store):
    """E4 is sent and not answered, E3 was declined: nothing is kept of them."""
    for record in ("E3", "E4"):
        referral = Referral.objects.get(source__record_id=record)
        with pytest.raises(checks.NotInPathway, match=r"declined|sent"):
            ready.tell_need(by="broker", referral=referral, kind="cscs", on=DAY)


def test_a_condition_is_told_before_the_acceptance_and_no_more_once_the_referral_is_over(store):
    sent, declined = (Referral.objects.get(source__record_id=record) for record in ("E4", "E3"))
    assert ready.limit(by="manager", referral=sent, kind="driving", start=DAY).end is None
    with pytest.raises(checks.NotInPathway, match="declined"):
        ready.limit(by="manager", referral=declined, kind="driving", start=DAY)


@pytest.mark.parametrize(
    ("kind", "seen_on", "expires_on"),
    [
        ("library_card", DAY, None),                       # no evidence
        ("uk_passport", DAY + timedelta(days=1), None),    # still to come
        ("uk_passport", date(2016, 7, 3), None),           # before the referral was sent
        ("uk_passport", DAY, DAY + timedelta(days=9)),     # a British passport gives the right for good
        ("visa", DAY, DAY),                                # had run out
    ],
)  # fmt: skip
def test_evidence_that_cannot_be(referral, kind, seen_on, expires_on):
    with pytest.raises(UserError):
        ready.see_right(by="broker", referral=referral, kind=kind, seen_on=seen_on, today=DAY, expires_on=expires_on)
    assert not RightToWork.objects.exists()


def test_readiness_is_coded_and_looked_at_again(referral):
    given = {"by": "broker", "referral": referral, "today": DAY}
    ready.assess(**given, state="not_yet", to_do=["cv", "bank"], on=DAY - timedelta(days=2), review_on=DAY)
    ready.assess(**given, state="ready", to_do=[], on=DAY)
    assert ready_of([referral.pk])[referral.pk].readiness.state == "ready"  # the last word holds
    for wrong in ({"state": "keen", "to_do": []}, {"state": "ready", "to_do": ["haircut"]}):
        with pytest.raises(checks.NotOnTheList):
            ready.assess(**given, **wrong, on=DAY)
    with pytest.raises(ready.NotReviewed):
        ready.assess(**given, state="ready", to_do=[], on=DAY, review_on=DAY)


def test_a_need_is_arranged_once_with_who_paid(referral):
    need = ready.tell_need(by="broker", referral=referral, kind="travel_pass", on=DAY)
    given = {"by": "broker", "need": need, "on": DAY, "today": DAY}
    with pytest.raises(ready.NotArranged):
        ready.arrange(**given, arranged="Oyster card", paid_by="free", pence=500)
    ready.arrange(**given, arranged="Oyster card", paid_by="jobcentre", pence=3210)
    assert Need.objects.values_list("paid_by", "pence").get() == ("jobcentre", 3210)
    with pytest.raises(ready.NotArranged, match="met"):
        ready.drop_need(by="broker", need=need, on=DAY)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "curfew"}, {"kind": "curfew", "from_time": time(19)},
        {"kind": "curfew", "from_time": time(7), "until_time": time(7)},
        {"kind": "borough"}, {"kind": "borough", "borough": "Atlantis"}, {"kind": "driving", "borough": "Hackney"},
        {"kind": "children", "from_time": time(7), "until_time": time(9)}, {"kind": "murder"},
    ],
)  # fmt: skip
def test_a_condition_that_is_not_whole(referral, wrong):
    with pytest.raises(UserError):
        ready.limit(by="manager", referral=referral, start=DAY, **wrong)


def test_a_curfew_bars_the_late_shift_and_its_reason_is_nowhere(referral, store):
    curfew = ready.limit(by="manager", referral=referral, kind="curfew", from_time=time(19), until_time=time(7), start=DAY)
    assert limit_words(curfew) == "curfew 7pm to 7am"
    late = vacancies.open_vacancy(by="broker", told=vacancies.Told(**TOLD | {"shift_until": time(20)}), on=DAY)
    assert fit_of(referral, late, DAY).cannot == ("curfew 7pm to 7am",)
    with pytest.raises(vacancies.NotApplied, match="curfew 7pm to 7am"):
        vacancies.apply(by="broker", referral=referral, vacancy=late, on=DAY)
    ready.lift(by="manager", condition=curfew, on=DAY + timedelta(days=1))
    assert fit_of(referral, late, DAY + timedelta(days=1)).cannot == ()
    with pytest.raises(ready.NotACondition):
        ready.lift(by="manager", condition=curfew, on=DAY + timedelta(days=2))


def test_a_condition_that_would_tell_of_an_offence_is_not_told(referral, store):
    ready.limit(by="manager", referral=referral, kind="children", start=DAY)
    school = vacancies.open_vacancy(by="broker", told=vacancies.Told(**TOLD, involves=("children",)), on=DAY)
    assert fit_of(referral, school, DAY).cannot == ("a condition: ask their manager",)
    assert not any("children" in entry.words.lower() for entry in timeline(referral.person_id))


STEPS = """
sent interview            | yes
sent offered              | yes
sent refused              | yes
sent withdrawn            | yes
sent interview interview  | no
sent offered refused      | no
sent offered withdrawn    | yes
sent refused offered      | no
sent withdrawn offered    | no
sent interview refused    | yes
"""


@pytest.mark.parametrize("line", STEPS.strip().splitlines())
def test_the_steps_of_an_application(referral, vacancy, line):
    way, may = (part.split() for part in line.split("|"))
    application = vacancies.apply(by="broker", referral=referral, vacancy=vacancy, on=DAY)
    *before, last = way[1:]

    def take(to: str) -> None:
        reason = next(iter(codes.REASONS.get(to, {"": ""})))
        nonlocal application
        application = vacancies.step(by="broker", application=application, to=to, on=DAY, today=DAY, reason=reason)

    for to in before:
        take(to)
    if may == ["yes"]:
        take(last)
        assert step_of(application) == last
    else:
        with pytest.raises(vacancies.NotTheNextStep):
            take(last)


def test_a_refusal_has_its_reason_and_nobody_is_put_forward_twice(referral, vacancy):
    application = vacancies.apply(by="broker", referral=referral, vacancy=vacancy, on=DAY)
    with pytest.raises(vacancies.NotTheNextStep):
        vacancies.step(by="broker", application=application, to="refused", on=DAY, today=DAY)
    with pytest.raises(vacancies.NotApplied, match="already"):
        vacancies.apply(by="broker", referral=referral, vacancy=vacancy, on=DAY)
    vacancies.step(by="broker", application=application, to="refused", on=DAY, today=DAY, reason="experience")
    vacancies.apply(by="broker", referral=referral, vacancy=vacancy, on=DAY)


def test_a_vacancy_is_filled_by_the_placement_and_closes_after_its_last_day(referral, vacancy):
    application = vacancies.apply(by="broker", referral=referral, vacancy=vacancy, on=DAY)
    ready.see_right(by="broker", referral=referral, kind="uk_passport", seen_on=DAY, today=DAY)
    given = {"by": "broker", "referral": referral, "employer": "Groundwork", "job": "gardener", "on": DAY}
    with pytest.raises(NotOffered):
        place(**given, application=application)
    vacancies.step(by="broker", application=application, to="offered", on=DAY, today=DAY)
    place(**given, application=application)
    assert state_of_vacancy(vacancy, DAY) == codes.FILLED
    other = vacancies.open_vacancy(by="broker", told=vacancies.Told(**TOLD, closes_on=DAY), on=DAY)
    assert [state_of_vacancy(other, DAY + timedelta(days=n)) for n in (0, 1)] == [codes.OPEN, codes.CLOSED]
    with pytest.raises(vacancies.NotOpen):
        vacancies.apply(by="broker", referral=referral, vacancy=other, on=DAY + timedelta(days=1))


SECRETS = ("Next Steps", "Blue Sky", "conviction", "probation", "Gripping", "offend")


@pytest.mark.parametrize(
    ("pilot", "convictions", "said"),
    [(False, False, set()), (True, False, {"Next Steps", "Blue Sky"}), (False, True, {"conviction"}),
     (True, True, {"Next Steps", "Blue Sky", "conviction"})],
)  # fmt: skip
def test_a_letter_tells_what_was_agreed_and_no_more(referral, vacancy, pilot, convictions, said):
    application = vacancies.apply(by="broker", referral=referral, vacancy=vacancy, on=DAY)
    if pilot or convictions:
        ready.agree(by="broker", referral=referral, pilot=pilot, convictions=convictions, how="in_writing", on=DAY, today=DAY)
    letter = vacancies.write_letter(by="broker", application=application, on=DAY)
    text = " ".join(as_text(shown_again(letter.content)).split())
    assert {word for word in SECRETS if word.lower() in text.lower()} == said
    assert ("1 September 2016 that" in text) == bool(said)  # with the day on which it was agreed
    assert (letter.told_pilot, letter.told_convictions) == (pilot, convictions)


def test_a_letter_gives_the_telephone_of_the_post_that_writes_it(referral, vacancy):
    application = vacancies.apply(by="broker", referral=referral, vacancy=vacancy, on=DAY)
    told = {number: vacancies.write_letter(by="broker", application=application, on=DAY, telephone=number).content
            for number in ("020 7946 0111", "")}  # fmt: skip
    assert "My telephone is 020 7946 0111." in told["020 7946 0111"]
    assert "telephone" not in told[""]


def test_an_agreement_withdrawn_is_no_agreement(referral, vacancy):
    application = vacancies.apply(by="broker", referral=referral, vacancy=vacancy, on=DAY)
    ready.agree(by="broker", referral=referral, pilot=True, convictions=True, how="in_person", on=DAY, today=DAY)
    ready.withdraw(by="broker", referral=referral, on=DAY)
    letter = vacancies.write_letter(by="broker", application=application, on=DAY)
    assert not any(word in letter.content for word in SECRETS)
    with pytest.raises(ready.NothingAgreed):
        ready.withdraw(by="broker", referral=referral, on=DAY)
    with pytest.raises(ready.NothingAgreed):
        ready.agree(by="broker", referral=referral, pilot=False, convictions=False, how="in_person", on=DAY, today=DAY)


def test_all_of_it_is_told_to_the_person_who_asks(referral, vacancy):
    ready.look_for(by="broker", referral=referral, boroughs=["Hackney"], on=DAY)
    ready.limit(by="manager", referral=referral, kind="driving", start=DAY)
    vacancies.write_letter(by="b", on=DAY, application=vacancies.apply(by="b", referral=referral, vacancy=vacancy, on=DAY))
    held = {table: rows for table, rows in held_about(referral.person_id).items() if rows}
    assert set(held) == {"What work they look for", "Conditions that bar work", "Applications", "Letters to employers"}
    assert "I put forward" in held["Letters to employers"][0]["content"]
    assert len(EmployerLetter.objects.all()) == 1
