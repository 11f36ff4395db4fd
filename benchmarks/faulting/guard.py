"""A filter that guards paths, and the handler behind it: both are updated and replaced under load."""

import threading
import time

from . import http
from .bundles import Bundles
from .report import Row, p99
from .server import Server, until

CLIENTS = 8
REPLACED = 10  # every tenth time by deploy/, which looks several times a second


def run(options):
    with Server(options, loops=2, **{"pollux.http.require": "guard at /guarded/*"}) as server:
        return [updates(server, options)]


def updates(server, options):
    bundles = Bundles(server)
    port = server.port("protocol-http")
    guard = {"path": "/guarded/*", "name": "guard"}
    secret = {"path": "/guarded/secret"}
    jars = [bundles.make("Guard", "HttpFilter", "1.0.0", **guard), bundles.make("Secret", "HttpHandler", "1.0.0", **secret)]
    next_jars = [bundles.again("Guard", "HttpFilter", "1.0.1", **guard),
                 bundles.again("Secret", "HttpHandler", "1.0.1", **secret)]
    before = http.once(port, "/guarded/secret").status
    for jar in jars:
        server.deploy(jar, jar.name)
    until("the guard and what it guards are there", lambda: is_guarded(port))
    numbers = [server.bundle("org.pollux.benchmarks.faulting.Guard"), server.bundle("org.pollux.benchmarks.faulting.Secret")]
    tally = Tally()
    clients = [threading.Thread(target=tally.ask, args=(port,)) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    slowest = 0.0
    for turn in range(options.times):
        which = turn % 2
        newer = (turn // 2) % 2 == 0
        jar = (next_jars if newer else jars)[which]
        if turn % REPLACED == 0:
            server.deploy(jar, jars[which].name)
            time.sleep(1)
        else:
            server.shell(f"felix:update {numbers[which]} file:{jar}")
        if turn % 50 == 0:
            slowest = max(slowest, server.status_seconds())
    tally.stopping = True
    for client in clients:
        client.join()
    notes = [f"{tally.unguarded} unguarded, {tally.missing} times 404, {tally.broken} broken, {tally.unavailable} times 503"]
    if before == 200:
        notes.append("open before the guard was there")
    return Row(f"guard: {options.times} updates of a filter and a handler", tally.asked,
               tally.unguarded + tally.missing + tally.broken, p99(tally.times), slowest, notes=notes)


def is_guarded(port):
    return (http.once(port, "/guarded/secret").status == 401
            and http.once(port, "/guarded/secret", Authorization="yes").status == 200)


class Tally:
    """What the clients have met: each asks with a token and without one in turn."""

    def __init__(self):
        self.stopping = False
        self.lock = threading.Lock()
        self.asked = self.unguarded = self.missing = self.broken = self.unavailable = 0
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
            self.asked += 1
            self.times.append(seconds)
            self.unguarded += status == 200 and not with_token
            self.missing += status == 404
            self.unavailable += status == 503
            self.broken += status not in (200, 401, 404, 503)
