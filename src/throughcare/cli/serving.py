"""Serves the WSGI application until interrupted: in gunicorn, loaded once and shared by its workers."""

import os
import socket
import sys
from pathlib import Path
from typing import Any

import typer
from gunicorn.app.base import BaseApplication

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


class Server(BaseApplication):
    """gunicorn with our settings. Its workers share what was loaded before they were made."""

    def __init__(self, held: socket.socket, workers: int) -> None:
        self.held, self.workers = held, workers
        super().__init__()

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
        return application


def _compile_templates() -> None:
    """Compiles the pages' templates before the workers are made: the first visitor of each would wait for it."""
    from django.template import engines

    pages = engines["jinja2"].env
    for name in pages.list_templates(extensions=["html"]):
        if not name.startswith("govuk_frontend_jinja/"):
            pages.get_template(name)


def serve(held: socket.socket, *, workers: int = 2) -> None:
    """Answers until Ctrl-C."""
    host, port = held.getsockname()[:2]
    typer.echo(f"Open http://{host}:{port}/ (Ctrl-C to stop)")
    server = Server(held, workers)
    held.close()
    server.run()


def serve_anew(held: socket.socket, home: Path) -> None:
    """`throughcare serve` of a home in place of this process: what the settings read of the home was not there when it began."""
    port = held.getsockname()[1]
    held.close()
    command = [sys.executable, "-c", "from throughcare.cli import app; app()", "serve", "--port", str(port)]
    os.execve(sys.executable, command, os.environ | {"THROUGHCARE_HOME": str(home)})
