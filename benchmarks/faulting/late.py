"""Handlers that go on with their Request and Response after the response, while others are served on the same loop."""

import time

from . import http
from .bundles import Bundles
from .report import Row, p99
from .server import Server

VICTIMS = 200


def run(options):
    with Server(options, loops=1) as server:
        bundles = Bundles(server)
        server.install(bundles.make("Late", "HttpHandler", path="/late/*"))
        server.install(bundles.make("Victim", "HttpHandler", path="/victim"))
        port = server.port("protocol-http")
        leaks, times = 0, []
        for number in range(VICTIMS):
            with http.Client(port) as guilty, http.Client(port) as victim:
                ask_quietly(guilty, f"guilty-{number}")
                ok, seconds = http.timed(lambda: is_untouched(victim, f"victim-{number}"))
                leaks += not ok
                times.append(seconds)
        time.sleep(0.1)  # the last of them have ended
        read, threw, foreign, unchanged = http.once(port, "/late/report").body.decode().split()
        return [Row("late: 200 requests beside handlers that use what they kept", VICTIMS, leaks + int(foreign),
                    p99(times), server.status_seconds(),
                    notes=[f"{read} late calls, {threw} refused, {unchanged} without effect, {foreign} read another's"])]


def ask_quietly(client, token):
    """What becomes of the guilty handler's own response is its affair."""
    try:
        client.get("/late", Authorization=token)
    except (OSError, http.Broken, ValueError):
        pass


def is_untouched(client, token):
    """Whether the response is the one to this request, and nothing of another's is in it."""
    try:
        response = client.get("/victim", Authorization=token)
    except (OSError, http.Broken, ValueError):
        return False
    return response.status == 200 and response.body == token.encode() and "set-cookie" not in response.fields
