"""A home in one file, and a home from it: the store as it stands at one instant, and every file beside it.

A compressed tar: the files under `home/`, then `manifest.json` with the SHA-256 of each as it was put away. It holds all that
the home holds (publications, studies, positions, what was sent, keys), so whoever has it has the pilot: only its owner may read
it.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO

from throughcare.core.errors import UserError

MANIFEST, WITHIN, STORE = "manifest.json", "home/", "throughcare.sqlite3"
BESIDE_STORE = (f"{STORE}-wal", f"{STORE}-shm", f"{STORE}-journal")
"""What SQLite keeps beside a store that is in use: the copy of the store has it already."""
FORM, CHUNK, OWNER_ALONE = 1, 1 << 20, 0o600


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """files: by place in the home, the SHA-256 of what was put away."""

    files: dict[str, str]
    made_at: datetime


class NoBackup(UserError):
    """A home that cannot be put into a file: there is none, or its store is elsewhere."""


class NotRestored(UserError):
    """A file that is no backup or is damaged, or a home that something stands in already. Nothing was changed."""


def back_up(home: Path, file: Path, *, at: datetime) -> tuple[int, str]:
    """Writes the home into the file, which appears whole or not at all; gives how many files it holds, and the file's SHA-256.

    The store may be in use: SQLite's own backup gives it as it stood at one instant. An earlier file of the name is replaced.
    """
    if not (home / STORE).is_file():
        raise NoBackup(what="There is nothing to back up", record=str(home), expected=f"a home with {STORE}",
                       mend="name the home by THROUGHCARE_HOME")  # fmt: skip
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{file.name}-", dir=file.parent) as beside:
        store, made = Path(beside) / STORE, Path(beside) / "made"
        _copy_store(home / STORE, store)
        told = {STORE: store} | {name: path for name, path in _files(home) if path.resolve() != file.resolve()}
        with open(made, "xb", opener=_private) as raw, tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as tar:
            hashes = {name: _put_away(tar, path, WITHIN + name) for name, path in told.items()}
            manifest = {"form": FORM, "made_at": at.isoformat(), "files": hashes}
            _add(tar, MANIFEST, json.dumps(manifest, indent=1).encode())
        whole = digest(made)
        made.replace(file)
    return len(hashes), whole


def restore(file: Path, home: Path) -> tuple[int, datetime]:
    """Makes the home from the file: every file is compared with its digest before the home appears, whole or not at all.

    Gives how many files it has and when they were put away. Its folders are its owner's alone, as it has keys. A home with
    anything in it is refused: it stays as it is.
    """
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise NotRestored(what="The home is not empty", record=str(home), expected="a home that is new",
                          mend="name another by THROUGHCARE_HOME, or move this one away")  # fmt: skip
    home.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{home.name}-", dir=home.parent))
    try:
        manifest = _unpacked(file, beside)
        for folder in (path for path in beside.rglob("*") if path.is_dir()):
            folder.chmod(0o700)
        if home.exists():
            home.rmdir()
        beside.rename(home)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return len(manifest.files), manifest.made_at


def digest(path: Path) -> str:
    with path.open("rb") as read:
        return hashlib.file_digest(read, "sha256").hexdigest()


def _copy_store(store: Path, to: Path) -> None:
    source, copy = sqlite3.connect(f"file:{store}?mode=ro", uri=True), sqlite3.connect(to)
    try:
        source.backup(copy)
    finally:
        source.close()
        copy.close()


def _files(home: Path) -> Iterator[tuple[str, Path]]:
    """Every file but those of the store, by its place in the home; a link is none."""
    for path in sorted(home.rglob("*")):
        name = path.relative_to(home).as_posix()
        if path.is_file() and not path.is_symlink() and name not in (STORE, *BESIDE_STORE):
            yield name, path


def _put_away(tar: tarfile.TarFile, path: Path, name: str) -> str:
    """Adds one file and gives the digest of what was added: of a file that is written meanwhile, of what was read of it."""
    with path.open("rb") as read:
        hashing = _Hashing(read)
        try:
            tar.addfile(tar.gettarinfo(arcname=name, fileobj=read), hashing)  # type: ignore[arg-type]
        except OSError as error:
            raise NoBackup(what="A file was cut while it was read", record=str(path), expected="a home in which no file is cut",
                           mend="back up again") from error  # fmt: skip
    return hashing.hashed.hexdigest()


class _Hashing:
    """A file that is read once, its digest worked out on the way."""

    def __init__(self, read: IO[bytes]) -> None:
        self._read, self.hashed = read, hashlib.sha256()

    def read(self, size: int) -> bytes:
        part = self._read.read(size)
        self.hashed.update(part)
        return part


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, OWNER_ALONE)


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    with tempfile.SpooledTemporaryFile() as told:
        told.write(content)
        told.seek(0)
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = len(content), OWNER_ALONE
        tar.addfile(entry, told)


def _unpacked(file: Path, to: Path) -> Manifest:
    try:
        with tarfile.open(file, "r:gz") as tar:
            manifest, found = None, {}
            for entry in tar:
                if entry.name == MANIFEST:
                    manifest = _manifest(tar, entry, file)
                else:
                    found[entry.name.removeprefix(WITHIN)] = _put(tar, entry, to, file)
    except (OSError, EOFError, tarfile.TarError, ValueError) as error:
        raise _damaged(file, f"it cannot be read: {error}") from error
    if manifest is None:
        raise _damaged(file, "it has no list of what is in it")
    if found != manifest.files:
        wrong = sorted(name for name in {*found, *manifest.files} if found.get(name) != manifest.files.get(name))
        raise _damaged(file, f"{', '.join(wrong[:3])} {'is' if len(wrong) == 1 else 'are'} not what was put away")
    return manifest


def _manifest(tar: tarfile.TarFile, entry: tarfile.TarInfo, file: Path) -> Manifest:
    read = tar.extractfile(entry)
    told = json.loads(read.read()) if read else {}
    if told.get("form") != FORM or not isinstance(told.get("files"), dict):
        raise _damaged(file, "its list of what is in it is not one of this form")
    return Manifest(files=told["files"], made_at=datetime.fromisoformat(told["made_at"]))


def _put(tar: tarfile.TarFile, entry: tarfile.TarInfo, to: Path, file: Path) -> str:
    """Writes one file and gives its digest; what is no plain file, or would lie outside the home, is refused."""
    place = PurePosixPath(entry.name.removeprefix(WITHIN))
    if not entry.isfile() or not entry.name.startswith(WITHIN) or place.is_absolute() or ".." in place.parts:
        raise _damaged(file, f"{entry.name} has no place in a home")
    read = tar.extractfile(entry)
    assert read is not None
    path = to / place
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "xb", opener=_private) as write:
        hashed = _copied(read, write)
    path.chmod(entry.mode & 0o755)
    return hashed


def _copied(read: IO[bytes], write: IO[bytes]) -> str:
    hashed = hashlib.sha256()
    while part := read.read(CHUNK):
        hashed.update(part)
        write.write(part)
    return hashed.hexdigest()


def _damaged(file: Path, why: str) -> NotRestored:
    return NotRestored(what="This is no backup that can be restored", record=str(file), expected="a file of `throughcare backup`",
                       mend=f"take another: {why}")  # fmt: skip
