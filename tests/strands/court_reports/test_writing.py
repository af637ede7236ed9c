"""Words of a report: kept as they are typed, frozen by the signature, corrected by the next version."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strands.court_reports.conftest import MONDAY, facts, finish
from throughcare.casework.audit.actions import recording
from throughcare.casework.audit.models import Entry
from throughcare.core.errors import UserError
from throughcare.design.paper import as_pdf, as_text
from throughcare.strands.courts import actions as courts
from throughcare.strands.courts.models import Report, ReportSection, ReportText
from throughcare.strands.courts.reports import actions, errors
from throughcare.strands.courts.reports.items import LONGEST
from throughcare.strands.courts.reports.papers import LEFT_OUT, signed_paper
from throughcare.strands.courts.reports.queries import sections_shown

pytestmark = pytest.mark.django_db


def section(text, slug):
    return ReportSection.objects.get(text=text, slug=slug)


def keep(reader, found, body, *, revision=None, done=False):
    return actions.keep(
        reader=reader, section=found.pk, revision=found.revision if revision is None else revision, body=body, done=done
    )


def test_it_begins_filled_in_and_says_that_it_is_begun(draft):
    assert "Plea: guilty" in section(draft, "offence").body
    assert section(draft, "analysis").body == ""
    assert Report.objects.get().started_on == MONDAY


def test_a_report_is_begun_once_and_an_oral_one_never(draft, case, officer):
    with pytest.raises(errors.NotToBeWritten):
        actions.begin(reader=officer, case=case, known=facts(officer, case))


def test_without_a_report_asked_for_one_is_asked_for_in_the_same_transaction(case, officer):
    with pytest.raises(errors.NotToBeWritten):
        actions.begin(reader=officer, case=case, known=facts(officer, case), kind="oral")
    assert not Report.objects.exists()
    actions.begin(reader=officer, case=case, known=facts(officer, case), kind="fast")
    assert Report.objects.get().kind == "fast"


def test_the_later_of_two_who_write_at_once_is_told_and_the_earlier_words_stay(draft, officer, reader):
    colleague, found = reader("court_officer", place="Thames"), section(draft, "analysis")
    keep(officer, found, "He was hungry.")
    with pytest.raises(errors.ChangedMeanwhile):
        keep(colleague, found, "He was bored.")
    assert section(draft, "analysis").body == "He was hungry."
    keep(colleague, found, "He was hungry, and bored.", revision=1)
    assert section(draft, "analysis").revision == 2


def test_the_same_words_sent_again_after_a_lost_answer_are_no_conflict(draft, officer):
    found = section(draft, "analysis")
    keep(officer, found, "He was hungry.")
    assert keep(officer, found, "He was hungry.").revision == 1


def test_two_sections_are_written_at_once_without_harm(draft, officer, reader):
    keep(officer, section(draft, "analysis"), "One.")
    keep(reader("court_officer", place="Thames"), section(draft, "proposal"), "Two.")
    assert (section(draft, "analysis").body, section(draft, "proposal").body) == ("One.", "Two.")


def test_a_crash_while_keeping_leaves_the_words_as_they_were(draft, officer, monkeypatch):
    found = section(draft, "analysis")
    keep(officer, found, "Kept.")
    monkeypatch.setattr("throughcare.casework.audit.actions._append", lambda *_: (_ for _ in ()).throw(OSError("disk")))
    with pytest.raises(OSError, match="disk"):
        keep(officer, found, "Lost.", revision=1)
    assert section(draft, "analysis").body == "Kept."


def test_a_section_too_long_is_refused_and_what_was_kept_stays(draft, officer):
    found = section(draft, "analysis")
    with pytest.raises(errors.TooLong):
        keep(officer, found, "x" * (LONGEST + 1))
    assert keep(officer, found, "x" * LONGEST).revision == 1


def test_the_audit_says_which_section_was_kept_and_never_its_words(draft, officer):
    keep(officer, section(draft, "analysis"), "SECRETWORDS")
    entry = Entry.objects.order_by("-pk").first()
    assert entry.verb == "courts.keep_section" and "analysis" in entry.details and entry.person_id == draft.report.case.person_id
    assert not Entry.objects.filter(details__contains="SECRETWORDS").exists()


def test_what_the_record_says_since_is_shown_and_put_in_without_losing_a_word(draft, case, officer):
    found = section(draft, "offence")
    keep(officer, found, f"{found.body}\nHe says he is sorry.")
    courts.vacate_plea(by="officer", plea_id=case.pleas.get().pk, on=MONDAY)
    now = facts(officer, case)
    shown = {each.section.slug: each for each in sections_shown(draft, now, ["court_report_text"])}
    assert shown["offence"].moved and "vacated" in shown["offence"].today
    assert not shown["history"].moved and "health" not in shown
    after = actions.fill_in_anew(reader=officer, section=found.pk, known=now)
    assert "vacated on 6 June 2016" in after.body and "He says he is sorry." in after.body and after.body.count("Court: ") == 1
    assert not any(each.moved for each in sections_shown(draft, now, ["court_report_text"]))


def test_where_the_filled_in_words_were_rewritten_todays_come_after_them(draft, case, officer):
    found = section(draft, "offence")
    keep(officer, found, "My own words.")
    after = actions.fill_in_anew(reader=officer, section=found.pk, known=facts(officer, case))
    assert after.body.startswith("My own words.\n\nCourt: Thames")


def test_a_report_with_a_section_to_do_is_not_signed(draft, case, officer):
    finish(officer, draft)
    found = section(draft, "proposal")
    for body, done in (("Words.", False), ("", True)):
        keep(officer, found, body, revision=section(draft, "proposal").revision, done=done)
        with pytest.raises(errors.NotComplete, match="not complete"):
            actions.sign(reader=officer, text=draft, known=facts(officer, case), deliver=True)
    assert Report.objects.get().delivered_on is None


def test_signing_delivers_in_the_same_transaction_or_does_neither(draft, case, officer, reader):
    finish(officer, draft)
    late = reader("court_officer", place="Thames", day=MONDAY.replace(day=20))
    with pytest.raises(courts.ReportRefused):
        actions.sign(reader=late, text=draft, known=facts(late, case), deliver=True)
    assert ReportText.objects.get().signed_at is None
    actions.sign(reader=late, text=draft, known=facts(late, case), deliver=True, late_reason="assessment")
    report = Report.objects.get()
    assert (report.delivered_on, report.late_reason) == (MONDAY.replace(day=20), "assessment")


def frozen(text):
    """All that stands of a version, as rows."""
    head = ReportText.objects.filter(pk=text.pk).values().get()
    return head, list(ReportSection.objects.filter(text=text).order_by("place").values())


DEEDS = ("keep", "anew", "sign", "sign_only", "correct", "begin", "speak", "ask", "take_back")


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.sampled_from(DEEDS), max_size=6))
def test_no_action_changes_a_signed_version(draft, case, officer, deeds):
    """Whatever is done after the signature, and in whatever order, what was signed stays to the letter."""
    with transaction.atomic():
        finish(officer, draft)
        actions.sign(reader=officer, text=draft, known=facts(officer, case), deliver=False)
        before, digest = frozen(draft), actions.digest(signed_paper(ReportText.objects.get(pk=draft.pk)))
        for deed in deeds:
            try:
                done(deed, draft, case, officer)
            except UserError:
                continue
        assert frozen(draft) == before
        assert actions.digest(signed_paper(ReportText.objects.get(pk=draft.pk))) == digest
        assert f'"digest": "{digest}"' in Entry.objects.filter(verb="courts.sign_report").order_by("pk").first().details
        transaction.set_rollback(True)


def done(deed, draft, case, officer):
    k = facts(officer, case)
    last = ReportText.objects.filter(report=draft.report).order_by("-version").first()
    if deed == "keep":
        for found in ReportSection.objects.filter(text=draft).order_by("place")[:1]:
            keep(officer, found, "Other words", done=True)
    elif deed == "anew":
        actions.fill_in_anew(reader=officer, section=section(draft, "offence").pk, known=k)
    elif deed in ("sign", "sign_only"):
        actions.sign(reader=officer, text=last, known=k, deliver=deed == "sign")
    elif deed == "correct":
        actions.correct(reader=officer, text=last, why="a wrong day")
        fresh = ReportText.objects.filter(report=draft.report).order_by("-version").first()
        keep(officer, section(fresh, "proposal"), "Corrected.", done=True)
    elif deed == "begin":
        actions.begin(reader=officer, case=case, known=k, kind="fast")
    elif deed == "speak":
        actions.speak(reader=officer, case=case, known=k)
    elif deed == "take_back":
        actions.take_back(reader=officer, report=draft.report)


def test_a_correction_is_the_next_version_and_both_can_be_read(draft, case, officer):
    finish(officer, draft)
    first = actions.sign(reader=officer, text=draft, known=facts(officer, case), deliver=True)
    second = actions.correct(reader=officer, text=first, why="the wrong proposal")
    found = section(second, "proposal")
    keep(officer, found, "Curfew of three months.", done=True)
    second = actions.sign(reader=officer, text=second, known=facts(officer, case), deliver=True)
    old, new = (as_text(signed_paper(ReportText.objects.get(pk=t.pk))) for t in (first, second))
    assert "Curfew of three months." in new and "Curfew of three months." not in old
    assert "Version: 2, in place of version 1" in new
    assert Report.objects.get().delivered_on == MONDAY  # a correction is no second delivery


def test_a_reader_who_may_not_know_of_health_reads_the_rest_and_that_something_is_left_out(draft, case, officer):
    finish(officer, draft)
    signed = actions.sign(reader=officer, text=draft, known=facts(officer, case), deliver=True)
    told = as_text(signed_paper(signed, ["court_report_text"]))
    assert "mental-health" not in told and LEFT_OUT.split(":")[0] in " ".join(told.split())
    whole = as_text(signed_paper(signed, ["court_report_text", "mental_health_pathway"]))
    assert "mental-health service" in whole and LEFT_OUT.split(":")[0] not in " ".join(whole.split())


def test_the_pdf_is_tagged_says_its_language_and_is_the_same_each_time(draft, case, officer):
    finish(officer, draft)
    signed = actions.sign(reader=officer, text=draft, known=facts(officer, case), deliver=True)
    made = as_pdf(signed_paper(signed))
    assert made == as_pdf(signed_paper(ReportText.objects.get(pk=signed.pk)))
    assert [mark for mark in (b"/MarkInfo", b"/StructTreeRoot", b"pdfuaid", b"/Lang") if mark not in made] == []
    assert b"CreationDate" not in made


def test_nothing_is_written_of_a_report_outside_an_action(draft):
    found = section(draft, "analysis")
    found.body = "Written around."
    with pytest.raises(RuntimeError):
        found.save()
    with recording(by="test", verb="test.nothing"):
        pass
    assert section(draft, "analysis").body == ""
