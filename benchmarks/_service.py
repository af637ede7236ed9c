"""The service as a browser meets it: `throughcare serve` on a free port, pages as they are sent, and what a page fetches."""

import gzip
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection


@contextmanager
def serving() -> Iterator[int]:
    """`throughcare serve` on a free port, as the command itself starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from throughcare.cli import app; app()", "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        with socket.socket() as probe:
            while server.poll() is None and probe.connect_ex(("127.0.0.1", port)):
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait()


def fetch(port: int, path: str, cookie: str = "") -> tuple[int, bytes]:
    """Status and body, compressed as it was sent."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip", "Cookie": f"sessionid={cookie}"})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


def assets(port: int, html: str) -> int:
    """Bytes of the styles and scripts of a page, and of the scripts that these import."""
    waiting, sent = re.findall(r'(?:href|src)="(/static/[^"]+)"', html), 0
    for path in waiting:  # which grows on the way
        _, body = fetch(port, path)
        sent += len(body)
        text = gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body
        waiting += [name for name in map(bytes.decode, re.findall(rb'from "(/static/[^"]+)"', text)) if name not in waiting]
    return sent
