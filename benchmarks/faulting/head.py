"""HEAD of responses that have no end: nobody may be held up, and the connection goes on."""

from . import http
from .report import Row, p99
from .server import Server

TIMES = 100


def run(options):
    with Server(options, loops=2) as server:
        port = server.port("protocol-http")
        rows = [storm(server, port, f"head: HEAD {path}{' in gzip' if coded else ''}, then GET", path, coded)
                for path in ("/bytes/999999999999999999", "/events") for coded in (False, True)]
        return rows


def storm(server, port, name, path, coded):
    bad, times = 0, []
    for _ in range(TIMES):
        ok, seconds = http.timed(lambda: goes_on(port, path, coded))
        bad += not ok
        times.append(seconds)
        if bad > 5:
            break  # each costs a timeout
    return Row(name, 2 * len(times), bad, p99(times), server.status_seconds(), p99_counts=True)


def goes_on(port, path, coded):
    """Whether a GET is served behind the HEAD, on the same connection and on a new one."""
    fields = {"Accept_Encoding": "gzip"} if coded else {}
    try:
        with http.Client(port, timeout=5) as client:
            if client.head(path, **fields).status != 200:
                return False
            behind = client.get("/plaintext", **fields)
        return behind.status == 200 and http.once(port, "/plaintext", 5).body == b"Hello, World!"
    except (OSError, http.Broken, ValueError):
        return False
