"""The server of the updates: fixed ports, a guarded path, a sample protocol; and what is left of an update."""

import re
import socket
import time

from faulting import server as faulting
from faulting.bundles import Bundles
from swapping.server import Failed

HEAP = "-Xms160m -Xmx160m -XX:+AlwaysPreTouch -XX:NativeMemoryTracking=summary"
GROWTH_KB = 2048  # of native memory, of which the JVM itself takes some


class Server(faulting.Server):
    """With echo and HTTP on TCP and TLS, and the sample `capitals`. A context manager."""

    def __init__(self, options):
        self.ports = free_ports(options.ports, 5)
        http, secure_http, echo, secure_echo, capitals = self.ports
        super().__init__(options, jvm_options=HEAP, **{
            "pollux.http.endpoint": f"tcp://127.0.0.1:{http},tls://127.0.0.1:{secure_http}",
            "pollux.echo.endpoint": f"tcp://127.0.0.1:{echo},tls://127.0.0.1:{secure_echo}",
            "pollux.samples.capitals.endpoint": f"tcp://127.0.0.1:{capitals}",
            "pollux.http.require": "guard at /guarded/*"})

    def prepare(self):
        """Certificates, the sample, the guard and what it guards."""
        self.shell("pollux:tls self-signed localhost")
        self.install(next(self.root().glob("samples/samples-protocol*.jar")))
        bundles = Bundles(self)
        for name, service, properties in (("Guard", "HttpFilter", {"path": "/guarded/*", "name": "guard"}),
                                          ("Secret", "HttpHandler", {"path": "/guarded/secret"})):
            self.install(bundles.make(name, service, **properties))
        self.settle()

    def settle(self, seconds=60):
        """Waits until all five endpoints are open and nothing is wrong."""
        deadline = time.monotonic() + seconds
        while not self._is_settled():
            if time.monotonic() > deadline:
                raise Failed(f"not settled within {seconds} s:\n{self.shell('pollux:status')}")
            time.sleep(0.02)

    def _is_settled(self):
        try:
            status = self.shell("pollux:status")
        except (OSError, Failed):
            return False
        opened = [port for port in self.ports if re.search(rf"^(tcp|tls)://127\.0\.0\.1:{port}\s+open\s", status, re.MULTILINE)]
        return len(opened) == len(self.ports) and "\n!" not in status

    def bundles(self):
        """Number, state and symbolic name of each bundle."""
        found = re.findall(r"^\s*(\d+)\|(\w+)\s*\|\s*\d+\|(\S+)", self.shell("lb -s"), re.MULTILINE)
        return {name: (int(number), state) for number, state, name in found}

    def adopted(self):
        """Connections that were adopted by a next version."""
        return sum(map(int, re.findall(r'"adopted":\s*(\d+)', self.shell("pollux:status --json"))))

    def left(self):
        """What must not grow. Nothing is open, and a full collection is over."""
        time.sleep(1)
        for _ in range(3):  # what waits for a cleaner goes with the next collection
            self.jcmd("GC.run")
            time.sleep(0.3)
        loaders = self.bundle_class_loaders()
        memory = self.jcmd("VM.native_memory", "summary")
        native = {name: int(kb) for name, kb in re.findall(r"-\s+(Other|Thread) \(reserved=\d+KB, committed=(\d+)KB", memory)}
        # what classes use: the JVM keeps chunks of metaspace that are free, and commits more while they are small
        native["Metaspace"] = int(re.search(r"Metaspace\s+used (\d+)K", self.jcmd("VM.metaspace")).group(1))
        return {"class loaders": loaders, "threads": len(self.threads()), "descriptors": self.descriptors(),
                "native KB": sum(native.values()), "resident MB": round(self.resident_mb())}


def grown(before, after):
    """The names of what has grown."""
    return [what for what in ("class loaders", "threads", "descriptors") if after[what] > before[what]] + (
        ["native KB"] if after["native KB"] > before["native KB"] + GROWTH_KB else [])


def free_ports(first, number):
    found = []
    for port in range(first, first + 200):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            found.append(port)
            if len(found) == number:
                return found
    raise Failed(f"no {number} ports from {first} on are free: choose others with --ports")
