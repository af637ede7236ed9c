"""Making a publication's files again from its frozen cut, and whether they are, to the byte, those that were approved."""

from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from throughcare.core.whole_folder import refuse_other, write_whole
from throughcare.report.provenance import definition
from throughcare.report.publication import queries
from throughcare.report.publication.cut import figures_of, files_of, hashes
from throughcare.report.publication.errors import NotADraft
from throughcare.report.write import MARK


@dataclass(frozen=True, kw_only=True)
class Reproduced:
    """By file whether it is the same. `since`: what has changed in the program since, in sentences."""

    same: dict[str, bool]
    since: tuple[str, ...]

    @property
    def whole(self) -> bool:
        return all(self.same.values())


def reproduce(number: int, output: Path) -> Reproduced:
    """Writes the files of a publication again, whatever the store has become. Refuses a draft: nothing was approved of it."""
    refuse_other(output, mark=MARK, kind="publication")
    edition = queries.found(number)
    if not edition.sha256:
        raise NotADraft(what="It is a draft", record=f"publication {number}", expected="one that was put forward",
                        mend="download its files from its page")  # fmt: skip
    cut = queries.cut_of(edition)
    made = files_of(cut, prose=queries.prose(edition))
    write_whole(output, made, mark=MARK, kind="publication")
    was, now = queries.hashes_of(edition), hashes(made)
    since = [f"{name} was {then}, is {version(name)}" for name, then in cut.software.items() if version(name) != then]
    others = [m.slug for m in figures_of(cut).measures.values() if cut.definitions.get(m.slug) != definition(m)]
    if others:
        since.append(f"definitions have changed: {', '.join(others[:5])}{' and others' if others[5:] else ''}")
    return Reproduced(same={name: was.get(name) == now.get(name) for name in sorted({*was, *now})}, since=tuple(since))
