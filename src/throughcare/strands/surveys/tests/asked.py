"""A survey for tests: three questions of each kind, and a wave that is out."""

from datetime import date

from throughcare.strands.surveys import asking_models as m
from throughcare.strands.surveys.asking import actions
from throughcare.strands.surveys.asking.queries import Invitee
from throughcare.strands.surveys.made.links import token_of
from throughcare.strands.surveys.made.questions import library, made

DAY, OPENS, CLOSES = date(2017, 1, 9), date(2017, 1, 16), date(2017, 2, 6)
EVERYBODY = ("practitioner", "provider", "strategic")


def survey() -> m.Survey:
    """A statement of 2016 asked again, one of a list, several of a list, and free words."""
    found = actions.design(by="analyst", title="Staff survey", purpose="How the partners work together.")
    for asked in (
        library()["partners_new"],
        {"text": "How long have you worked with the pilot?", "kind": "one", "options": ["Under a year", "Longer"]},
        {"text": "What helps?", "kind": "several", "options": ["Panels", "Training", "News"]},
        {"text": "What should change?", "kind": "text"},
    ):
        question = made(slug=actions.new_slug(found), asked_of=EVERYBODY, **asked) if isinstance(asked, dict) else asked
        actions.put_question(by="analyst", survey=found, asked=question)
    return found


def wave(invitees: list[Invitee], *, of: m.Survey | None = None, opens: date = OPENS, closes: date = CLOSES) -> m.SurveyWave:
    """A wave whose links are out."""
    found = actions.plan_wave(by="analyst", survey=of or survey(), opens_on=opens, closes_on=closes, day=DAY)
    actions.invite(by="analyst", wave=found, invitees=invitees)
    actions.send(by="analyst", wave=found)
    return m.SurveyWave.objects.get(pk=found.pk)


def people(many: int, group: str = "practitioner", organisation: str = "CRC", borough: str = "") -> list[Invitee]:
    """So many by address; the addresses tell who is who, for the test."""
    return [Invitee(group=group, organisation=organisation, borough=borough, address=f"{group}{n}@{organisation.lower()}.example")
            for n in range(many)]  # fmt: skip


def tokens(found: m.SurveyWave) -> dict[str, str]:
    """By address, the token of its link."""
    return {address: token_of(nonce) for address, nonce in found.invitations.values_list("address", "nonce")}
