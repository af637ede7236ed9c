"""Asking others before a report, reminding them, keeping what they answered, and taking back what was asked by mistake."""

from datetime import date

from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import day_in_words
from throughcare.core.errors import UserError
from throughcare.strands.courts.models import CourtCase, Enquiry
from throughcare.strands.courts.reports.errors import EnquiryRefused


def ask(*, reader: Reader, case: CourtCase, whom: str, question: str, on: date) -> Enquiry:
    """An enquiry made. Refused: of somebody whom the pilot file does not name; while one to them is open; a day to come."""
    known = [each.slug for each in current_pilot().court_reports.enquiries]
    if whom not in known or on > reader.day:
        raise EnquiryRefused(
            what="The enquiry cannot be kept", record=f"of {whom or 'nobody'} on {day_in_words(on)}",
            expected=f"one of {', '.join(known) or 'nobody'}, and a day that has come", mend="check of whom, and the day",
        )  # fmt: skip
    with recording(by=reader.by, verb="courts.ask_enquiry") as entry:
        CourtCase.objects.select_for_update().get(pk=case.pk)
        if Enquiry.objects.filter(case=case, whom=whom, answered_on=None, withdrawn=False).exists():
            raise EnquiryRefused(
                what="They were asked already", record=f"case {case.pk}", expected="one open enquiry of each",
                mend="remind them, or keep their answer",
            )  # fmt: skip
        made = Enquiry(case=case, whom=whom, question=question, asked_on=on, asked_by=reader.by)
        made.save()
        entry.about(made, person_id=case.person_id)
        entry.details = {"whom": whom, "on": on}
    return made


def answer(*, reader: Reader, enquiry: Enquiry, on: date, words: str, nothing_known: bool) -> Enquiry:
    """What came back: words, or that nothing is known; given again, it corrects the answer.

    Refused: neither or both; a day before the asking, or to come.
    """
    if bool(words.strip()) == nothing_known:
        raise EnquiryRefused(
            what="An answer is words, or that nothing is known", record=f"enquiry {enquiry.pk}", expected="one of the two",
            mend="enter what they answered, or say that they know nothing",
        )  # fmt: skip
    with recording(by=reader.by, verb="courts.answer_enquiry") as entry:
        found = Enquiry.objects.select_for_update(of=("self",)).select_related("case").get(pk=enquiry.pk, withdrawn=False)
        if not found.asked_on <= on <= reader.day:
            raise _not_a_day(found, on)
        found.answered_on, found.answer, found.nothing_known, found.answered_by = on, words.strip(), nothing_known, reader.by
        found.save()
        entry.about(found, person_id=found.case.person_id)
        entry.details = {"whom": found.whom, "on": on, "nothing known": nothing_known}
    return found


def chase(*, reader: Reader, enquiry: Enquiry) -> Enquiry:
    """They were reminded today. Refused: of one that is answered."""
    with recording(by=reader.by, verb="courts.chase_enquiry") as entry:
        found = _open(enquiry)
        found.chased_on = reader.day
        found.save()
        entry.about(found, person_id=found.case.person_id)
        entry.details = {"whom": found.whom, "on": reader.day}
    return found


def withdraw(*, reader: Reader, enquiry: Enquiry) -> Enquiry:
    """It was asked by mistake: kept, and counted nowhere. Refused: of one that is answered."""
    with recording(by=reader.by, verb="courts.withdraw_enquiry") as entry:
        found = _open(enquiry)
        found.withdrawn = True
        found.save()
        entry.about(found, person_id=found.case.person_id)
        entry.details = {"whom": found.whom}
    return found


def _open(enquiry: Enquiry) -> Enquiry:
    found = Enquiry.objects.select_for_update(of=("self",)).select_related("case").get(pk=enquiry.pk)
    if found.answered_on is not None or found.withdrawn:
        raise EnquiryRefused(
            what="The enquiry is not open", record=f"enquiry {found.pk}", expected="one without an answer",
            mend="look at the case's enquiries",
        )  # fmt: skip
    return found


def _not_a_day(enquiry: Enquiry, on: date) -> UserError:
    return EnquiryRefused(
        what="The answer came after it was asked, and not in days to come", record=f"asked on {day_in_words(enquiry.asked_on)}",
        expected=f"a day from {day_in_words(enquiry.asked_on)} to today", mend=f"correct {day_in_words(on)}",
    )  # fmt: skip
