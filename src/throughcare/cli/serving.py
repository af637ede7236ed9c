"""Serves a folder on this machine alone, until interrupted."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import typer

from throughcare.core.errors import UserError


def take_port(port: int, folder: Path) -> ThreadingHTTPServer:
    """A server of the folder on 127.0.0.1, not yet answering; a port in use is the user's to change."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise UserError(
            what="the port is in use", record=str(port), expected="a free port", mend="name another with --port"
        ) from error


def serve(server: ThreadingHTTPServer) -> None:
    """Answers until Ctrl-C."""
    with server:
        typer.echo(f"Open http://127.0.0.1:{server.server_address[1]}/ (Ctrl-C to stop)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            typer.echo("Stopped.")
