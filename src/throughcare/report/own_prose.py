"""An analyst's own chapters: a folder of Markdown files, each by the name of the chapter that it replaces."""

from pathlib import Path

from throughcare.core.errors import UserError


class NoProse(UserError):
    """A folder without chapters, or a file that is no text."""


def read_folder(folder: Path) -> dict[str, str]:
    """By chapter, the text of each .md file. What is not Markdown is passed over."""
    found = sorted(folder.glob("*.md")) if folder.is_dir() else []
    if not found:
        raise NoProse(what="There is no prose", record=str(folder), expected="a folder with chapters, such as summary.md",
                      mend="name another folder, or leave --prose out")  # fmt: skip
    try:
        return {file.stem: file.read_text(encoding="utf-8-sig") for file in found}
    except UnicodeDecodeError as error:
        raise NoProse(what="A chapter cannot be read", record=str(folder), expected="text in UTF-8",
                      mend="save the chapters as UTF-8") from error  # fmt: skip
