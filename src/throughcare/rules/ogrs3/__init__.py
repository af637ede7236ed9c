"""OGRS3, the Offender Group Reconviction Scale version 3: the score, what it is made of, and why a row gets none."""

from throughcare.rules.ogrs3.explain import Explained, explain
from throughcare.rules.ogrs3.files import score_file
from throughcare.rules.ogrs3.parameters import OFFENCE_GROUPS, PROFILES, Parameters
from throughcare.rules.ogrs3.refusals import MEANING
from throughcare.rules.ogrs3.score import contributions, score, workings

__all__ = [
    "MEANING", "OFFENCE_GROUPS", "PROFILES", "Explained", "Parameters", "contributions", "explain", "score", "score_file",
    "workings",
]  # fmt: skip
