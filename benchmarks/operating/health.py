"""Health, while something is missing and while the server stops."""

import signal

from faulting.server import until

from .server import Server, ask

DELAY = 20  # seconds


def run(pollux, report):
    with Server(pollux, **{"pollux.samples.plaintext.requires": "guard"}) as server:
        lives, (ready, _, text) = server.get("/health/live", token=None)[0], server.get("/health/ready")
        report.look("live: 200 while a filter is missing", lives == 200, lives)
        report.look("ready: 503 while a required filter is missing", ready == 503, text)
        code, text = server.run("health")
        report.look("pollux health: 1, and it names the filter", code == 1 and "guard" in text, f"{code}: {text}")
    with Server(pollux, **{"pollux.echo.endpoint": "tcp://192.0.2.1:7"}) as server:
        report.look("ready: 503 while an endpoint is not served", server.get("/health/ready", token=None)[0] == 503)
        code, text = server.run("health")
        report.look("pollux health names the endpoint", code == 1 and "192.0.2.1" in text, f"{code}: {text}")
    with Server(pollux, **{"pollux.runtime.stopDelay": DELAY, "pollux.health.ready": "/health/ready"}) as server:
        port = server.port("protocol-http")
        until("it is ready", lambda: server.get("/health/ready", token=None)[0] == 200)
        report.look("the public port has its path", ask(port, "/health/ready", token=None)[0] == 200)
        server.process.send_signal(signal.SIGTERM)
        until("it is not ready any more", lambda: server.get("/health/ready", token=None)[0] == 503)
        report.look("503 before the listeners close", (ask(port, "/health/ready", token=None)[0], ask(port, "/plaintext")[0]) == (503, 200))
        report.look("live: 200 meanwhile", server.get("/health/live", token=None)[0] == 200)
        code, text = server.run("health")
        report.look("pollux health: 4 while it stops", code == 4, f"{code}: {text}")
        until("the listener is closed", lambda: ask(port, "/plaintext")[0] == 0)
