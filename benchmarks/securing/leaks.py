"""What updates of the engine and handshakes leave behind: class loaders, threads, descriptors, native memory."""

import re
import time

from securing.loads import Client
from swapping.server import Failed, Server
from updating import kinds
from updating.server import HEAP, grown
from updating.server import Server as UpdatedServer

MALLOC_GROWTH_KB = 16 * 1024  # of all that malloc has given out, of which the JVM itself takes some
PARTS = 10


def allocated_kb(server):
    """What malloc has given out and not got back, by its own statistics: of OpenSSL and of the JVM."""
    text = server.jcmd("System.native_heap_info").rpartition("</heap>")[2]  # behind those of each arena
    sizes = {kind: int(size) for kind, size in re.findall(r'<(?:total|system) type="(fast|rest|mmap|current)".*?size="(\d+)"', text)}
    return (sizes["current"] + sizes["mmap"] - sizes["fast"] - sizes["rest"]) // 1024


def updates(options, say):
    """Whether nobody noticed anything and nothing is left of so many updates of OpenSSL's bundle."""
    with UpdatedServer(options) as server:
        server.prepare()
        times = options.times or 1000
        say(f"{times} updates of the engine's bundle")
        kinds.run(server, "tls", max(2, times // 20))  # for the JVM to reach its size
        before = allocated_kb(server)
        row = kinds.run(server, "tls", times)
        after = allocated_kb(server)
        print(kinds.table([row]))
        print(f"{times} updates in {row.seconds:.0f} s; malloc KB {before:,}, {after:,}")
        return not row.faults() and _within(before, after)


def churn(options, say):
    """Whether nothing is left of so many handshakes, full and resumed in turn."""
    settings = {"pollux.http.endpoint": "tls://127.0.0.1:0", "pollux.tls.engine": options.engine}
    with Server(options.pollux, options.backend, 2, HEAP, settings=settings) as server:
        server.shell("pollux:tls self-signed localhost")
        port = port_of(server, "protocol-http")
        times = options.times or 1_000_000
        _shake(port, min(20_000, max(2_000, times // 10)), options)
        before = _left(server)
        say(f"{times:,} handshakes; before: {before}")
        begun = time.monotonic()
        for part in range(1, PARTS + 1):
            _shake(port, times // PARTS, options)
            print(f"{part * (times // PARTS):,} handshakes in {time.monotonic() - begun:.0f} s: {server.resident_mb():.0f} MB resident, "
                  f"malloc {allocated_kb(server):,} KB", flush=True)
        after = _left(server)
        print("before and after: " + "; ".join(f"{what} {before[what]:,}, {after[what]:,}" for what in before))
        return not grown(before, after) and _within(before["malloc KB"], after["malloc KB"])


def _shake(port, count, options):
    for kind in ("full", "resumed"):
        with Client(port, kind, options.load_core, count=count // 2) as client:
            client.result()


def _within(before, after):
    if after > before + MALLOC_GROWTH_KB:
        print(f"malloc has given out {after - before:,} KB more than before")
        return False
    return True


def port_of(server, protocol):
    """Endpoints of TLS open a moment after there is a certificate."""
    deadline = time.monotonic() + 30
    while True:
        try:
            return server.port(protocol, "tls")
        except Failed:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _left(server):
    time.sleep(3)
    loaders = server.bundle_class_loaders()
    native = sum(int(kb) for kb in re.findall(r"-\s+(?:Other|Thread|Metaspace) \(reserved=\d+KB, committed=(\d+)KB",
                                              server.jcmd("VM.native_memory", "summary")))
    return {"class loaders": loaders, "threads": len(server.threads()), "descriptors": server.descriptors(), "native KB": native,
            "malloc KB": allocated_kb(server), "resident MB": round(server.resident_mb())}
