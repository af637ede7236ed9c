"""The files of a study under the home, and the key to its pseudonyms, which lies apart.

`studies/<slug>/copy-<n>/` is a frozen copy, `copy-<n>-outcomes-<day>/` an addition to it, `run-<n>/` a result. The key is in
`keys/`, so that whoever is given the copy is not given it. A copy appears whole or not at all, and is not read if it was altered.
"""

import hashlib
import hmac
import io
import secrets
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import polars as pl
from django.conf import settings

from throughcare.core.whole_folder import write_whole
from throughcare.evaluation.errors import CopyRefused

MARK = "rows.csv"
SEVERITY = "severity.csv"
KINDS = {".csv": "text/csv; charset=utf-8", ".parquet": "application/vnd.apache.parquet", ".json": "application/json",
         ".toml": "text/plain; charset=utf-8", ".svg": "image/svg+xml", ".html": "text/html; charset=utf-8"}  # fmt: skip


def folder_of(slug: str, name: str) -> Path:
    return Path(settings.HOME) / "studies" / slug / name


def key_path(slug: str) -> Path:
    return Path(settings.HOME) / "keys" / f"study-{slug}.key"


def new_key(slug: str) -> bytes:
    """The study's key: made once, readable by the service's own account alone."""
    path = key_path(slug)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text(secrets.token_hex(32), encoding="ascii")
        path.chmod(0o600)
    return key_of(slug)


def key_of(slug: str) -> bytes:
    """The key. Refused where its holder has taken it away."""
    path = key_path(slug)
    try:
        return bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise CopyRefused(
            what="The key to the pseudonyms is not here", record=path.name, expected="the key in the home's folder keys",
            mend="ask its holder to bring it: without it nothing can be matched to the copy",
        ) from error  # fmt: skip


def pseudonyms(key: bytes, kind: str, numbers: Iterable[int]) -> dict[int, str]:
    """By number in the store, the pseudonym: a keyed hash (HMAC-SHA-256, 80 bits), different in every study."""
    return {n: hmac.new(key, f"{kind}:{n}".encode(), hashlib.sha256).hexdigest()[:20] for n in numbers}


def as_files(frames: Mapping[str, pl.DataFrame]) -> dict[str, str | bytes]:
    """Each frame as CSV and as Parquet."""
    told: dict[str, str | bytes] = {}
    for name, frame in frames.items():
        held = io.BytesIO()
        frame.write_parquet(held)
        told |= {f"{name}.csv": frame.write_csv(), f"{name}.parquet": held.getvalue()}
    return told


def digest(files: Mapping[str, str | bytes]) -> str:
    """SHA-256 over the files of a folder, in the order of their names."""
    told = hashlib.sha256()
    for name in sorted(files):
        content = files[name]
        told.update(name.encode() + b"\0" + (content.encode() if isinstance(content, str) else content) + b"\0")
    return told.hexdigest()


def write(slug: str, name: str, files: Mapping[str, str | bytes], *, mark: str) -> None:
    """Writes a folder that is not there yet: nothing of a study is ever replaced. One left by a write cut off is."""
    write_whole(folder_of(slug, name), files, mark=mark, kind="study's folder")


def read_rows(slug: str, name: str, table: str, *, sha256: str) -> pl.DataFrame:
    """A table of a folder, from Parquet. Refused where the folder is gone or its files are not those that were written."""
    folder = folder_of(slug, name)
    there = {path.name: path.read_bytes() for path in folder.glob("*") if path.is_file()}
    if digest(there) != sha256:
        raise CopyRefused(
            what="The files of the copy are not as they were frozen", record=f"{slug}, {name}", expected=f"SHA-256 {sha256}",
            mend="put the folder back from the backup",
        )  # fmt: skip
    return pl.read_parquet(folder / f"{table}.parquet")


def copy_out(slug: str, name: str, output: Path, *, mark: str, without: Iterable[str]) -> None:
    """Puts what is in a folder of the study into one of the user's."""
    folder = folder_of(slug, name)
    there = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    write_whole(output, {name: content for name, content in there.items() if name not in without}, mark=mark, kind="study")


def destroy(slug: str, names: Iterable[str], *, key: bool) -> None:
    """The files are no more; nor is the key, where no copy is left."""
    for name in names:
        shutil.rmtree(folder_of(slug, name), ignore_errors=True)
    if key:
        key_path(slug).unlink(missing_ok=True)


def severity() -> pl.DataFrame | None:
    """The weights that the user gave in the home: offence_code, weight, valid_from, source. None: none were given."""
    path = Path(settings.HOME) / SEVERITY
    if not path.is_file():
        return None
    kinds = {"offence_code": pl.String, "weight": pl.Float64, "valid_from": pl.Date}
    try:
        return pl.read_csv(path, schema_overrides=kinds).select(list(kinds))
    except pl.exceptions.PolarsError as error:
        raise CopyRefused(
            what="The severity weights cannot be read", record=SEVERITY, mend="correct the file",
            expected="columns offence_code, weight, valid_from (YYYY-MM-DD), source",
        ) from error  # fmt: skip
