"""Serves the WSGI application until interrupted: in gunicorn, loaded once for all its workers, beside a background worker."""

import gc
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from throughcare.core.errors import UserError


def take_port(port: int, host: str = "127.0.0.1") -> socket.socket:
    """The port, held from now on; one in use is the user's to change."""
    held = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((host, port))
    except OSError as error:
        held.close()
        raise UserError(
            what="the port is in use", record=str(port), expected="a free port", mend="name another with --port"
        ) from error
    return held


LOOKED_THROUGH = (50_000, 20, 50)
"""How many new objects a worker makes before it looks through them for garbage. A page makes thousands that are gone with it:
Python's own 700 took an eighth of a long list's time."""
COMMAND = (sys.executable, "-c", "from throughcare.cli import app; app()")
PAUSE = 5.0


class Background:
    """`throughcare work` in a process of its own: started with the server, anew where it has died, and ended with it."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0

    def keep(self) -> None:
        """Starts it where it does not run; one that keeps dying every five seconds at most. Called every second."""
        if (self.process is None or self.process.poll() is not None) and time.monotonic() - self.started_at >= PAUSE:
            self.started_at = time.monotonic()
            # A session of its own: Ctrl-C is for the server, which then ends it.
            self.process = subprocess.Popen([*COMMAND, "work"], env=self.environment, start_new_session=True)

    def stop(self) -> None:
        """Ends it at once: what it was doing is taken back by the store, and taken up again next time."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()


class Master(Arbiter):
    """gunicorn's master, which looks after the background worker too, each time it looks after its own."""

    def manage_workers(self) -> None:
        super().manage_workers()
        self.app.background.keep()

    def stop(self, graceful: bool = True) -> None:
        self.app.background.stop()
        super().stop(graceful)


class Server(BaseApplication):
    """gunicorn with our settings. Its workers share what was loaded before they were made."""

    def __init__(self, held: socket.socket, workers: int, background: Background) -> None:
        self.held, self.workers, self.background = held, workers, background
        super().__init__()

    def run(self) -> None:
        Master(self).run()

    def load_config(self) -> None:
        host, port = self.held.getsockname()[:2]
        told = {
            "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}", "workers": self.workers, "threads": 4,
            "worker_class": "gthread", "preload_app": True, "timeout": 120, "loglevel": "warning", "proc_name": "throughcare",
            "control_socket_disable": True,
        }  # fmt: skip
        for name, value in told.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from gunicorn.util import import_app

        application = import_app("throughcare.config.wsgi:application")
        _compile_templates()
        gc.collect()
        gc.set_threshold(*LOOKED_THROUGH)
        gc.freeze()  # what is loaded stays: to look through it for garbage would stop a page now and then for a tenth of a second
        return application


def _compile_templates() -> None:
    """Compiles the pages' templates before the workers are made: the first visitor of each would wait for it."""
    from django.template import engines

    pages = engines["jinja2"].env
    for name in pages.list_templates(extensions=["html"]):
        if not name.startswith("govuk_frontend_jinja/"):
            pages.get_template(name)


def serve(held: socket.socket, *, workers: int, background: Mapping[str, str]) -> None:
    """Answers until Ctrl-C. `background`: the environment of the background worker."""
    host, port = held.getsockname()[:2]
    typer.echo(f"Open http://{host}:{port}/ (Ctrl-C to stop)")
    server = Server(held, workers, Background(background))
    held.close()
    server.run()


def serve_anew(held: socket.socket, home: Path) -> None:
    """`throughcare serve` of a home in place of this process: what the settings read of the home was not there when it began."""
    port = held.getsockname()[1]
    held.close()
    os.execve(sys.executable, [*COMMAND, "serve", "--port", str(port)], os.environ | {"THROUGHCARE_HOME": str(home)})
