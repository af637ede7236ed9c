"""Who, of many people each on a day of their own, is eligible by the rule itself; `Person` knows it of the reviews alone."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from throughcare.rules.history import inputs_as_at
from throughcare.rules.ogrs3 import score
from throughcare.synthetic.casting_people import Person
from throughcare.synthetic.fit_facts import bar
from throughcare.synthetic.fit_scores import records

Asked = Sequence[tuple[Person, date]]


def eligible_on(asked: Asked) -> list[bool]:
    """For each pair, in order, whether the person is a member on the day or eligible on it."""
    doubtful = [place for place, (person, on) in enumerate(asked) if not person.member(on)]
    percents = _percents([asked[place] for place in doubtful])
    barred = {place for n, place in enumerate(doubtful) if bar(asked[place][0].life, asked[place][1], percents.get(n))}
    return [place not in barred for place in range(len(asked))]


def _percents(asked: Asked) -> dict[int, int]:
    """The two-year percent of each pair by its place; without an entry where there is no score.

    All are scored at once as at the last day, each as a person of its own, so what was later than its own day is taken out.
    """
    if not asked:
        return {}
    told = records(list({person.number: person.life for person, _ in asked}.values()))
    pairs = [(place, person.number, on) for place, (person, on) in enumerate(asked)]
    days = pl.DataFrame(pairs, schema={"place": pl.Int64, "person": pl.Int64, "on": pl.Date}, orient="row")
    day, released = pl.col("on"), pl.col("released_on")
    convictions = days.join(told.convictions, on="person").filter(pl.col("convicted_on") <= day)
    sentences = days.join(told.sentences, on="person").filter(pl.col("imposed_on") <= day).with_columns(
        released_on=pl.when(released <= day).then(released), release_planned_on=pl.coalesce("release_planned_on", day)
    )  # fmt: skip
    frames = [frame.with_columns(person="place") for frame in (convictions, sentences, days.join(told.people, on="person"))]
    scored = score(inputs_as_at(*frames, as_at=max(on for _, on in asked))).filter(pl.col("percent_2y").is_not_null())
    return dict(scored.select("id", "percent_2y").iter_rows())
