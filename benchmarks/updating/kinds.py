"""Each kind of bundle, updated or refreshed again and again under load: a row of the table."""

import time
from dataclasses import dataclass

from faulting.bundles import SYMBOLIC_NAME
from swapping.clients import Clients

from . import clients
from .server import grown

POLLUX = "org.pollux."
ECHOES = 20


@dataclass(frozen=True)
class Kind:
    """
    A kind of change.

    keeps: nothing may be refused or cut; otherwise the numbers are shown and not judged
    """

    bundle: str
    action: str = "update"
    keeps: bool = True


KINDS = {
    "http": Kind(POLLUX + "protocol-http"),
    "echo": Kind(POLLUX + "protocol-echo"),
    "protocol": Kind(POLLUX + "samples-protocol"),
    "handler": Kind(SYMBOLIC_NAME + "Secret"),
    "filter": Kind(SYMBOLIC_NAME + "Guard"),
    "tls": Kind(POLLUX + "reactor-tls-openssl"),
    "backend": Kind(POLLUX + "reactor-libevent"),
    "http-api": Kind(POLLUX + "protocol-http-api", "refresh"),
    "reactor-api": Kind(POLLUX + "reactor-api", "refresh", keeps=False),
}


@dataclass
class Row:
    kind: str
    times: int
    http: dict
    lasting: dict
    adopted: int
    before: dict
    after: dict
    seconds: float

    def faults(self):
        found = [f"{self.http['unguarded']} unguarded"] * (self.http["unguarded"] > 0)
        found += [f"{self.http['wrong'] + self.lasting['wrong']} wrong"] * (self.http["wrong"] + self.lasting["wrong"] > 0)
        found += [f"{tally['late']} late" for tally in (self.http, self.lasting) if tally["late"]]
        if KINDS[self.kind].keeps:
            found += [f"{tally[what]} {what}" for tally in (self.http, self.lasting) for what in ("refused", "cut") if tally[what]]
            found += [f"{self.http['missing']} times 404"] * (self.http["missing"] > 0)
        found += self.http["faults"][:3] + self.lasting["faults"][:3]
        return found + [f"more {what} ({self.before[what]}, {self.after[what]})" for what in grown(self.before, self.after)]


def run(server, name, times, warm_up=None):
    """Updates one kind of bundle so many times. Before that a tenth unless told otherwise, for the JVM to reach its size."""
    kind = KINDS[name]
    first = max(2, times // 10) if warm_up is None else warm_up
    if first:
        _under_load(server, kind, first)
    before = server.left()
    start, adopted = time.monotonic(), server.adopted()
    http, lasting = _under_load(server, kind, times)
    adopted = server.adopted() - adopted
    return Row(name, times, http, lasting, adopted, before, server.left(), time.monotonic() - start)


def _under_load(server, kind, times):
    http, secure_http, echo, secure_echo, capitals = server.ports
    loads = [Clients(clients.http, (http, secure_http), 16), Clients(clients.lasting, (echo, secure_echo, capitals), ECHOES)]
    try:
        for _ in range(times):
            server.shell(f"felix:{kind.action} {server.bundles()[kind.bundle][0]}")
            server.settle()
            time.sleep(0.05)
    finally:
        results = [load.stop() for load in loads]
    return results


HEAD = ("| change | times | requests | refused | cut | late | unguarded | asked again | 503 | bytes checked on | of these cut | adopted |"
        " left behind | verdict |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|---|")


def line(row):
    """A line of the table."""
    kind, http, lasting = KINDS[row.kind], row.http, row.lasting
    left = ", ".join(f"{what} {row.before[what]} {row.after[what]}" for what in row.before)
    verdict = "; ".join(row.faults()) or ("well" if kind.keeps else "well, connections end")
    return (f"| {kind.action} of `{kind.bundle}` | {row.times} | {http.get('requests', 0):,} | {http['refused']:,} | {http['cut']:,} | {http['late'] + lasting['late']:,}"
            f" | {http['unguarded']} | {http['asked again']:,} | {http['unavailable']:,} | {lasting.get('exchanges', 0):,} exchanges"
            f" | {lasting['cut']:,} | {row.adopted:,} | {left} | {' '.join(verdict.split())[:400]} |")
