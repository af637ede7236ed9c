"""The folder of each upload, in the home: the file as it was sent and, while it is read, how many rows have been."""

import hashlib
import os
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from django.conf import settings

READ = "rows-read.txt"
"""No extract has this name: it says no feed."""
A_DAY = 86_400.0


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A file kept: its folder's name, the SHA-256 of what is in it, the lines after the first."""

    folder: str
    digest: str
    rows: int


def uploads() -> Path:
    """The folder of all uploads, readable by the service's own user alone."""
    folder = Path(settings.HOME) / "uploads"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def keep(name: str, chunks: Iterable[bytes]) -> Kept:
    """Writes the file whole, to the disk, into a folder of its own; where that fails nothing is left."""
    folder = uploads() / uuid4().hex
    folder.mkdir(mode=0o700)
    digest, lines = hashlib.sha256(), 0
    try:
        with (folder / name).open("xb") as file:
            for chunk in chunks:
                file.write(chunk)
                digest.update(chunk)
                lines += chunk.count(b"\n")
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Kept(folder=folder.name, digest=digest.hexdigest(), rows=max(lines - 1, 0))


def forget(folder: str) -> None:
    """Removes the folder of an upload that needs it no more; one that is gone already is no matter."""
    if folder:
        shutil.rmtree(uploads() / folder, ignore_errors=True)


def forget_strays(known: Iterable[str]) -> None:
    """Removes folders of no upload that are older than a day: the sender was never told that they had come."""
    kept = set(known)
    for folder in uploads().iterdir():
        if folder.name not in kept and time.time() - folder.stat().st_mtime > A_DAY:
            shutil.rmtree(folder, ignore_errors=True)


def note_read(folder: str, rows: int) -> None:
    """Notes how many rows have been read. In a file: while a file is loaded nothing that its transaction writes is seen."""
    beside = uploads() / folder / f"{READ}.new"
    beside.write_text(str(rows), encoding="utf-8")
    beside.replace(beside.with_name(READ))


def rows_read(folder: str) -> int:
    """How many rows of the file have been read so far; 0 where none is noted."""
    file = uploads() / folder / READ
    return int(file.read_text(encoding="utf-8")) if folder and file.is_file() else 0
