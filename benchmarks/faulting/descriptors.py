"""A server with 200 descriptors and 300 clients: administration, files and deploy/ work all the same, and nobody is cut."""

import re
import socket
import subprocess

from . import http
from .bundles import Bundles
from .report import Row, p99
from .server import PATIENCE, Server, until

LIMIT = 200
CLIENTS = 300
FEWEST = 32  # connections that are served while the others wait
ASKED = b"GET /plaintext HTTP/1.1\r\nHost: localhost\r\n\r\n"
SITE = "path = /site\nfolder = www\n"
PAGES = 20


def run(options):
    with Server(options, loops=2, prefix=["bash", "-c", f'ulimit -n {LIMIT}; exec "$@"', "bash"]) as server:
        bundles = Bundles(server)
        jars = [bundles.make("Secret", "HttpHandler", path="/secret"), bundles.make("Victim", "HttpHandler", path="/victim")]
        return [crowd(server, jars)]


def crowd(server, jars):
    home = server.folder / "home"
    (home / "www").mkdir()
    for i in range(PAGES):
        (home / "www" / f"{i}.html").write_text(f"page {i}")
    port = server.port("protocol-http")
    with http.Client(port) as served:
        served.get("/plaintext")
        clients = [ask(port) for _ in range(CLIENTS)]
        until("no descriptor is left for connections", lambda: "are kept back for" in server.shell("pollux:status"))
        tally = Tally()
        tally.try_("status", lambda: "open" in command(server, "status"))
        for backend in ("nio", "libevent", "nio", "libevent"):
            tally.try_(f"backend {backend}", lambda name=backend: swaps(server, name))
        (home / "conf" / "pollux.http.files-site.cfg").write_text(SITE)
        tally.try_("files", lambda: comes(lambda: served.get("/site/0.html").body == b"page 0"))
        for i in range(PAGES):
            tally.try_(f"page {i}", lambda page=i: served.get(f"/site/{page}.html").body == f"page {page}".encode())
        for jar, path in zip(jars, ("/secret", "/victim")):
            server.deploy(jar, jar.name)
            tally.try_(f"deploy {jar.name}", lambda where=path: comes(lambda: served.get(where).status == 200))
        tally.try_("status again", lambda: "! " in command(server, "status"))
        seconds = server.command_status_seconds()
        most = server.descriptors()
        early = sum(answered(client, 0) for client in clients)
        if early < FEWEST:
            tally.faults.append(f"only {early} connections were served")
        late = 0
        for client in clients:  # each one's end lets others in
            late += answered(client, PATIENCE)
            client.close()
        if late < CLIENTS:
            tally.faults.append(f"{CLIENTS - late} of the clients were never served")
        until("connections do not wait any more", lambda: "are kept back for" not in server.shell("pollux:status"))
    errors = len(re.findall(r"Too many open files|OutOfMemoryError|NoClassDefFoundError", server.everything()))
    if errors:
        tally.faults.append(f"{errors} errors in the log")
    notes = [*tally.faults, f"{early} clients served at once, {late} in the end; {most} descriptors"]
    return Row(f"descriptors: {CLIENTS} clients at ulimit -n {LIMIT}; status, backend, files, deploy/", tally.tried + CLIENTS,
               len(tally.faults), p99(tally.times), seconds, notes=notes)


def ask(port):
    """A client that keeps its connection, and waits for the response."""
    client = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    client.sendall(ASKED)
    return client


def answered(client, seconds):
    """Whether the response has come; it stays there for the next who asks."""
    client.settimeout(seconds)
    try:
        return client.recv(12, socket.MSG_PEEK).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def comes(condition):
    until("what was configured or deployed is served", condition)
    return True


def swaps(server, backend):
    return command(server, "backend", backend) is not None and server.polls() == backend


def command(server, *words):
    """What the command prints; None when it fails."""
    done = subprocess.run([server.command, *words, "--home", str(server.folder / "home")], capture_output=True, text=True,
                          timeout=PATIENCE, check=False)
    return done.stdout if done.returncode == 0 else None


class Tally:
    """What was tried, and what failed."""

    def __init__(self):
        self.tried = 0
        self.times = []
        self.faults = []

    def try_(self, what, action):
        self.tried += 1
        try:
            well, seconds = http.timed(action)
            self.times.append(seconds)
        except Exception as e:  # whatever it is, the others are tried too
            well, what = False, f"{what} ({e})"
        if not well:
            self.faults.append(f"failed: {what}")
