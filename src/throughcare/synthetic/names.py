"""Invented names. They are built from syllables so that no list of real people's names is in the project.

Several styles of surname (plain, hyphenated, with an apostrophe, with Mc) are there because linkage must meet them.
"""

from random import Random

from throughcare.synthetic.lives import Sex

_ONSETS = "B Br C D Dr F G H J K L M N P R S T Tr V W Y Z Ch Sh Th Kw Mb".split()
_VOWELS = "a a a e e e i i o o u ai ei ia oa".split()
_MIDDLES = "d l lv m n nd r rd s sk t v z b k lm rn nt".split()
_MALE_ENDINGS = "an en ik o or us am eth iq ad ell ren ok un".split()
_FEMALE_ENDINGS = "a ia elle ine ira isa ora una eya ita ani ys".split()
_STEMS = (
    "Bar Bel Cal Cor Dar Del Dun Ek Fal Fen Gar Gol Har Hol Ilk Jar Kel Kor Lan Lor Mal Mor Nar Nor Ob Okw Pel Quar Ral "
    "Rud Sal Sim Tal Tor Ub Val Ver Wal Wyn Yar Zan Zel"
).split()
_LINKS = "a e i o u ab ad ar eb en er il in om or ul".split()
_TAILS = (
    "bury croft dale den ford ham hurst ley mere more shaw stead thorpe ton wick worth "
    "ani asi dar dji eke emu escu ira kar madi nko oba ovic ski sson uddi wande zadeh"
).split()


def forename(rng: Random, sex: Sex) -> str:
    """One invented forename of two or three syllables."""
    middle = rng.choice(_VOWELS) + rng.choice(_MIDDLES)
    if rng.random() < 0.25:
        middle += rng.choice(_VOWELS) + rng.choice(_MIDDLES)
    return rng.choice(_ONSETS) + middle + rng.choice(_MALE_ENDINGS if sex == "M" else _FEMALE_ENDINGS)


def forenames(rng: Random, sex: Sex) -> str:
    """One forename, or two for about four people in ten."""
    first = forename(rng, sex)
    return first if rng.random() < 0.6 else f"{first} {forename(rng, sex)}"


def surname(rng: Random) -> str:
    """One invented surname; one in twenty hyphenated, and now and then O' or Mc."""
    name = _simple(rng)
    style = rng.random()
    if style < 0.05:
        return f"{name}-{_simple(rng)}"
    if style < 0.08:
        return f"O'{name}"
    return f"Mc{name}" if style < 0.11 else name


def _simple(rng: Random) -> str:
    return rng.choice(_STEMS) + rng.choice(_LINKS) + rng.choice(_TAILS)
