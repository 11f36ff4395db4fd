"""The loads of TLS: those of wrk for large bodies, and those of the client in C, which opens its connections before it is measured."""

import json
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass

from comparison import loads
from comparison.loads import Load, LoadFailed
from comparison.servers import FLOOR

CLIENT = FLOOR / "target" / "client"
AT_ONCE = 8


class Client:
    """The client in C at work; README.md says what it does. A context manager."""

    def __init__(self, port, kind, core, connections=AT_ONCE, seconds=0, count=0, rate=0):
        words = ["taskset", "-c", core, CLIENT, port, kind, connections, seconds, count, rate]
        self.process = subprocess.Popen([str(word) for word in words], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)

    def await_ready(self):
        """Until its connections are open."""
        if self.process.stdout.readline() != "ready\n":
            self.result()

    def go(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.result()

    def result(self):
        """What it has done, at its end: requests, microseconds, latencies by percentile."""
        output, errors = self.process.communicate()
        if self.process.returncode != 0:
            raise LoadFailed(f"a client of TLS failed: {output}{errors[:400]}")
        return json.loads(output)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


@dataclass(frozen=True)
class OfClient(Load):
    """A load of the client in C."""

    kind: str = "kept"

    @contextmanager
    def prepared(self, server, seconds, core):
        with Client(server.port, self.kind, core, self.connections, seconds) as client:
            if self.kind == "kept":
                client.await_ready()
            yield client.go if self.kind == "kept" else client.result


loads.NAMED.update({one.name: one for one in (
    OfClient("small-64", "Small requests on 64 connections", 64),
    OfClient("small-1024", "Small requests on 1,024 connections", 1024),
    OfClient("full", f"A full handshake for each request, {AT_ONCE} at once", AT_ONCE, kind="full"),
    OfClient("resumed", f"A resumed handshake for each request, {AT_ONCE} at once", AT_ONCE, kind="resumed"))})

STANDARD = ["small-64", "small-1024", "1m", "upload", "full", "resumed"]
