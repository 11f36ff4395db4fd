"""Loads over HTTP/2, made by h2load."""

import re
import subprocess
from dataclasses import dataclass
from typing import ClassVar

from comparison.loads import MEBIBYTE, Load, LoadFailed

FAULTS = ("failed", "errored", "timeout")
PATIENCE = 15  # seconds beyond its own: h2load 1.52 may wait for ever when its time is over before its connections are open


@dataclass(frozen=True)
class Http2Load(Load):
    """So many connections, each with `pipelined` streams at once."""

    speaks: ClassVar[str] = "h2"

    def url(self, server):
        return server.h2_url(self.path)

    def probe(self, server):
        seen = self._h2load(server, ["-n", "1", "-c", "1"], core=None)
        if seen["bytes"] < len(self.answer):
            raise LoadFailed(f"{self.path} was answered with {seen['bytes']} bytes, and not {len(self.answer)}")

    def run(self, server, seconds, core):
        seen = self._h2load(server, ["-D", str(seconds), "-c", str(self.connections), "-m", str(self.pipelined)], core, seconds)
        return {"requests": seen["succeeded"], "microseconds": seconds * 1_000_000} | dict.fromkeys(("p50", "p99", "p99.9"))

    def _h2load(self, server, words, core, seconds=0):
        pinned = [] if core is None else ["taskset", "-c", str(core)]
        windows = ["-w", "24", "-W", "24"]  # 16 MiB, so that the server is what is slow
        try:
            done = subprocess.run([*pinned, "h2load", "-t", "1", *windows, *words, self.url(server)],
                                  capture_output=True, text=True, timeout=PATIENCE + seconds)
        except subprocess.TimeoutExpired as e:
            raise LoadFailed(f"h2load did not end within {PATIENCE + seconds} s") from e
        requests = re.search(r"^requests: (.*)$", done.stdout, re.MULTILINE)
        traffic = re.search(r"\((\d+)\) data$", done.stdout, re.MULTILINE)
        if done.returncode != 0 or not requests or not traffic:
            raise LoadFailed(f"h2load failed:\n{done.stdout}{done.stderr}")
        seen = {name: int(count) for count, name in re.findall(r"(\d+) (\w+)", requests[1])}
        if any(seen[fault] for fault in FAULTS) or seen["succeeded"] == 0:
            raise LoadFailed(f"not every request was answered well: {requests[1]}")
        return seen | {"bytes": int(traffic[1])}


@dataclass(frozen=True)
class SecureHttp2Load(Http2Load):
    speaks: ClassVar[str] = "h2 over TLS"

    def url(self, server):
        return server.h2_tls_url(self.path)


def _loads(kind, prefix, version):
    return (
        kind(f"{prefix}-64x10", f"{version}, 64 connections with 10 streams each", 64, 10),
        kind(f"{prefix}-64x100", f"{version}, 64 connections with 100 streams each", 64, 100),
        kind(f"{prefix}-1m", f"Responses of 1 MiB by {version}, 16 connections", 16, path=f"/bytes/{MEBIBYTE}", answer=bytes(MEBIBYTE)),
    )


LOADS = _loads(Http2Load, "h2", "HTTP/2") + _loads(SecureHttp2Load, "h2s", "HTTP/2 over TLS")
