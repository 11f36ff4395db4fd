"""A recording while each event of Pollux happens."""

import json
import os
import resource
import socket
import subprocess
import threading
import time

from faulting.bundles import Bundles

from . import clients
from .server import Server

SECONDS = 60  # of the recording: the events need less, and a busy machine more

# the fields that each event has, with a look at their values
EVENTS = {
    "LoopTurn": lambda e: e["eventThread"]["javaName"].startswith("pollux-loop"),
    "CallbackHeldUp": lambda e: "Held" in e["culprit"] and "Held.handle" in json.dumps(e["stack"]) and e["loop"].startswith("pollux-loop"),
    "CallbackReturned": lambda e: "Held" in e["culprit"] and e["lasted"],
    "BackendSwap": lambda e: e["from"] and e["to"] == "nio" and e["sources"] > 0 and e["loops"] > 0 and e["longestPause"],
    "TlsEngineExchange": lambda e: e["to"] == "jsse",
    "BundleChange": lambda e: e["bundle"] == "org.pollux.samples-protocol" and e["version"] and e["change"],
    "AcceptFailed": lambda e: "127.0.0.1" in e["local"] and "Too many open files" in e["failure"],
    "Handshake": lambda e: "127.0.0.1" in e["remote"] and e["stages"] == "TLS",
    "ConnectionOpened": lambda e: e["connection"] > 0 and "127.0.0.1" in e["remote"] and e["local"],
    "ConnectionClosed": lambda e: e["connection"] > 0 and e["cause"] and e["age"] and e["bytesRead"] >= 0,
    "SlowRequest": lambda e: e["method"] == "GET" and e["route"] == "/held/*" and e["status"] == 200,
}


def run(pollux, report):
    with Server(pollux, **{"pollux.http.endpoint": "tcp://127.0.0.1:0, tls://127.0.0.1:0"}) as server:
        server.run("tls", "self-signed", "localhost")
        server.install(Bundles(server).make("Held", "HttpHandler", path="/held/*"))
        port, secured = server.port("protocol-http"), server.port("protocol-http", "tls")
        recorded = []
        recorder = threading.Thread(target=lambda: recorded.append(server.run("record", "--for", f"{SECONDS}s")))
        recorder.start()
        time.sleep(10)  # it has begun
        with clients.Load(port) as load:
            happen(server, port, secured)
        recorder.join()
        status, text = recorded[0]
        report.look("the load was served", load.done > 0 and not load.bad, f"{load.done} served, {load.bad} bad")
        report.look(f"record --for {SECONDS}s", status == 0 and "wrote " in text, text)
        [file] = (server.home / "log").glob("*.jfr")
        report.look("the file is its owner's", file.stat().st_mode & 0o777 == 0o600)
        jfr = os.path.realpath(f"/proc/{server.java_pid()}/exe").replace("/java", "/jfr")
        printed = subprocess.run([jfr, "print", "--json", "--events", "org.pollux.*", file], capture_output=True, text=True, check=True).stdout
        for name, is_right in EVENTS.items():
            events = [event["values"] for event in json.loads(printed)["recording"]["events"] if event["type"] == f"org.pollux.{name}"]
            report.look(f"{name}: {len(events)}", any(matches(is_right, event) for event in events), events[:2])


def matches(is_right, event):
    try:
        return bool(is_right(event))
    except (KeyError, TypeError):
        return False


def happen(server, port, secured):
    """By the socket of the shell, because a command needs a JVM of its own, and the recording ends meanwhile on a busy machine."""
    too_many_files(server, port)
    server.shell("pollux:backend nio")
    server.shell("pollux:tls jsse")
    clients.tls(secured, clients.get("/plaintext"))
    clients.bad_handshake(secured)
    clients.connect(port, clients.get("/held/sleeps/3"))[0].close()
    server.shell(f"pollux:deploy {server.root()}/samples/samples-protocol.jar")
    server.shell("pollux:undeploy samples-protocol")


def too_many_files(server, port):
    """The limit of the process sinks to what is open: accept fails until it is as before."""
    before = resource.prlimit(server.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(server.pid, resource.RLIMIT_NOFILE, (server.descriptors(), before[1]))
    try:
        crowd = [socket.create_connection(("127.0.0.1", port), timeout=60) for _ in range(100)]  # more than there are gaps
        time.sleep(2)
        for client in crowd:
            client.close()
    finally:
        resource.prlimit(server.pid, resource.RLIMIT_NOFILE, before)
