"""Random changes of every bundle, by seed, under load; at the end the server must be as it was."""

import random
import re
import time

from swapping.clients import Clients
from swapping.server import Failed

from . import clients
from .server import grown

ACTIONS = ("stop", "start", "update", "refresh")

# Without them nothing can be told to the server: they are updated and refreshed, but not stopped. Of the backends one must poll.
NEEDED = re.compile(r"org\.apache\.felix\.(gogo|scr|configadmin|metatype|framework)|org\.osgi\.|slf4j|ops4j|"
                    r"org\.pollux\.(protocol-shell|reactor-nio|reactor-api|reactor-runtime|launcher|admin-config|distribution)")


def run(server, seed, steps):
    """Whether it is well: prints what was done, and what differs."""
    rng = random.Random(seed)
    _walk(server, random.Random(seed + 1), max(5, steps // 10))
    before, left = _state(server), server.left()
    http, secure_http, echo, secure_echo, capitals = server.ports
    loads = [Clients(clients.http, (http, secure_http), 8), Clients(clients.lasting, (echo, secure_echo, capitals), 8)]
    start = time.monotonic()
    try:
        done = _walk(server, rng, steps)
    finally:
        results = [load.stop() for load in loads]
    after, left_after = _state(server), server.left()
    wrong = sum(result["wrong"] + result["unguarded"] for result in results)
    faults = [fault for result in results for fault in result["faults"]][:3]
    differs = [f"{what}: {before[what]} before, {after[what]} after" for what in before if before[what] != after[what]]
    more = [f"{what} {left[what]}, {left_after[what]}" for what in grown(left, left_after)]
    print(f"seed {seed}: {sum(done.values())} steps in {time.monotonic() - start:.0f} s ("
          + ", ".join(f"{number} {action}" for action, number in done.items())
          + f"); {results[0].get('requests', 0):,} requests and {results[1].get('exchanges', 0):,} exchanges, {wrong} wrong or unguarded; "
          + ("; ".join(differs + more + faults) or "it is as it was; nothing is left behind")
          + f"; resident MB {left['resident MB']}, {left_after['resident MB']}")
    return not (differs or more or faults or wrong)


def _walk(server, rng, steps):
    done, told = dict.fromkeys(ACTIONS, 0), []
    for _ in range(steps):
        try:
            bundles = _reached(server)
        except Failed as e:
            raise Failed("\n".join([f"{e}, after:", *told[-5:], *server.log().splitlines()[-40:], server.jcmd("Thread.print")])) from e
        name = rng.choice(sorted(name for name, (number, _) in bundles.items() if number > 0))
        number, state = bundles[name]
        action = rng.choice(ACTIONS)
        if action == "start" or state != "Active" or (action == "stop" and NEEDED.match(name)):
            action = "update" if state == "Active" else "start"
        _tell(server, f"felix:{action} {number}")
        told.append(f"  {action} of {name}")
        done[action] += 1
        time.sleep(rng.random() / 10)
    # An update alone leaves the users of a bundle with its former version, and Gogo keeps each version of SCR that has ended. Without
    # numbers the command fails with a NullPointerException (Gogo 1.1.2).
    _tell(server, "felix:refresh " + " ".join(str(number) for number, _ in _reached(server).values() if number > 0))
    time.sleep(5)  # it is done by a thread of the framework
    deadline = time.monotonic() + 60
    while stopped := [number for number, state in _reached(server).values() if state != "Active"]:
        for number in stopped:
            _tell(server, f"felix:start {number}")  # one that needs another comes in a later round
        if time.monotonic() > deadline:
            raise Failed(f"the bundles {stopped} do not start within 60 s")
    server.settle()
    return done


def _tell(server, command):
    """It may fail: a bundle may need one that was stopped, and the shell itself may go."""
    try:
        server.shell(command)
    except (OSError, Failed):
        pass


def _reached(server):
    """The bundles, as soon as the shell is there."""
    deadline = time.monotonic() + 60
    while True:
        try:
            found = server.bundles()
            if found:
                return found
        except (OSError, Failed):
            pass
        if time.monotonic() > deadline:
            raise Failed("the shell does not come back within 60 s")
        time.sleep(0.1)


def _state(server):
    """What people see: bundles, backend, endpoints, routes, faults."""
    server.settle()
    endpoints = re.findall(r"^(\S+://\S+)\s+(\w+)\s+\d+\s+\d+\s+(.*)$", server.shell("pollux:status"), re.MULTILINE)
    return {"bundles": {name: state for name, (_, state) in server.bundles().items()}, "backend": server.polls(),
            "endpoints": sorted(endpoints), "routes": sorted(server.shell("pollux:routes").splitlines()), "faults": server.faults()}
