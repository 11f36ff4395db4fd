"""Established connections while handshakes arrive: how long do their responses take?"""

from comparison.loads import LoadFailed
from securing.loads import Client

CONNECTIONS = 64
REQUESTS = 1280  # a second, of all of them
HANDSHAKES_AT_ONCE = 32
WARM_UP = 3


def run(servers, options, say):
    """Whether all is well; prints a table."""
    print(f"| server | p50, ms | p99, ms | beside {options.rate} handshakes a second: p50, ms | p99, ms | most, ms | handshakes a second |\n"
          "|---|---:|---:|---:|---:|---:|---:|")
    well = True
    for server in servers:
        try:
            _established(server, WARM_UP, 0, options)
            calm, _ = _established(server, options.storm_seconds, 0, options)
            stormy, shaken = _established(server, options.storm_seconds, options.rate, options)
        except LoadFailed as e:
            print(f"| {server.name} | failed: {e} |")
            well = False
            continue
        times = [calm["p50"], calm["p99"], stormy["p50"], stormy["p99"], stormy["most"]]
        print(f"| {server.name} | " + " | ".join(f"{micros / 1000:.1f}" for micros in times)
              + f" | {shaken['requests'] * 1e6 / shaken['microseconds']:.0f} |", flush=True)
        say(f"{server.name}: storm of handshakes")
    return well


def _established(server, seconds, rate, options):
    """What the established connections have seen, and the client of the handshakes."""
    with Client(server.port, "kept", options.load_core, CONNECTIONS, seconds, rate=REQUESTS) as established:
        established.await_ready()
        if rate == 0:
            return established.go(), None
        with Client(server.port, "full", options.load_core, HANDSHAKES_AT_ONCE, seconds, rate=rate) as handshakes:
            return established.go(), handshakes.result()
