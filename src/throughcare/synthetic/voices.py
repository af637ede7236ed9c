"""What people say in the demonstration: a survey with a wave that is closed and one that is open, and conversations.

All of it is invented, and done by the same actions as in a real pilot. Links are slips of paper, so that nothing is sent to
invented addresses, but for those of the accounts to sign in with.
"""

from datetime import date, timedelta
from random import Random

from django.db import transaction

from throughcare.strands.surveys import asking_models as m
from throughcare.strands.surveys.answering.actions import answer, close_due, link_of
from throughcare.strands.surveys.asking import actions as asking
from throughcare.strands.surveys.asking.queries import GROUP_OF, Invitee, holders_of
from throughcare.strands.surveys.made.links import token_of
from throughcare.strands.surveys.made.questions import Asked, library, made
from throughcare.strands.surveys.voices import actions as voices
from throughcare.strands.surveys.voices.words import ANALYSIS, PARTICIPANT, QUOTING, WITHDRAWN

BY, SEED = "analyst", 2017
ALL, STAFF = ("practitioner", "provider", "strategic"), ("practitioner", "strategic")
AGAIN = ("partners_new", "partners_existing", "understand_agencies", "impact_own_work")
"""Questions of September 2016, asked again."""
ASKED = (("practitioner", "CRC", 13), ("practitioner", "NPS", 9), ("practitioner", "Police", 7), ("provider", "", 9),
         ("strategic", "", 9))  # fmt: skip
LIKELY = {"agreement": (1, 2, 3, 6, 3), "usefulness": (1, 1, 2, 5, 3), "quality": (1, 1, 2, 4, 2)}
"""How likely each answer is, from the least to the most; likelier than in September at the upper end."""
WORDS = (
    "More time with people, less in meetings.", "Tell us sooner who has been released.", "One form for all services would help.",
    "The panel works when everybody comes.", "Keep the mentors: they turn up.", "It is not clear who decides about places.",
)  # fmt: skip
THEMES = {
    "Working together": "How agencies share what they know, and decide together.",
    "Getting a referral right": "Knowing what is on offer, writing the referral, hearing back.",
    "Being released": "The gate, the first days, and who is there.",
    "Trust": "What makes somebody keep coming.",
}  # fmt: skip
SAID = (
    ("interview", 21, "CRC", QUOTING, (
        ("Working together", "We used to ring round for a day. Now I can see who else is working with him."),
        ("Getting a referral right", "I stopped guessing what each service is for. It tells me why somebody is not eligible."),
    )),
    ("interview", 20, "NPS", QUOTING, (
        ("Being released", "If I know the day before, I can be at the gate. If I learn it the day after, I have lost a week."),
    )),
    ("focus_group", 14, "Providers", QUOTING, (
        ("Getting a referral right", "Half of the old referrals had no telephone number. You cannot start with that."),
        ("Trust", "They test whether you come back. We come back."),
    )),
    ("case_study", 12, PARTICIPANT, QUOTING, (
        ("Trust", "She did not give up on me when I missed three times. So I came."),
        ("Being released", "Somebody was there. That was new."),
    )),
    ("interview", 9, "Police", ANALYSIS, ()),
    ("interview", 7, PARTICIPANT, WITHDRAWN, ()),
)  # fmt: skip
"""Kind, how many days ago, organisation, what was agreed to, quotations by theme."""


@transaction.atomic
def ask_and_listen(day: date) -> tuple[int, int]:
    """The survey and the conversations; gives how many answered and how many conversations there are."""
    survey = _survey()
    first = _wave(survey, day - timedelta(days=44), day - timedelta(days=23), [])
    answered = _answer(first, first.opens_on, every=3)
    close_due(by="worker", day=first.closes_on)
    roles = [role for role in GROUP_OF if role != "volunteer"]
    second = _wave(survey, day - timedelta(days=7), day + timedelta(days=14), holders_of(roles, day)[:12])
    answered += _answer(second, day, every=2)
    return answered, _conversations(day)


def _survey() -> m.Survey:
    found = asking.design(by=BY, title="Working together", purpose="We ask staff and providers how working together goes, to put "
                          "right what does not work. What is found stands in the report.")  # fmt: skip
    fresh = (
        {"text": "How long have you worked with the pilot?", "kind": "one", "asked_of": ALL,
         "options": ["under six months", "six to twelve months", "longer"]},
        {"text": "What helps you in your work with other agencies?", "kind": "several", "asked_of": STAFF,
         "options": ["panels", "the daily list", "training", "knowing each other"]},
        {"text": "I hear back in good time on what I send to others", "kind": "statement", "scale": "agreement", "asked_of": ALL},
        {"text": "What one thing should change?", "kind": "text", "asked_of": ALL},
    )  # fmt: skip
    for slug in AGAIN:
        asking.put_question(by=BY, survey=found, asked=library()[slug])
    for each in fresh:
        asking.put_question(by=BY, survey=found, asked=made(slug=asking.new_slug(found), **each))
    return found


def _wave(survey: m.Survey, opens_on: date, closes_on: date, others: list[Invitee]) -> m.SurveyWave:
    wave = asking.plan_wave(by=BY, survey=survey, opens_on=opens_on, closes_on=closes_on, day=opens_on)
    slips = [Invitee(group=group, organisation=organisation) for group, organisation, many in ASKED for _ in range(many)]
    asking.invite(by=BY, wave=wave, invitees=[*others, *slips])
    asking.send(by=BY, wave=wave)
    wave.refresh_from_db()
    return wave


def _answer(wave: m.SurveyWave, day: date, *, every: int) -> int:
    """All slips answer but one in `every`, in an order of their own."""
    lot = Random(SEED + wave.number)
    slips = sorted(wave.invitations.filter(state=m.BY_HAND).values_list("group", "organisation", "nonce"))
    using = [nonce for place, (_, _, nonce) in enumerate(slips) if place % every]
    for nonce in using:
        token = token_of(nonce)
        questions = link_of(token, day).questions
        answers = {slug: given for each in questions for slug, given in _given(each, lot).items()}
        words = {each.slug: lot.choice(WORDS) for each in questions if each.kind == "text" and lot.random() < 0.4}
        answer(token=token, answers=answers, comments=words, day=day)
    return len(using)


def _given(each: Asked, lot: Random) -> dict[str, str]:
    """What somebody says to a question; one in ten leaves it out."""
    if each.kind == "text" or lot.random() < 0.1:
        return {}
    codes = [code for code, _ in each.choices]
    if each.kind == "several":
        return {each.part(place): lot.choice(("yes", "no")) for place in range(1, len(codes) + 1)}
    weights = LIKELY[each.scale] if each.kind == "statement" else [1] * len(codes)
    return {each.slug: lot.choices(codes, weights)[0]}


def _conversations(day: date) -> int:
    themes = {title: voices.put_theme(by=BY, title=title, meaning=meaning) for title, meaning in THEMES.items()}
    for kind, ago, organisation, covers, quotations in SAID:
        held = voices.converse(by=BY, kind=kind, on=day - timedelta(days=ago), organisation=organisation, covers=covers, day=day,
                               told=6 if kind == "focus_group" else 1)  # fmt: skip
        for place, (theme, text) in enumerate(quotations):
            said = voices.quote(by=BY, conversation=held, theme=themes[theme], text=text, looked=True)
            if place == 0:
                voices.choose(by=BY, quotation=said, for_report=True)
    return len(SAID)
