"""Whether the services changed anything: of each registered study what it found, or why it is not ready and when it will be."""

from throughcare.core.dates import day_in_words
from throughcare.report.around import Study
from throughcare.report.content import Block, Bullets, Heading, Paragraph, Section
from throughcare.report.figures import Figures


def section(figures: Figures) -> Section:
    studies = figures.around.studies
    if studies:
        blocks: tuple[Block, ...] = tuple(block for study in studies for block in _study(study, figures.public))
    else:
        blocks = (_words("No study is registered. Without one that was written down before its data were seen, nothing here may "
                         "be read as an effect."),)  # fmt: skip
    return Section(slug="impact", title="Impact", blocks=blocks)


def _study(study: Study, public: bool) -> tuple[Block, ...]:
    asked = f"{study.question} " if study.question else ""
    said: list[Block] = [
        Heading(text=study.title), _words(f"{asked}The study was registered on {day_in_words(study.registered_on)}."),
    ]  # fmt: skip
    if study.ran_on:
        told = " To the public the direction alone is told, for each outcome." if public else ""
        said.append(_words(f"It was run on data as they were known on {day_in_words(study.ran_on)}.{told}"))
        if study.found:
            said.append(_bullets(study.found))
    elif study.because:
        when = f" It can be run from {day_in_words(study.ready_on)}." if study.ready_on else ""
        said.append(_words(f"No effect is told: the study is not ready, because of {study.because}.{when}"))
        if words := tuple(words for _, words in study.shut if words):
            said.append(_bullets(words))
    else:
        said.append(_words("No effect is told: the study has not been run."))
    return tuple(said)


def _words(text: str) -> Paragraph:
    return Paragraph(parts=(text,))


def _bullets(texts: tuple[str, ...]) -> Bullets:
    return Bullets(items=tuple(map(_words, texts)))
