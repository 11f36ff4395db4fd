"""The loads that the servers get, made by wrk: so many connections, and how many requests each sends at once."""

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(__file__).resolve().parent / "load.lua"


class LoadFailed(Exception):
    """Not every request was answered as it should be."""


@dataclass(frozen=True)
class Load:
    name: str
    connections: int
    pipelined: int = 1

    def run(self, server, seconds, core):
        """Loads a server, and returns what wrk has seen: requests, microseconds, latencies by percentile.

        Latencies are None when requests are pipelined: wrk's correction of them takes the time between two answers for
        that between two sendings.
        """
        words = ["taskset", "-c", str(core), "wrk", "-t1", f"-c{self.connections}", f"-d{seconds}s", "--timeout", "5s",
                 "-s", str(SCRIPT), server.url, "--", str(self.pipelined)]
        done = subprocess.run(words, capture_output=True, text=True)
        line = done.stdout.strip().rpartition("\n")[2]
        if done.returncode != 0 or not line.startswith("{"):
            raise LoadFailed(f"{server.name}, {self.name}: wrk failed:\n{done.stdout}{done.stderr}")
        seen = json.loads(line)
        if any(seen["errors"].values()) or seen["requests"] == 0:
            raise LoadFailed(f"{server.name}, {self.name}: not every request was answered well: {seen}")
        if self.pipelined > 1:
            seen.update(dict.fromkeys(("p50", "p99", "p99.9")))
        return seen


def load(name):
    """The load of that name: "64", or "64x16" when 16 requests are sent at once."""
    parts = re.fullmatch(r"([1-9]\d*)(?:x([1-9]\d*))?", name)
    if parts is None:
        raise ValueError(f"'{name}' is no load: CONNECTIONS, or CONNECTIONSxPIPELINED")
    return Load(name, int(parts[1]), int(parts[2] or 1))


STANDARD = ["64", "1024", "64x16"]
