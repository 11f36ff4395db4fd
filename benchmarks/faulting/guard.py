"""A filter that guards paths, and the handler behind it, under load: updated, replaced, unresolved, and at a start."""

import contextlib
import socket
import threading
import time

from . import http
from .bundles import API, SYMBOLIC_NAME, Bundles
from .report import Row, p99
from .server import Failed, Server, until

CLIENTS = 8
REPLACED = 10  # every tenth time by deploy/, which looks several times a second
STARTS = 5
UNRESOLVED_SECONDS = 12  # longer than a request waits for a filter that is away
PORTS = range(22000, 22100)  # below those that the system gives to clients: one of them could take it between two starts


def run(options):
    with Server(options, loops=2, **{"pollux.http.require": "guard at /guarded/*"}) as server:
        guarded = Guarded(server)
        rows = [updates(guarded, options.times), unresolved(guarded)]
    with Server(options, loops=2, **{"pollux.http.endpoint": f"tcp://127.0.0.1:{free_port()}"}) as server:
        return [*rows, starts(Guarded(server))]


def updates(guarded, times):
    server = guarded.server
    numbers = [server.bundle(SYMBOLIC_NAME + "Guard"), server.bundle(SYMBOLIC_NAME + "Secret")]
    slowest = 0.0
    with guarded.load() as tally:
        for turn in range(times):
            which = turn % 2
            newer = (turn // 2) % 2 == 0
            jar = (guarded.next_jars if newer else guarded.jars)[which]
            if turn % REPLACED == 0:
                server.deploy(jar, guarded.jars[which].name)
                time.sleep(1)
            else:
                server.shell(f"felix:update {numbers[which]} file:{jar}")
            if turn % 50 == 0:
                slowest = max(slowest, server.status_seconds())
    notes = ["open before the guard was there"] if guarded.before == 200 else []
    return tally.row(f"guard: {times} updates of a filter and a handler", tally.lost, slowest, notes)


def unresolved(guarded):
    server = guarded.server
    with guarded.load() as tally:
        guarded.deploy_unresolved()
        time.sleep(UNRESOLVED_SECONDS)
        named = any("Guard" in fault for fault in server.faults())
        slowest = server.status_seconds()
    notes = [] if named else ["status does not name the filter"]
    return tally.row(f"guard: a version of the filter that does not resolve, for {UNRESOLVED_SECONDS} s",
                     tally.lost + (not named), slowest, notes)


def starts(guarded):
    """The filter is in deploy/, and no setting requires it. Connections that are refused or cut meanwhile are not counted."""
    with guarded.load() as tally:
        for _ in range(STARTS):
            guarded.server.stop()
            guarded.server.start()
            guarded.server.port("protocol-http")  # waits for its endpoint
            guarded.await_guard()
    return tally.row(f"guard: {STARTS} starts with the filter in deploy/", 0, guarded.server.status_seconds(), [])


def free_port():
    for port in PORTS:
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
    raise Failed(f"no port from {PORTS.start} to {PORTS.stop - 1} is free")


class Guarded:
    """A server with the filter and the handler in deploy/, each in two versions."""

    GUARD = {"path": "/guarded/*", "name": "guard"}
    SECRET = {"path": "/guarded/secret"}

    def __init__(self, server):
        self.server = server
        self.port = server.port("protocol-http")
        self.bundles = Bundles(server)
        self.jars = [self.bundles.make("Guard", "HttpFilter", "1.0.0", **self.GUARD),
                     self.bundles.make("Secret", "HttpHandler", "1.0.0", **self.SECRET)]
        self.next_jars = [self.bundles.again("Guard", "HttpFilter", "1.0.1", **self.GUARD),
                          self.bundles.again("Secret", "HttpHandler", "1.0.1", **self.SECRET)]
        self.before = http.once(self.port, "/guarded/secret").status
        for jar in self.jars:
            server.deploy(jar, jar.name)
        self.await_guard()

    def await_guard(self):
        until("the guard and what it guards are there", self.is_guarded)

    def is_guarded(self):
        return (http.once(self.port, "/guarded/secret").status == 401
                and http.once(self.port, "/guarded/secret", Authorization="yes").status == 200)

    def deploy_unresolved(self):
        jar = self.bundles.again("Guard", "HttpFilter", "1.0.2", imports=f"{API},no.such.package", **self.GUARD)
        self.server.deploy(jar, self.jars[0].name)

    @contextlib.contextmanager
    def load(self):
        """Clients that ask until the end of the block."""
        tally = Tally()
        clients = [threading.Thread(target=tally.ask, args=(self.port,)) for _ in range(CLIENTS)]
        for client in clients:
            client.start()
        try:
            yield tally
        finally:
            tally.stopping = True
            for client in clients:
                client.join()


class Tally:
    """What the clients have met: each asks with a token and without one in turn. A status of 0 is a lost connection."""

    def __init__(self):
        self.stopping = False
        self.lock = threading.Lock()
        self.unguarded = self.missing = self.lost = self.wrong = self.unavailable = 0
        self.times = []

    def ask(self, port):
        client = None
        with_token = False
        while not self.stopping:
            with_token = not with_token
            start = time.monotonic()
            try:
                client = client or http.Client(port, timeout=30)
                response = client.get("/guarded/secret", **({"Authorization": "yes"} if with_token else {}))
                status, closes = response.status, response.fields.get("connection") == "close"
            except (OSError, http.Broken, ValueError):
                status, closes = 0, True
            if closes and client:
                client.socket.close()
                client = None
            self.count(with_token, status, time.monotonic() - start)
            if status in (0, 503):
                time.sleep(0.01)

    def count(self, with_token, status, seconds):
        with self.lock:
            if status == 0:
                self.lost += 1
                return
            self.times.append(seconds)
            self.unguarded += status == 200 and not with_token
            self.missing += status == 404
            self.unavailable += status == 503
            self.wrong += status not in (200, 401, 404, 503)

    def row(self, situation, also_bad, status_seconds, notes):
        counts = (f"{self.unguarded} unguarded, {self.missing} times 404, {self.wrong} other responses, {self.lost} refused or cut,"
                  f" {self.unavailable} times 503")
        return Row(situation, len(self.times), self.unguarded + self.missing + self.wrong + also_bad, p99(self.times), status_seconds,
                   notes=[counts, *notes])
