"""What the pilot is: its services as the pilot file describes them."""

from throughcare.core.dates import day_in_words
from throughcare.core.pilot import Service
from throughcare.report.content import Item, ItemList, Paragraph, Section
from throughcare.report.figures import Figures
from throughcare.report.sentences import say


def section(figures: Figures) -> Section:
    intro = say(
        figures, "A minority of people commit a large part of all offences. {pilot} offers them and those who work with them "
        "more than is usual, from court to prison and back into the community, in {boroughs}. Its services began one by one:",
    )  # fmt: skip
    items = tuple(Item(term=s.name, words=Paragraph(parts=(_words(s),))) for s in figures.pilot.services)
    return Section(slug="pilot", title="The pilot", blocks=(intro, ItemList(items=items)))


def _words(service: Service) -> str:
    until = f" until {day_in_words(service.end)}" if service.end else ""
    told = (service.involves, service.where, f"From {day_in_words(service.start)}{until}")
    return " ".join(f"{words.rstrip('.')}." for words in told if words)
