"""The process is stopped for a while in the middle of an update, as by SIGSTOP or a suspended machine: no endpoint may close."""

import os
import signal
import threading
import time

from . import http
from .report import Row, p99
from .server import Server

UPDATES = 8
PAUSE = 1.4  # seconds
CLIENTS = 4


def run(options):
    with Server(options) as server:
        bundle = server.bundle("org.pollux.protocol-http")
        load = Load(server.port("protocol-http"))
        with load:
            for number in range(UPDATES):
                update = threading.Thread(target=server.shell, args=(f"felix:update {bundle}",))
                update.start()
                time.sleep(0.04 * (number + 1))
                stop(server.java_pid())
                update.join()
                time.sleep(1)
        return [Row(f"stopped: {UPDATES} updates of protocol-http, the process paused for {PAUSE} s in each",
                    len(load.times), load.bad, p99(load.times), server.status_seconds())]


def stop(pid):
    os.kill(pid, signal.SIGSTOP)
    time.sleep(PAUSE)
    os.kill(pid, signal.SIGCONT)


class Load:
    """Clients that open a connection for each request, while the block runs."""

    def __init__(self, port):
        self.port = port
        self.bad, self.times = 0, []
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=self._request_on) for _ in range(CLIENTS)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()

    def __exit__(self, *_):
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def _request_on(self):
        while not self.ended.is_set():
            ok, seconds = http.timed(self._request)
            self.bad += not ok
            self.times.append(seconds)

    def _request(self):
        try:
            return http.once(self.port, "/plaintext", 10).body == b"Hello, World!"
        except (OSError, http.Broken, ValueError):
            return False
