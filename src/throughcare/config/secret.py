"""The key that signs sessions: given by the environment, or made once and kept in the home, readable by its owner alone."""

import os
import secrets
from pathlib import Path

FILE = "secret-key"


def secret_key(home: Path) -> str:
    """THROUGHCARE_SECRET_KEY; else the home's own. A home that is not made yet has a key for this process only."""
    if given := os.environ.get("THROUGHCARE_SECRET_KEY", ""):
        return given
    file = home / FILE
    if not home.is_dir():
        return secrets.token_urlsafe(64)
    if not file.is_file():
        made = file.with_name(f"{FILE}.{os.getpid()}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(64), encoding="utf-8")
        try:
            os.link(made, file)
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return file.read_text(encoding="utf-8").strip()
