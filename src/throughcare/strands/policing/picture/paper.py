"""The picture on paper: what the section of the record says, as blocks that the paper of a plan can take in, or by itself."""

from collections.abc import Iterator

from throughcare.casework.access.reader import Reader
from throughcare.core.dates import day_in_words
from throughcare.design.paper import Block, Paper, facts, heading, items, words
from throughcare.strands.policing.picture.pattern import Pattern
from throughcare.strands.policing.picture.queries import Picture, Place, picture

HANDLING = "Police intelligence: for those who may see intelligence plans alone. It says what is on record, and is no forecast."


def paper(person: int, reader: Reader, *, shown: str) -> Paper:
    """The picture by itself. `shown`: the person as pages name them."""
    return Paper(
        title=f"Picture: {shown}", to=reader.role, day=day_in_words(reader.day), foot=f"Picture of {shown}",
        blocks=(words(HANDLING), *blocks(person, reader)),
    )  # fmt: skip


def blocks(person: int, reader: Reader) -> tuple[Block, ...]:
    """Pattern, events, associations, as the reader may see them."""
    found = picture(person, reader)
    return (*_pattern(found.pattern), *_places(found), *_network(found))


def _pattern(told: Pattern) -> Iterator[Block]:
    yield heading("Offending pattern")
    if not told.offences:
        yield words("No offence is on record.")
        return
    span = f", from {day_in_words(told.span[0])} to {day_in_words(told.span[1])}" if told.span else ""
    yield words(f"Offences: {told.offences}{span}. Known by an event: {told.events}.")
    for table in told.tables:
        if table.too_few:
            yield words(f"{table.title}: too few to say. Known: {table.known}. Not known: {table.unknown}.")
        else:
            rows = [(row.words, f"{row.number:g}") for row in table.rows if row.number]
            yield words(f"{table.title}:")
            yield facts(*rows, ("Not known", str(table.unknown)))


def _places(told: Picture) -> Iterator[Block]:
    yield heading("Where it happened")
    yield items(*map(_place, told.places)) if told.places else words("No event is on record.")


def _place(place: Place) -> str:
    part = place.part
    spot = f" at {part.latitude:.4f}, {part.longitude:.4f}, within {part.radius or 0} m" if place.point else ""
    return f"{place.when}: {place.where}{spot}. {part.method or 'How is not known'}. {part.role.capitalize()}, {part.event}."


def _network(told: Picture) -> Iterator[Block]:
    yield heading("Associations")
    if not told.network.linked:
        yield words("No link stands.")
        return
    yield words("What they were in together, and nothing more. Victims, witnesses, family and children are never among them.")
    yield items(
        *(f"{each.shown} ({each.link.strength}): {'; '.join(each.how)}. Expires on {day_in_words(each.link.until)}."
          for each in told.network.linked),
        *(f"{each.one.shown} and {each.other.shown}: {'; '.join(each.how)}." for each in told.network.among),
    )  # fmt: skip
