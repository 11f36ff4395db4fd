"""The loads that the servers get, made by wrk: what is asked for, on how many connections, how many at once."""

import json
import re
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from comparison.idle import NotIdle, idle_connections

SCRIPT = Path(__file__).resolve().parent / "load.lua"
MEBIBYTE = 1 << 20


class LoadFailed(Exception):
    """Not every request was answered as it should be."""


@dataclass(frozen=True)
class Load:
    name: str
    heading: str
    connections: int
    pipelined: int = 1
    path: str = "/plaintext"
    answer: bytes = b"Hello, World!"
    body: int = 0  # bytes sent with each request, by POST
    close: bool = False  # a connection for each request
    idle: int = 0  # more connections, which do nothing

    speaks: ClassVar[str] = "http/1.1"  # what a server must speak to take part

    @property
    def method(self):
        return "POST" if self.body else "GET"

    def probe(self, server):
        """Asks once for what the load asks for."""
        try:
            with server.ask(self.path, b"x" * self.body if self.body else None) as answer:
                body = answer.read()
                date = answer.headers["Date"]
        except OSError as e:
            raise LoadFailed(f"{self.method} {self.path}: {e}") from e
        if body != self.answer or not date:
            raise LoadFailed(f"{self.method} {self.path} was answered with {len(body)} bytes, {body[:40]!r}, Date: {date}")

    @contextmanager
    def surroundings(self, server):
        """What must be there while the load runs."""
        if self.idle == 0:
            yield
            return
        try:
            with idle_connections(server.port, self.idle):
                yield
        except NotIdle as e:
            raise LoadFailed(str(e)) from e

    @contextmanager
    def prepared(self, server, seconds, core):
        """All that comes before what is measured; what is called to `run` the load."""
        yield lambda: self.run(server, seconds, core)

    def run(self, server, seconds, core):
        """Loads a server, and returns what wrk has seen: requests, microseconds, latencies by percentile.

        Latencies are None when requests are pipelined: wrk's correction of them takes the time between two answers for
        that between two sendings.
        """
        words = ["taskset", "-c", str(core), "wrk", "-t1", f"-c{self.connections}", f"-d{seconds}s", "--timeout", "5s",
                 "-s", str(SCRIPT), server.url(self.path), "--", str(self.pipelined), self.method, str(self.body),
                 "close" if self.close else "keep"]
        done = subprocess.run(words, capture_output=True, text=True)
        line = done.stdout.strip().rpartition("\n")[2]
        if done.returncode != 0 or not line.startswith("{"):
            raise LoadFailed(f"wrk failed:\n{done.stdout}{done.stderr}")
        seen = json.loads(line)
        if any(seen["errors"].values()) or seen["requests"] == 0:
            raise LoadFailed(f"not every request was answered well: {seen}")
        if self.pipelined > 1:
            seen.update(dict.fromkeys(("p50", "p99", "p99.9")))
        return seen


def _by_numbers(name):
    parts = re.fullmatch(r"([1-9]\d*)(?:x([1-9]\d*))?", name)
    if parts is None:
        raise ValueError(f"'{name}' is no load: CONNECTIONS, CONNECTIONSxPIPELINED, or one of {', '.join(NAMED)}")
    connections, pipelined = int(parts[1]), int(parts[2] or 1)
    heading = "1 connection" if connections == 1 else f"{connections:,} connections"
    return Load(name, heading + (f", pipelined by {pipelined}" if pipelined > 1 else ""), connections, pipelined)


NAMED = {one.name: one for one in (
    Load("json", "JSON, 64 connections", 64, path="/json", answer=b'{"message":"Hello, World!"}'),
    Load("new", "A new connection for each request, 64 at once", 64, close=True),
    Load("1m", "Responses of 1 MiB, 16 connections", 16, path=f"/bytes/{MEBIBYTE}", answer=bytes(MEBIBYTE)),
    Load("upload", "Uploads of 1 MiB, 16 connections", 16, path="/upload", answer=str(MEBIBYTE).encode(), body=MEBIBYTE),
    Load("idle", "64 connections beside 9,000 idle ones", 64, idle=9000),
)}

STANDARD = ["1", "64", "1024", "64x16", *NAMED]  # those last that a server needs longest to recover from


def add(loads):
    """More named loads, made by another program than wrk."""
    NAMED.update({one.name: one for one in loads})


def load(name):
    """The load of that name: a named one, or "64", or "64x16" when 16 requests are sent at once."""
    return NAMED.get(name) or _by_numbers(name)
