"""The report at the end on the screen: kept half written, not sent so, checked, sent, and read by the manager alone."""

from tests.web.access.asking import ask
from tests.web.access.world import DAY
from throughcare.casework.referrals import actions as referrals
from throughcare.casework.referrals.models import Referral
from throughcare.strands.programmes.models import EndReport
from throughcare.strands.programmes.work import actions as work
from throughcare.strands.programmes.work.queries import goals_of


def test_it_is_kept_checked_sent_and_read(world):
    number = world.ids["mentoring:in"]
    page, worker = f"/referrals/{number}/report/", world.reader("provider_worker")
    referrals.complete(by="test", referral=Referral.objects.get(pk=number), on=DAY)
    assert "MARKDONE" in ask(worker, page).text  # the report of an earlier end, beside the form
    ask(worker, page, "post", {"do": "draft", "done": "HALF"})
    assert "HALF" in ask(worker, page).text
    assert "HALF" not in ask(world.reader("offender_manager"), page).text
    whole = {"do": "whole", "done": "ALL OF IT", "needed": "", "following": "THEN THIS"}
    assert "Enter what should happen next" in ask(worker, page, "post", whole | {"following": ""}).text
    assert "Say first how each goal stands" in ask(worker, page, "post", whole).text
    work.review_goal(by="test", goal=goals_of(number)[0].goal, outcome="partly", on=DAY, today=DAY)
    checked = ask(worker, page, "post", whole).text
    assert "MARKGOAL: partly met" in checked
    assert "1 attended of 1 offered" in checked
    assert EndReport.objects.filter(referral=number, sent_on=None).exists()
    ask(worker, page, "post", whole | {"send": "yes"})
    told = ask(world.reader("offender_manager"), page).text
    assert "ALL OF IT" in told
    assert "I have read it" in told
    assert "I have read it" not in ask(world.reader("iom_coordinator"), page).text
    ask(world.reader("offender_manager"), page, "post", {"do": "read"})
    assert EndReport.objects.filter(referral=number, sent_on=DAY, read_on=DAY).exists()
