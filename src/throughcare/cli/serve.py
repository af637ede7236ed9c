"""`throughcare serve`: the service, on this home's store."""

import os
from typing import Annotated

import typer


def serve(
    port: Annotated[int, typer.Option("--port", help="port to answer on")] = 8000,
    host: Annotated[str, typer.Option("--host", help="address to answer on: this machine's alone by default")] = "127.0.0.1",
    workers: Annotated[int, typer.Option("--workers", min=1, help="processes that answer")] = 2,
) -> None:
    """Serve the pages and the API from the store, bringing its tables up to date first; and do what waits in the background."""
    begun_with = dict(os.environ)
    # A page's frames are small: waking a pool of threads for each costs more than it saves. Read when Polars is first imported.
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    from throughcare.cli import serving
    from throughcare.cli.store import open_store

    held = serving.take_port(port, host)
    open_store()
    serving.serve(held, workers=workers, background=begun_with)
