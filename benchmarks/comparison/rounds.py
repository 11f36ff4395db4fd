"""Warm-up, and turns: one load on one server, measured."""

import random
import time
from dataclasses import dataclass

from comparison.measure import Usage, resident_bytes

WARM_UP_SLICE = 3
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
    resident: int
    requests: int


def take_turn(server, load, seconds, options):
    time.sleep(SETTLE_SECONDS)
    begun = time.monotonic()
    before = Usage.of(server, options.server_core)
    seen = load.run(server, seconds, options.load_core)
    used = Usage.of(server, options.server_core).since(before)
    micros = (time.monotonic() - begun) * 1_000_000
    requests = seen["requests"]
    cpu = used.user + used.system
    return Turn(
        server=server.name, load=load.name,
        cpu=cpu / requests, user=used.user / requests, system=used.system / requests, working=used.working / requests,
        busy=cpu / micros, others=(used.core - cpu) / micros,
        throughput=requests * 1_000_000 / seen["microseconds"],
        p50=seen["p50"], p99=seen["p99"], p999=seen["p99.9"],
        resident=resident_bytes(server.process.pid), requests=requests)


def warm_up(server, load, options, say):
    """Loads until a request costs what it cost before: until then a JVM compiles."""
    least = server.warm_up if options.warm_up is None else options.warm_up
    piece = min(WARM_UP_SLICE, least)
    spent, before = 0, None
    while spent < 4 * least:
        turn = take_turn(server, load, piece, options)
        spent += piece
        if spent >= least and before is not None and abs(turn.cpu / before - 1) < STEADY:
            return
        before = turn.cpu
    if least > 0:
        say(f"{server.name}, {load.name}: not steady after {spent} s, and measured all the same")


def run_rounds(servers, loads, options, say):
    """Every server gets every load once in each round, in an order of the round's own."""
    order = random.Random(options.seed)
    for load in loads:
        for server in servers:
            say(f"warming up: {server.name}, {load.name}")
            warm_up(server, load, options, say)
    turns = []
    for number in range(1, options.rounds + 1):
        for load in loads:
            for server in order.sample(servers, len(servers)):
                turn = take_turn(server, load, options.seconds, options)
                say(f"round {number} of {options.rounds}: {server.name}, {load.name}: {turn.cpu:.2f} us a request")
                turns.append(turn)
    return turns
