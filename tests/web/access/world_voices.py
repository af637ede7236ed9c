"""Surveys, interviews and who is served in the world of the attacks: one of each. None of it is about a person of the pilot."""

from datetime import date, timedelta
from typing import Any

from throughcare.strands.surveys.asking import actions as asking
from throughcare.strands.surveys.asking.queries import Invitee
from throughcare.strands.surveys.made.links import token_of
from throughcare.strands.surveys.made.questions import library, made
from throughcare.strands.surveys.voices import actions as talking

DESIGNS, READS, LOOKS = {"analyst"}, {"analyst", "evaluator"}, {"analyst", "evaluator", "pilot_manager"}
VOICES = """
surveys          surveys            -                  nobody
survey-new       form               surveys            nobody
survey           surveys            surveys            thing
survey-question  form               surveys            thing
survey-preview   surveys            -                  thing
survey-wave      surveys            surveys            thing
survey-links     form               surveys            thing
survey-comments  survey_answers     -                  thing
survey-results-all  survey_answers  -                  nobody
survey-results   survey_answers     -                  thing
survey-results-file  survey_answers  -                 thing
survey-answer    anybody            anybody            thing
voices           voices             -                  nobody
conversation-new  form              voices             nobody
conversation     voices             voices             thing
theme            form               voices             thing
quotation        form               voices             thing
coded            form               voices             nobody
who-is-served    measures_governance  -                nobody
who-is-served-file  measures_governance  -             nobody
"""
THERE = {
    **{(page, "get"): LOOKS for page in ("survey", "survey-preview", "survey-wave")},
    **{(page, "post"): DESIGNS for page in ("survey", "survey-wave")},
    **{(page, method): DESIGNS for page in ("survey-question", "survey-links") for method in ("get", "post")},
    **{(page, "get"): READS for page in ("survey-comments", "survey-results", "survey-results-file")},
    **{(page, method): READS for page in ("conversation", "theme", "quotation") for method in ("get", "post")},
    **{("survey-answer", method): "everybody" for method in ("get", "post")},
}  # fmt: skip
"""By page and method, who gets what is there."""
NARROWER_VOICES: dict[tuple[str, str, str], Any] = {
    **{(page, method, "in"): who for (page, method), who in THERE.items()},
    **{(page, method, "out"): set() for page, method in THERE},  # there is no such thing
}  # fmt: skip
VOICES_OF_NOBODY = {
    "surveys": "/surveys/", "survey-new": "/surveys/new/", "survey-results-all": "/surveys/results/", "voices": "/voices/",
    "conversation-new": "/voices/conversations/new/", "coded": "/voices/coded/", "who-is-served": "/who-is-served/",
    "who-is-served-file": "/who-is-served/figures.csv",
}  # fmt: skip
VOICES_ROUTES = {
    "survey": "surveys/", "wave": "surveys/waves/", "conversation": "voices/conversations/", "theme": "voices/themes/",
    "quotation": "voices/quotations/",
}  # fmt: skip
LINK: dict[str, str] = {}
"""By slug of the wave, the token of a link that works."""


def plant_voices(world: Any, day: date) -> None:
    """A survey with a wave that is open, on paper; a conversation with a quotation."""
    by = world.reader("analyst").by
    survey = asking.design(by=by, title="MARKSURVEY", purpose="MARKPURPOSE")
    asking.put_question(by=by, survey=survey, asked=library()["partners_new"])
    asking.put_question(by=by, survey=survey, asked=made(slug=asking.new_slug(survey), text="MARKSURVEYED", kind="text",
                                                        asked_of=("practitioner",)))  # fmt: skip
    wave = asking.plan_wave(by=by, survey=survey, opens_on=day, closes_on=day + timedelta(days=14), day=day)
    asking.invite(by=by, wave=wave, invitees=[Invitee(group="practitioner")] * 6)
    asking.send(by=by, wave=wave)
    LINK["in"] = token_of(wave.invitations.values_list("nonce", flat=True).first())
    held = talking.converse(by=by, kind="interview", on=day, organisation="MARKORGANISATION", told=1, covers="quoting", day=day)
    theme = talking.put_theme(by=by, title="MARKTHEME", meaning="")
    quotation = talking.quote(by=by, conversation=held, theme=theme, text="MARKQUOTED", looked=True)
    world.ids.update({"survey:in": survey.pk, "wave:in": wave.pk, "conversation:in": held.pk, "theme:in": theme.pk,
                      "quotation:in": quotation.pk})  # fmt: skip


def of_voices(ids: dict[str, int], who: str) -> dict[str, str]:
    """By page, its address about that thing."""
    nothing = 999_999
    survey, wave = ids.get(f"survey:{who}", nothing), ids.get(f"wave:{who}", nothing)
    results = f"/surveys/results/s{survey}-1/"
    return {
        "survey": f"/surveys/{survey}/", "survey-question": f"/surveys/{survey}/questions/0/",
        "survey-preview": f"/surveys/{survey}/preview/practitioner/",
        "survey-wave": f"/surveys/waves/{wave}/", "survey-links": f"/surveys/waves/{wave}/links/",
        "survey-comments": f"/surveys/waves/{wave}/words/", "survey-answer": f"/s/{LINK.get(who, 'x' * 40)}/",
        "survey-results": results, "survey-results-file": f"{results}figures.csv",
        "conversation": f"/voices/conversations/{ids.get(f'conversation:{who}', nothing)}/",
        "theme": f"/voices/themes/{ids.get(f'theme:{who}', nothing)}/",
        "quotation": f"/voices/quotations/{ids.get(f'quotation:{who}', nothing)}/",
    }  # fmt: skip
