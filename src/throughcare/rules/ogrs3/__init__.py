"""OGRS3, the Offender Group Reconviction Scale version 3: the score, what it is made of, and why a row gets none."""

from throughcare.rules.ogrs3.files import score_file
from throughcare.rules.ogrs3.parameters import OFFENCE_GROUPS, PROFILES, Parameters
from throughcare.rules.ogrs3.refusals import MEANING
from throughcare.rules.ogrs3.score import contributions, score

__all__ = ["MEANING", "OFFENCE_GROUPS", "PROFILES", "Parameters", "contributions", "score", "score_file"]
