"""A handler that holds up an event loop: what has nothing to do with it goes on."""

import socket
import threading
import time

from . import http
from .bundles import Bundles
from .report import Row, p99
from .server import Server

NOTICED = 1.5  # seconds after which the server knows: the watch tells within one


def run(options):
    return [hold(options, how) for how in ("sleeps", "spins")]


def hold(options, how):
    with Server(options, loops=options.loops) as server:
        bundles = Bundles(server)
        number = server.install(bundles.make("Held", "HttpHandler", path="/held/*"))
        http_port, echo_port = server.port("protocol-http"), server.port("protocol-echo")
        guilty = threading.Thread(target=ask_quietly, args=(http_port, f"/held/{how}/{options.seconds + 5:.0f}"))
        guilty.start()
        time.sleep(NOTICED)
        seconds = options.seconds - NOTICED
        clients = [Repeated(lambda: echo(echo_port), seconds), Repeated(lambda: plain(http_port), seconds)]
        status = max(server.status_seconds() for _ in range(3))
        notes = [line.strip("! ")[:100] for line in server.faults()[:1]] or ["status says nothing of it"]
        for client in clients:
            client.join()
        start = time.monotonic()
        try:
            server.shell(f"felix:stop {number}")
        except (OSError, Exception) as e:  # told, and not the end of it
            notes.append(f"stop: {str(e).strip()[:60]}")
        notes.append(f"stop of the bundle {time.monotonic() - start:.1f} s")
        guilty.join()
        times = [taken for client in clients for taken in client.times]
        return Row(f"held: a handler {how} on a loop of {options.loops}; new connections of echo and HTTP",
                   len(times), sum(client.bad for client in clients),
                   p99(times), status, p99_counts=True, notes=notes)


def ask_quietly(port, path):
    try:
        http.once(port, path, timeout=60)
    except (OSError, http.Broken, ValueError):
        pass  # it may be given up


class Repeated(threading.Thread):
    """Does something again and again for some time; how long each took."""

    def __init__(self, action, seconds):
        super().__init__()
        self.action = action
        self.end = time.monotonic() + seconds
        self.times = []
        self.bad = 0
        self.start()

    def run(self):
        while time.monotonic() < self.end:
            start = time.monotonic()
            try:
                self.action()
            except (OSError, http.Broken, ValueError, AssertionError):
                self.bad += 1
            self.times.append(time.monotonic() - start)
            time.sleep(0.005)


def echo(port):
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(b"x")
        if connection.recv(1) != b"x":
            raise AssertionError("a wrong byte")


def plain(port):
    if http.once(port, "/plaintext", 5).body != b"Hello, World!":
        raise AssertionError("a wrong response")
