"""What letters say, in words that a child of ten can read. Nothing here reads the store.

The officers' own words are never used, nor a word that labels the person (`core.pilot.LABELS`). No letter tells of
intelligence, of health, of another person, or of a tag.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from throughcare.casework.access.policy import policy
from throughcare.core.dates import day_in_words
from throughcare.core.pilot import Pilot
from throughcare.design.paper import Block, Paper, heading, items, words

STATUS = {
    "custody": "You are in prison.", "licence": "You came out of prison, and you are on licence.",
    "pss": "You did your sentence, and you still see probation.", "community": "A court gave you a community order.",
    "suspended": "A court gave you a sentence that is on hold.",
}  # fmt: skip
RISK = {
    "score": "Your score is high. It comes from your times in court.",
    "score and recent offence": "Your score is not low. A court also found you guilty of something you did in the last year.",
}
PUT_FORWARD = "Someone who works here thought that we could help you. They put your name down."
ABOUT_THE_SCORE = (
    "The score is about big groups of people. It tells how many in a group go back to court. It cannot tell what you will do. "
    "A score did not choose you. A person did."
)
LEFT = {
    "moved out of the area": "You do not live in our area now.", "sentence ended": "Your sentence has come to an end.",
    "no longer meets the risk criterion": "Your score is lower now, or the last time in court was long ago.",
    "record corrected": "Something we held about you was wrong. It has been put right.",
}  # fmt: skip
LEFT_ELSE = "We looked at it with care. We think you do not need us now."
LONGER = {
    "complex": "There is a lot to look at. We have to look at it with care.",
    "many": "You asked us for more than one thing at a time.",
}
WHO: Sequence[tuple[str, frozenset[str]]] = (
    ("probation staff", frozenset({"offender_manager", "senior_officer"})),
    ("the team for your area", frozenset({"iom_coordinator"})),
    ("court staff", frozenset({"court_officer"})),
    ("prison staff", frozenset({"prison_coordinator"})),
    ("the police", frozenset({"police_researcher", "tasking_officer"})),
    ("those who give you help", frozenset({"provider_admin", "provider_worker"})),
    ("health staff", frozenset({"health_practitioner"})),
    ("staff who help with work", frozenset({"employment_broker"})),
    ("tag staff, if you have a tag", frozenset({"monitoring_officer"})),
)
WHAT = {"address": "Where you live", "offence_history": "Your times in court", "score": "Your score", "clinical": "Your health"}
MENTOR = "A mentor who is a volunteer: your first name, and where to meet you."


@dataclass(frozen=True, kw_only=True)
class Ring:
    """Whom to ring, as a letter says it; `telephone` "" where none is on record."""

    who: str
    telephone: str = ""

    @property
    def told(self) -> str:
        return f"{self.who} on {self.telephone}" if self.telephone else self.who


def why_joined(pilot: Pilot, *, because: str, borough: str, status: str) -> tuple[str, ...]:
    """A plain sentence for each criterion of the rule; for who was put forward by somebody, that."""
    if because not in RISK:
        return (PUT_FORWARD,)
    adult = pilot.criterion("adult")
    said = {
        "convicted": "A court has found you guilty in the past.",
        "adult": f"You are {adult.minimum_age} or older." if adult else "",
        "resident": f"Your home is in {borough}." if borough else "Your home is in our area.",
        "supervised": STATUS.get(status, "You see probation."), "risk": RISK[because],
    }  # fmt: skip
    return tuple(said[criterion.slug] for criterion in pilot.criteria)


def who_sees_what() -> tuple[str, ...]:
    """The access policy in a few lines, a line a kind of data: who may see it."""
    rows = {row: {role for (r, role) in policy().cells if r == row} for row in WHAT}
    told = [f"{what}: {_and(who for who, roles in WHO if roles & rows[row])}." for row, what in WHAT.items()]
    return (*told, MENTOR)


def joined(
    pilot: Pilot, *, to: str, day: date, since: date, why: Iterable[str], offers: Sequence[str], ring: Ring, team: Ring
) -> Paper:  # fmt: skip
    """The letter on joining: why, what there is, who sees what, how to question it and how to get off."""
    own = pilot.letters.own_name
    there = [items(*offers), words("You can ask us about any of these.")] if offers else [words(f"Ask {ring.told}.")]
    return Paper(title=f"You are now part of {own}", to=to, day=day_in_words(day), blocks=(
        words(f"You joined {own} on {day_in_words(since)}. We want to help you stay out of court. This letter says why you are "
              "part of it, what you can get, and who sees what."),
        heading("Why you"), items(*why), words(ABOUT_THE_SCORE),
        heading("What you can get"), *there,
        heading("Who can see what we hold about you"), items(*who_sees_what()),
        words("No one else sees it, but for when the law says so."),
        *_do_not_agree(pilot, ring),
        heading("How to get off"),
        words(f"You can ask to leave {own}. Ring {team.told}. They look at it, and tell you yes or no, and why."),
    ))  # fmt: skip


def left(pilot: Pilot, *, to: str, day: date, on: date, because: str, ring: Ring) -> Paper:
    """The letter on leaving: why, what comes next, how to question it."""
    own = pilot.letters.own_name
    return Paper(title=f"You have left {own}", to=to, day=day_in_words(day), blocks=(
        words(f"You left {own} on {day_in_words(on)}. This letter says why, and what comes next."),
        heading("Why"), items(LEFT.get(because, LEFT_ELSE)),
        heading("What comes next"),
        items("We will not start new help for you.", "Help that you have now may go on. Ask those who give it to you.",
              "If you have an order or a licence, it stays as it is.", "We keep what we wrote down for a time, as the law says."),
        *_do_not_agree(pilot, ring),
    ))  # fmt: skip


def request_received(pilot: Pilot, *, to: str, day: date, received: date, due: date, number: str, ring: Ring) -> Paper:
    """That we have the request to see what is held, and by when it is answered."""
    return Paper(title="We have your request", to=to, day=day_in_words(day), blocks=(
        words(f"You asked to see what {pilot.letters.own_name} holds about you. We got this on {day_in_words(received)}. "
              f"Its number is {number}."),
        heading("What comes next"),
        items(f"We will answer by {day_in_words(due)}.", "It is free.", "We may ask you to show us who you are. If we do, the "
              "time starts on the day you have.", "If we need more time, we will write and say why."),
        *_still_not_content(pilot, ring),
    ))  # fmt: skip


def longer(pilot: Pilot, *, to: str, day: date, due: date, why: str, number: str, ring: Ring) -> Paper:
    """That the answer takes longer, why, and by when it comes now."""
    return Paper(title="We need more time to answer you", to=to, day=day_in_words(day), blocks=(
        words(f"You asked to see what {pilot.letters.own_name} holds about you. The number is {number}."),
        heading("Why it takes longer"), words(LONGER[why]),
        heading("What comes next"), words(f"We will answer by {day_in_words(due)}."),
        *_still_not_content(pilot, ring),
    ))  # fmt: skip


def _do_not_agree(pilot: Pilot, ring: Ring) -> tuple[Block, ...]:
    return (
        heading("If you do not agree"),
        words(f"You can ask to see what we hold. If you think it is wrong, tell us. We will write down what you say. "
              f"Ring {ring.told}. Still not happy? Ring {pilot.letters.regulator}. They do not work for us."),
    )  # fmt: skip


def _still_not_content(pilot: Pilot, ring: Ring) -> tuple[Block, ...]:
    return (
        heading("Who to ask"),
        words(f"Ring {ring.told}. Still not happy? Ring {pilot.letters.regulator}. They do not work for us."),
    )


def _and(told: Iterable[str]) -> str:
    """a, b and c; where nobody may see it, no one."""
    listed = list(told)
    return " and ".join(filter(None, (", ".join(listed[:-1]), *listed[-1:]))) or "no one"


PLAIN_ROLES: Mapping[str, str] = {
    "offender_manager": "your probation worker", "iom_coordinator": "the team for your area",
    "data_protection_officer": "the data team",
}  # fmt: skip
"""What a post is called: its own title may label the person, as "Offender manager N07A112" does."""
