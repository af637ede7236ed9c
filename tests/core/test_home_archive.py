"""A home in a file and out of it again: byte by byte, while the store is in use; what is damaged or in the way is refused."""

import io
import json
import sqlite3
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from throughcare.core.home_archive import NoBackup, NotRestored, back_up, digest, restore

AT = datetime(2017, 3, 1, 18, 5, tzinfo=UTC)
FILES = {
    "publications/3/index.html": b"<p>Published</p>", "publications/3/figures.csv": b"id,group\n", "studies/1/result.json": b"{}",
    "positions/fixes.parquet": bytes(range(256)) * 100, "keys/one": b"secret", "secret-key": b"another",
}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "home"
    for name, content in FILES.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(content)
    (made / "secret-key").chmod(0o600)
    with sqlite3.connect(made / "throughcare.sqlite3") as store:
        store.execute("PRAGMA journal_mode=WAL")
        store.execute("CREATE TABLE told (words TEXT)")
        store.execute("INSERT INTO told VALUES ('kept')")
    return made


def told(home: Path) -> list[str]:
    store = sqlite3.connect(home / "throughcare.sqlite3")
    try:
        return [words for (words,) in store.execute("SELECT words FROM told")]
    finally:
        store.close()


def test_everything_is_back_byte_by_byte(home, tmp_path):
    number, sha256 = back_up(home, tmp_path / "kept.tar.gz", at=AT)
    assert (number, sha256) == (len(FILES) + 1, digest(tmp_path / "kept.tar.gz"))
    assert (tmp_path / "kept.tar.gz").stat().st_mode & 0o077 == 0
    again = tmp_path / "again"
    assert restore(tmp_path / "kept.tar.gz", again) == (number, AT)
    assert {name: (again / name).read_bytes() for name in FILES} == FILES
    assert (again / "secret-key").stat().st_mode & 0o777 == 0o600
    assert {path.stat().st_mode & 0o077 for path in (again, again / "keys", again / "publications")} == {0}
    assert told(again) == ["kept"]


def test_what_is_written_while_it_is_made_is_in_it_whole_or_not(home, tmp_path):
    """Somebody writes and has not committed: the backup has what stood."""
    writing = sqlite3.connect(home / "throughcare.sqlite3")
    writing.execute("INSERT INTO told VALUES ('half')")
    back_up(home, home / "inside.tar.gz", at=AT)  # and a file in the home itself is not put into itself
    writing.commit()
    writing.close()
    restore(home / "inside.tar.gz", tmp_path / "again")
    assert told(tmp_path / "again") == ["kept"]
    assert not (tmp_path / "again" / "inside.tar.gz").exists()


def test_a_file_that_grows_while_it_is_read_is_put_away_as_far_as_it_was_there(home, tmp_path, monkeypatch):
    told_of, log = tarfile.TarFile.gettarinfo, home / "keys" / "one"

    def and_grows(tar: tarfile.TarFile, **named: object) -> tarfile.TarInfo:
        entry = told_of(tar, **named)
        with log.open("ab") as more:
            more.write(b" and more")
        return entry

    monkeypatch.setattr(tarfile.TarFile, "gettarinfo", and_grows)
    back_up(home, tmp_path / "kept", at=AT)
    restore(tmp_path / "kept", tmp_path / "again")
    assert log.read_bytes().startswith((tmp_path / "again" / "keys" / "one").read_bytes())


def test_a_file_that_is_cut_while_it_is_read_is_told_and_nothing_is_left(home, tmp_path, monkeypatch):
    told_of = tarfile.TarFile.gettarinfo

    def and_is_cut(tar: tarfile.TarFile, **named: object) -> tarfile.TarInfo:
        entry = told_of(tar, **named)
        if entry.name == "home/positions/fixes.parquet":
            (home / "positions" / "fixes.parquet").write_bytes(b"cut")
        return entry

    monkeypatch.setattr(tarfile.TarFile, "gettarinfo", and_is_cut)
    with pytest.raises(NoBackup, match="cut while it was read"):
        back_up(home, tmp_path / "kept", at=AT)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home"]


def test_where_there_is_no_home_nothing_is_written(tmp_path):
    with pytest.raises(NoBackup, match=r"a home with throughcare\.sqlite3"):
        back_up(tmp_path / "none", tmp_path / "kept", at=AT)
    assert list(tmp_path.iterdir()) == []


def test_a_home_in_use_is_left_as_it_is(home, tmp_path):
    back_up(home, tmp_path / "kept", at=AT)
    (home / "new").write_text("since", encoding="utf-8")
    with pytest.raises(NotRestored, match="not empty"):
        restore(tmp_path / "kept", home)
    assert (home / "new").read_text(encoding="utf-8") == "since"


def changed(kept: Path, *, name: str, content: bytes = b"changed", link: bool = False) -> None:
    """The same file with one entry more, or another in its place."""
    with tarfile.open(kept, "r:gz") as tar:
        entries = [(entry, tar.extractfile(entry).read()) for entry in tar]
    with tarfile.open(kept, "w:gz") as tar:
        for entry, was in [*((e, w) for e, w in entries if e.name != name), (tarfile.TarInfo(name), content)]:
            entry.size = len(was)
            if link and entry.name == name:
                entry.type, entry.linkname, entry.size = tarfile.SYMTYPE, "/etc/passwd", 0
            tar.addfile(entry, io.BytesIO(was))


DAMAGED = [
    ("home/publications/3/index.html", {}, "publications/3/index.html is not what was put away"),
    ("home/more", {}, "more is not what was put away"),
    ("home/../outside", {}, "has no place in a home"),
    ("elsewhere", {}, "has no place in a home"),
    ("home/link", {"link": True}, "has no place in a home"),
]


@pytest.mark.parametrize(("name", "how", "said"), DAMAGED, ids=[name for name, _, _ in DAMAGED])
def test_a_file_that_was_changed_is_refused_and_leaves_no_home(home, tmp_path, name, how, said):
    back_up(home, tmp_path / "kept", at=AT)
    changed(tmp_path / "kept", name=name, **how)
    with pytest.raises(NotRestored, match=said):
        restore(tmp_path / "kept", tmp_path / "again")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "kept"]


@pytest.mark.parametrize("content", [b"", b"no archive", json.dumps({"form": 1}).encode()])
def test_what_is_no_backup_is_refused(tmp_path, content):
    (tmp_path / "kept").write_bytes(content)
    with pytest.raises(NotRestored, match="no backup"):
        restore(tmp_path / "kept", tmp_path / "again")


def test_one_that_was_cut_off_is_refused(home, tmp_path):
    back_up(home, tmp_path / "kept", at=AT)
    whole = (tmp_path / "kept").read_bytes()
    (tmp_path / "kept").write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(NotRestored):
        restore(tmp_path / "kept", tmp_path / "again")
    assert not (tmp_path / "again").exists()
