"""Warm-up, and turns: one load on one server, measured."""

import random
import statistics
import time
from contextlib import contextmanager
from dataclasses import dataclass

from comparison.loads import LoadFailed
from comparison.measure import MICROS_PER_TICK, Usage, allocated_bytes, await_rest, resident_bytes

WARM_UP_SLICE = 3
MOST_WARM_UP = 2
WARMED_SHARE = 4  # a server that had another load needs so many times less
STEADY = 0.05
SETTLE_SECONDS = 0.3


@dataclass(frozen=True)
class Turn:
    """A turn's figures; times per request are CPU time in microseconds."""

    server: str
    load: str
    cpu: float
    user: float
    system: float
    working: float
    busy: float  # the server's CPU time as a share of the turn
    others: float  # the CPU time of all else on the server's core, as a share of the turn
    throughput: float
    p50: int | None  # latencies, in microseconds
    p99: int | None
    p999: int | None
    allocated: float | None  # bytes per request, in the heap of a JVM
    resident: int
    requests: int


def take_turn(server, load, seconds, options):
    if server.process.poll() is not None:
        raise LoadFailed(f"it has ended with status {server.process.returncode}: {server.last_words()}")
    time.sleep(SETTLE_SECONDS)
    try:
        with load.surroundings(server), load.prepared(server, seconds, options.load_core) as run:
            return _turn(server, load, run, options)
    finally:
        if load.idle:
            await_rest(server.process.pid)


def _turn(server, load, run, options):
    begun = time.monotonic()
    allocated_before = allocated_bytes(server.allocations)
    before = Usage.of(server, options.server_core)
    seen = run()
    used = Usage.of(server, options.server_core).since(before)
    micros = (time.monotonic() - begun) * 1_000_000
    allocated = allocated_bytes(server.allocations)
    requests = seen["requests"]
    cpu = max(used.user + used.system, MICROS_PER_TICK / 2)  # less cannot be seen
    return Turn(
        server=server.name, load=load.name,
        cpu=cpu / requests, user=used.user / requests, system=used.system / requests, working=used.working / requests,
        busy=cpu / micros, others=(used.core - cpu) / micros,
        throughput=requests * 1_000_000 / seen["microseconds"],
        p50=seen["p50"], p99=seen["p99"], p999=seen["p99.9"],
        allocated=None if allocated is None else (allocated - allocated_before) / requests,
        resident=resident_bytes(server.process.pid), requests=requests)


def warm_up(server, load, least, options, say):
    """Loads until a request costs what it cost before, twice the time at most: until then a JVM compiles."""
    piece = max(1, min(WARM_UP_SLICE, least // 2))
    spent, before = 0, None
    while spent < MOST_WARM_UP * least:
        turn = take_turn(server, load, piece, options)
        spent += piece
        if spent >= least and before is not None and abs(turn.cpu / before - 1) < STEADY:
            return
        before = turn.cpu
    if least > 1:
        say(f"{server.name}, {load.name}: not steady after {spent} s, and measured all the same")


class Rounds:
    """Every server gets every load once in each round, in an order of the round's own."""

    def __init__(self, servers, loads, options, say):
        self.servers = servers
        self.loads = loads
        self.options = options
        self.say = say
        self.turns = []
        self.left_out = {}  # why, by server and load
        self.failed = False

    def run(self):
        for server in self.servers:
            self._warm_up(server)
        order = random.Random(self.options.seed)
        for number in range(1, self.options.rounds + 1):
            for load in self.loads:
                for server in order.sample(self.servers, len(self.servers)):
                    self._turn(number, server, load)
                self._say_row(load)

    def _say_row(self, load):
        """What is known until now, because a run is long."""
        costs = {}
        for turn in self.turns:
            if turn.load == load.name:
                costs.setdefault(turn.server, []).append(turn.cpu)
        row = ", ".join(f"{server} {statistics.median(cpu):.2f}" for server, cpu in costs.items())
        self.say(f"{load.name}, us a request: {row or 'nothing was measured'}")

    def _warm_up(self, server):
        warmed = False
        for load in self.loads:
            if load.name in server.cannot:
                self.left_out[server.name, load.name] = server.cannot[load.name]
                continue
            if load.speaks not in server.speaks:
                self.left_out[server.name, load.name] = f"it does not speak {load.speaks} here"
                continue
            least = server.warm_up if self.options.warm_up is None else self.options.warm_up
            if warmed:
                least = 0 if load.idle else -(-least // WARMED_SHARE)
            self.say(f"warming up: {server.name}, {load.name}")
            with self._guarded(server, load):
                load.probe(server)
                warm_up(server, load, least, self.options, self.say)
                warmed = True

    def _turn(self, number, server, load):
        if (server.name, load.name) in self.left_out:
            return
        with self._guarded(server, load):
            turn = take_turn(server, load, self.options.seconds, self.options)
            self.say(f"round {number} of {self.options.rounds}: {server.name}, {load.name}: {turn.cpu:.2f} us a request")
            self.turns.append(turn)

    @contextmanager
    def _guarded(self, server, load):
        """A server that fails under a load is out of it, with all that was measured of it there."""
        try:
            yield
        except LoadFailed as e:
            self.say(f"{server.name} is left out of {load.name}: {e}")
            self.left_out[server.name, load.name] = str(e)
            self.failed = True
            self.turns = [one for one in self.turns if (one.server, one.load) != (server.name, load.name)]
