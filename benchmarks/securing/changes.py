"""Swaps of the backend, exchanges of the engine and renewals of the certificate, in an order by seed, under checked streams."""

import random
import ssl
import statistics
import time

from securing import certificates
from securing.leaks import port_of
from swapping import clients
from swapping.clients import Clients
from swapping.server import Failed, Server

STREAMS = 200
ANY = "tls://127.0.0.1:0"
PATIENCE = 30  # seconds
AIM = 2  # seconds, of a renewal


def run(options, say):
    """Whether nobody noticed anything."""
    swaps = options.times or 200
    others = max(1, swaps // 4)
    settings = {"pollux.http.endpoint": ANY, "pollux.echo.endpoint": ANY, "pollux.tls.engine": "openssl",
                "pollux.tls.handshakeTimeout": 120}  # a hundred clients begin at once, on a JVM that is cold
    with Server(options.pollux, options.backend, 2, "-Xms256m -Xmx256m", settings=settings) as server:
        server.shell("pollux:tls self-signed localhost")
        echo, http = port_of(server, "protocol-echo"), port_of(server, "protocol-http")
        world = _World(server, http, options.backend)
        steps = [world.swap] * swaps + [world.exchange] * others + [world.update] * others + [world.renew] * others
        random.Random(options.seed).shuffle(steps)
        loads = [Clients(clients.streams, echo, STREAMS // 2, True)]  # on OpenSSL
        world.exchange()
        loads += [Clients(clients.streams, echo, STREAMS // 2, True), Clients(clients.http, http, 20, True)]
        say(f"{len(steps)} changes under {STREAMS} checked streams")
        begun = time.monotonic()
        try:
            for step in steps:
                step()
        finally:
            results = [load.stop() for load in loads]
        return _told(world, results, time.monotonic() - begun, swaps, others)


def _told(world, results, seconds, swaps, others):
    faults = [fault for result in results for fault in result["faults"]]
    print(f"{swaps} swaps of the backend, {others} exchanges of the engine, {others} updates of OpenSSL's bundle and {others} renewals "
          f"in {seconds:.0f} s")
    for result in results:
        for what, much in result.items():
            if what != "faults":
                print(f"  {much:,} {what}")
    print(f"  longest pause of a swap: median {statistics.median(world.pauses):.1f} ms, most {max(world.pauses):.1f} ms")
    print(f"  a renewed certificate served within {statistics.median(world.renewals):.1f} s, at most {max(world.renewals):.1f} s")
    print(f"  {len(faults)} clients noticed something" + "".join(f"\n    {fault}" for fault in faults[:10]))
    if max(world.renewals) > AIM:
        print(f"  a renewal took more than {AIM} s")
    return not faults


class _World:
    """What is changed."""

    def __init__(self, server, port, backend):
        self.server = server
        self.port = port
        self.backends = [backend, "nio"] if backend != "nio" else ["nio", "libevent"]
        self.engine = "openssl"
        self.pauses = []
        self.renewals = []

    def swap(self):
        self.backends.reverse()
        self.pauses.append(self.server.swap(self.backends[0])[1])

    def exchange(self):
        """An engine whose bundle was just updated is there a moment later."""
        self.engine = "jsse" if self.engine == "openssl" else "openssl"
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                self.server.shell(f"pollux:tls {self.engine}")
                return
            except Failed:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)

    def update(self):
        """JSSE's bundle is not updated: its connections would drain."""
        self.server.shell(f"felix:update {self.server.bundle('org.pollux.reactor-tls-openssl')}")

    def renew(self):
        file = certificates.make(self.server.folder / "home" / "conf" / "tls" / "localhost.pem")
        renewed = ssl.PEM_cert_to_DER_cert(_certificate(file.read_text()))
        begun = time.monotonic()
        while ssl.PEM_cert_to_DER_cert(ssl.get_server_certificate(("127.0.0.1", self.port), timeout=PATIENCE)) != renewed:
            if time.monotonic() > begun + PATIENCE:
                raise Failed(f"the renewed certificate does not serve within {PATIENCE} s")
            time.sleep(0.02)
        self.renewals.append(time.monotonic() - begun)


def _certificate(pem):
    begin = pem.index("-----BEGIN CERTIFICATE-----")
    return pem[begin:]
