"""What an idle connection costs: the heap of a JVM after a collection, and the resident memory of the process."""

import re
import socket
import ssl
import subprocess
import time
from pathlib import Path

from comparison.idle import END, REQUEST, NotIdle, descriptors_for
from comparison.loads import LoadFailed
from comparison.measure import resident_bytes
from securing.loads import Client

WARM_UP = 2000  # handshakes of each kind at most before, for the process to reach its size
SETTLE_SECONDS = 2
ROW = "| {} | {:,} | {} | {:,.0f} | {} |"


def run(servers, options, say):
    """Whether all is well; prints a table."""
    number = options.connections
    if not descriptors_for(number):
        raise NotIdle(f"{number} connections need more descriptors: raise 'ulimit -Hn', or choose fewer with --connections")
    print("| server | idle connections | B of heap each | B resident each, heap included | verdict |\n|---|---:|---:|---:|---|")
    well = True
    for server in servers:
        try:
            heap, resident = _measured(server, number, options)
        except (NotIdle, LoadFailed, OSError) as e:
            print(ROW.format(server.name, number, "", 0, f"failed: {e}"))
            well = False
            continue
        within = heap is None or (heap <= 2048 and resident <= 16384)
        print(ROW.format(server.name, number, "" if heap is None else f"{heap:,.0f}", resident,
                         "" if heap is None else "aims met" if within else "more than 2,048 of heap or 16,384 resident"), flush=True)
        say(f"{server.name}: {number} idle connections")
    return well


def _measured(server, number, options):
    for kind in ("full", "resumed"):
        with Client(server.port, kind, options.load_core, count=min(number, WARM_UP)) as client:
            client.result()
    heap, resident = _size(server)
    connections = []
    try:
        _open(connections, server.port, number)
        heap_after, resident_after = _size(server)
        closed = sum(not _stays(one) for one in connections)
    finally:
        for one in connections:
            one.close()
    if closed:
        raise NotIdle(f"{closed} of {number} idle connections were closed")
    if heap is None:
        return None, (resident_after - resident) / number
    # the heap is resident from the start
    return (heap_after - heap) / number, (resident_after - resident + heap_after - heap) / number


def _open(connections, port, number):
    context = ssl._create_unverified_context()
    for _ in range(number):
        connection = context.wrap_socket(socket.create_connection(("127.0.0.1", port), 30))
        connections.append(connection)
        connection.sendall(REQUEST)
        received = b""
        while not received.endswith(END):
            part = connection.recv(4096)
            if not part:
                raise NotIdle(f"a connection was closed; it said {received!r}")
            received += part


def _stays(connection):
    connection.setblocking(False)
    try:
        connection.recv(1)
    except ssl.SSLWantReadError:
        return True
    except OSError:
        return False
    return False


def _size(server):
    """Bytes of the heap in use, None without a JVM; bytes resident."""
    time.sleep(SETTLE_SECONDS)
    if not server.uses_java:
        return None, resident_bytes(server.process.pid)
    pid = str(server.process.pid)
    jcmd = str(Path(f"/proc/{pid}/exe").resolve().parent / "jcmd")
    used = []
    for _ in range(3):  # what waits for a cleaner goes with the next collection
        subprocess.run([jcmd, pid, "GC.run"], capture_output=True, check=True)
        info = subprocess.run([jcmd, pid, "GC.heap_info"], capture_output=True, text=True, check=True).stdout
        used.append(_used(info))
    return min(used), resident_bytes(server.process.pid)


def _used(info):
    """All generations of the heap, without the metaspace."""
    heap = info.partition("Metaspace")[0]
    return sum(int(kb) for kb in re.findall(r"total \d+K, used (\d+)K", heap)) * 1024


def heap_options(number):
    """A heap of one size, which is resident from the start."""
    megabytes = max(192, 64 + number // 20)
    return f"-Xms{megabytes}m -Xmx{megabytes}m -XX:+AlwaysPreTouch"
