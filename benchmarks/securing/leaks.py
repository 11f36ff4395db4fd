"""What updates of the engine and handshakes leave behind: class loaders, threads, descriptors, native memory."""

import re
import time

from securing.loads import Client
from swapping.server import Failed, Server
from updating import kinds
from updating.server import HEAP, grown
from updating.server import Server as UpdatedServer

LIBRARY_GROWTH_KB = 4 * 1024  # of what malloc has given to OpenSSL and to all other libraries
PARTS = 10
MARKS = (0.1, 0.3, 1)  # parts of the updates, after which the memory is told


def malloc(server):
    """What malloc has given out and not got back in KB: to the JVM by its own count, and to all others, of which OpenSSL is one."""
    text = server.jcmd("System.native_heap_info").rpartition("</heap>")[2]  # behind those of each arena
    sizes = {kind: int(size) for kind, size in re.findall(r'<(?:total|system) type="(fast|rest|mmap|current)".*?size="(\d+)"', text)}
    given = (sizes["current"] + sizes["mmap"] - sizes["fast"] - sizes["rest"]) // 1024
    native = server.jcmd("VM.native_memory", "summary")
    jvm = int(re.search(r"malloc: (\d+)KB", native).group(1))
    code = int(re.search(r"-\s+Code \(.*?malloc=(\d+)KB", native, re.DOTALL).group(1))
    return {"malloc of libraries KB": given - jvm, "malloc of the JVM KB": jvm, "of this for compiled code KB": code}


def updates(options, say):
    """Whether nobody noticed anything and nothing is left of so many updates of OpenSSL's bundle."""
    with UpdatedServer(options) as server:
        server.prepare()
        times = options.times or 1000
        say(f"{times} updates of the engine's bundle")
        kinds.run(server, "tls", max(2, times // 50), 0)  # for the JVM to reach its size
        before, rows, done = malloc(server), [], 0
        print(f"before: {_told(before)}", flush=True)
        for mark in MARKS:
            part = max(2, round(times * mark) - done)
            rows.append(kinds.run(server, "tls", part, 0))
            done += part
            after = malloc(server)
            print(f"after {done:,}: {_told(rows[-1].after | after)}", flush=True)
        print(kinds.HEAD, *map(kinds.line, rows), sep="\n")
        print(f"{done:,} updates in {sum(row.seconds for row in rows):.0f} s")
        well = not any(row.faults() for row in rows) and not grown(rows[0].before, rows[-1].after)
        return well and _within(before, after)


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
                  f"{_told(malloc(server))}", flush=True)
        after = _left(server)
        print("before and after: " + "; ".join(f"{what} {before[what]:,}, {after[what]:,}" for what in before))
        return not grown(before, after) and _within(before, after)


def _shake(port, count, options):
    for kind in ("full", "resumed"):
        with Client(port, kind, options.load_core, count=count // 2) as client:
            client.result()


def _told(counts):
    return ", ".join(f"{what} {much:,}" for what, much in counts.items())


def _within(before, after):
    more = after["malloc of libraries KB"] - before["malloc of libraries KB"]
    if more > LIBRARY_GROWTH_KB:
        print(f"malloc has given {more:,} KB more than before to libraries")
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
            "resident MB": round(server.resident_mb())} | malloc(server)
