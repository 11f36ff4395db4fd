"""Clients in a thread of asyncio. Half of them keep their connection, the others open one for each request. Each response is compared."""

import asyncio
import threading
import time
from dataclasses import dataclass, field

from nodes import Failed

SECONDS = 30


@dataclass
class Tally:
    """What the clients have seen since the last look."""

    requests: int = 0
    statuses: dict = field(default_factory=dict)
    lost: list = field(default_factory=list)
    gap: float = 0.0
    slowest: float = 0.0
    last: float = field(default_factory=time.monotonic)

    def responded(self, status, seconds):
        now = time.monotonic()
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self.gap = max(self.gap, now - self.last)
        self.slowest = max(self.slowest, seconds)
        self.last = now


class Clients:
    """A context manager. They ask until it is left, and every request that was begun is waited for."""

    ADDRESS = "127.0.0.2"  # theirs, so that a node sees whether it is told

    def __init__(self, port, number, pause):
        self.port = port
        self.number = number
        self.pause = pause
        self.tally = Tally()
        self.served = {}  # when each node has served last, by its port
        self.ended = False
        self.lock = threading.Lock()
        self.thread = threading.Thread(target=lambda: asyncio.run(self._all()), daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended = True
        self.thread.join(SECONDS * 2)

    def take(self):
        """The tally since the last call."""
        with self.lock:
            taken, self.tally = self.tally, Tally()
            return taken

    def await_node(self, port):
        """Until a response comes from this node."""
        start = time.monotonic()
        while self.served.get(port, 0) < start:
            if time.monotonic() > start + SECONDS:
                raise Failed(f"the load balancer sends nothing to the node at port {port} within {SECONDS} s")
            time.sleep(0.05)

    async def _all(self):
        await asyncio.gather(*(self._asks(number) for number in range(self.number)))

    async def _asks(self, client):
        connection, count = None, 0
        while not self.ended:
            count += 1
            text = f"client {client}, request {count}".encode()
            request, expected = (put(text), text) if count % 2 else ((GET,), b"Hello, World!")
            start = time.monotonic()
            try:
                connection = connection or await asyncio.wait_for(self._connect(), SECONDS)
                status, node, body = await asyncio.wait_for(ask(*connection, request), SECONDS)
                fault = None if status == 200 and body == expected else f"status {status}, {body[:60]}"
            except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError, ValueError) as e:
                status, node, fault = None, None, f"{type(e).__name__} {e}"
            with self.lock:
                self.tally.requests += 1
                if status:
                    self.tally.responded(status, time.monotonic() - start)
                if fault:
                    self.tally.lost.append(f"{time.strftime('%X')} {text.decode()}: {fault}")
            if node and not fault:
                self.served[node] = start
            if connection and (fault or client % 2):
                connection[1].close()
                connection = None
            await asyncio.sleep(self.pause)
        if connection:
            connection[1].close()

    def _connect(self):
        return asyncio.open_connection("127.0.0.1", self.port, local_addr=(self.ADDRESS, 0))


GET = b"GET /plaintext HTTP/1.1\r\nHost: localhost\r\n\r\n"


def put(text):
    """In two parts, as many clients send it: the head, then the body."""
    return b"PUT /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n" % len(text), text


async def ask(reader, writer, request):
    """The status, the port of the node, and the body."""
    for part in request:
        writer.write(part)
        await asyncio.sleep(0.001)
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    fields = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
    if "content-length" in fields:
        body = await reader.readexactly(int(fields["content-length"]))
    elif fields.get("transfer-encoding") == "chunked":
        body = await chunks(reader)
    else:
        body = await reader.read()
    return int(head[9:12]), int(fields.get("x-node", "0").rpartition(":")[2]), body


async def chunks(reader):
    body = b""
    while size := int(await reader.readuntil(b"\r\n"), 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readuntil(b"\r\n")
    return body
