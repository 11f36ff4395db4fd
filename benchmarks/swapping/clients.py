"""Clients in processes of their own that must notice nothing: each fault that one sees is kept and told in the end."""

import asyncio
import base64
import multiprocessing
import random
import re
import resource
import socket
import ssl
import struct
import time

ALARM = 30  # seconds without an answer are a fault
PLAINTEXT = b"Hello, World!"
REQUEST = b"GET /plaintext HTTP/1.1\r\nHost: localhost\r\n\r\n"


def raise_descriptor_limit():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


class Clients:
    """A process that runs some clients until it is stopped, and says what they did: a dictionary of counts and faults."""

    def __init__(self, run, *arguments):
        self.stopping = multiprocessing.Event()
        self.answer, answering = multiprocessing.Pipe(duplex=False)
        self.process = multiprocessing.Process(target=_serve, args=(run, answering, self.stopping, *arguments))
        self.process.start()
        answering.close()
        self.answer.recv()  # they are at work

    def stop(self):
        self.stopping.set()
        result = self.answer.recv()
        self.process.join()
        return result


def _serve(run, answering, stopping, *arguments):
    raise_descriptor_limit()
    tally = {"faults": []}

    async def main():
        ready = asyncio.Event()
        clients = [asyncio.create_task(_guarded(client, tally)) for client in run(tally, ready, *arguments)]
        await asyncio.wait_for(ready.wait(), ALARM * 4)
        answering.send("ready")
        while not stopping.is_set():
            await asyncio.sleep(0.05)
        tally["stopping"] = True
        await asyncio.wait(clients, timeout=ALARM)

    try:
        asyncio.run(main())
    except Exception as e:  # the other process must hear of it
        tally["faults"].append(repr(e))
    tally.pop("stopping", None)
    answering.send(tally)


async def _guarded(client, tally):
    try:
        await client
    except Exception as e:
        tally["faults"].append(f"{time.strftime('%X')} {client.__name__}: {type(e).__name__}: {e}")


def count(tally, what, much=1):
    tally[what] = tally.get(what, 0) + much


async def _connect(port, encrypted):
    return await asyncio.open_connection("127.0.0.1", port, ssl=_trusting() if encrypted else None)


def _trusting():
    """Any certificate will do."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


# ---- echo

def streams(tally, ready, port, number, encrypted=False):
    """Connections on which random data goes to and fro all the time; every byte is compared."""
    return [_stream(tally, ready, port, number, seed, encrypted) for seed in range(number)]


async def _stream(tally, ready, port, number, seed, encrypted):
    rng = random.Random(seed)
    sort = "streams over TLS" if encrypted else "streams"
    reader, writer = await _connect(port, encrypted)
    while "stopping" not in tally:
        data = rng.randbytes(rng.randrange(1, 100_000))
        writer.write(data)
        echo, _ = await asyncio.wait_for(asyncio.gather(reader.readexactly(len(data)), writer.drain()), ALARM)
        if echo != data:
            raise AssertionError(f"stream {seed}: a byte is wrong")
        count(tally, f"bytes of {sort}", len(data))
        count(tally, f"blocks of {sort}")
        if tally[f"blocks of {sort}"] >= number:
            ready.set()
    writer.close()


# ---- HTTP

def http(tally, ready, port, number, encrypted=False):
    """Half of them keep their connections, half open a new one for each request."""
    return ([_keep_alive(tally, ready, port, number, encrypted) for _ in range(number // 2)]
            + [_new_connections(tally, port, encrypted) for _ in range(number // 2)])


async def _keep_alive(tally, ready, port, number, encrypted):
    sort = "requests on connections of TLS that stay" if encrypted else "requests on connections that stay"
    reader, writer = await _connect(port, encrypted)
    while "stopping" not in tally:
        await _ask(reader, writer, "keep-alive")
        count(tally, sort)
        if tally[sort] >= number:
            ready.set()
    writer.close()


async def _new_connections(tally, port, encrypted):
    while "stopping" not in tally:
        reader, writer = await _connect(port, encrypted)
        await _ask(reader, writer, "close")
        if await asyncio.wait_for(reader.read(1), ALARM):
            raise AssertionError("something follows the answer")
        writer.close()
        count(tally, "requests on new connections of TLS" if encrypted else "requests on new connections")


async def _ask(reader, writer, connection):
    writer.write(f"GET /plaintext HTTP/1.1\r\nHost: localhost\r\nConnection: {connection}\r\n\r\n".encode())
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), ALARM)
    if not head.startswith(b"HTTP/1.1 200 "):
        raise AssertionError(f"answered {head!r}")
    body = await asyncio.wait_for(reader.readexactly(len(PLAINTEXT)), ALARM)
    if body != PLAINTEXT:
        raise AssertionError(f"answered {body!r}")


# ---- server-sent events

def events(tally, ready, port, number, encrypted=False):
    """Clients of the sample that tells the time once a second, and comments in silence; no event is older than the one before."""
    return [_events(tally, ready, port, number, encrypted) for _ in range(number)]


async def _events(tally, ready, port, number, encrypted):
    sort = "events over TLS" if encrypted else "events"
    reader, writer = await _connect(port, encrypted)
    writer.write(b"GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), ALARM)
    if not head.startswith(b"HTTP/1.1 200 "):
        raise AssertionError(f"answered {head!r}")
    before = b""
    while "stopping" not in tally:
        event = await asyncio.wait_for(reader.readuntil(b"\n\n"), ALARM)
        if re.search(rb"^:", event, re.MULTILINE):
            continue
        told = re.search(rb"^data: (\S+)$", event, re.MULTILINE)
        if told is None or told.group(1) < before:
            raise AssertionError(f"{event!r} follows {before!r}")
        before = told.group(1)
        count(tally, sort)
        if tally[sort] >= number:
            ready.set()
    writer.close()


# ---- HTTP/2

STREAMS = (10, 100)
MEBIBYTE = 1 << 20


def http2(tally, ready, urls):
    """For each URL of a server, processes of h2load again and again, with 10 connections and 10 or 100 requests at once; and of nghttp."""
    return ([_h2load(tally, ready, url, streams) for url in urls for streams in STREAMS]
            + [_nghttp(tally, url) for url in urls])


async def _output(*words):
    process = await asyncio.create_subprocess_exec(
        *words, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT)
    output, _ = await process.communicate()
    return output


async def _h2load(tally, ready, url, streams):
    sort = f"requests over HTTP/2, {streams} at once" + (", TLS" if url.startswith("https") else "")
    while "stopping" not in tally:
        output = await _output("h2load", "-n", "2000", "-c", "10", "-m", str(streams), f"{url}/plaintext")
        served = re.search(rb"status codes: (\d+) 2xx", output)
        if not served or int(served.group(1)) != 2000:
            raise AssertionError(f"h2load {url} printed {output.decode()}")
        count(tally, sort, 2000)
        ready.set()


async def _nghttp(tally, url):
    """The window of 64 KiB makes the client and the server take turns."""
    while "stopping" not in tally:
        output = await _output("nghttp", f"{url}/bytes/{MEBIBYTE}")
        if output.count(b"\0") != MEBIBYTE:
            raise AssertionError(f"nghttp {url} got {output.count(bytes(1))} of {MEBIBYTE} bytes: {output.strip(bytes(1))[:200]!r}")
        count(tally, "downloads by nghttp" + (" over TLS" if url.startswith("https") else ""))


# ---- WebSocket

def websockets(tally, ready, port, number, encrypted=False):
    """Connections of the sample that echoes messages; every byte is compared."""
    return [_websocket(tally, ready, port, number, seed, encrypted) for seed in range(number)]


async def _websocket(tally, ready, port, number, seed, encrypted):
    rng = random.Random(seed)
    sort = "messages of WebSocket over TLS" if encrypted else "messages of WebSocket"
    reader, writer = await _connect(port, encrypted)
    key = base64.b64encode(rng.randbytes(16)).decode()
    writer.write(f"GET /websocket/echo HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                 f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode())
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), ALARM)
    if not head.startswith(b"HTTP/1.1 101 "):
        raise AssertionError(f"answered {head!r}")
    while "stopping" not in tally:
        message = rng.randbytes(rng.randrange(1, 20_000))
        writer.write(_masked(message, rng.randbytes(4)))
        echo, _ = await asyncio.wait_for(asyncio.gather(_message(reader), writer.drain()), ALARM)
        if echo != message:
            raise AssertionError(f"websocket {seed}: a byte is wrong")
        count(tally, sort)
        if tally[sort] >= number:
            ready.set()
    writer.close()


def _masked(message, mask):
    """A binary message in one frame (RFC 6455, section 5.2)."""
    size = len(message)
    length = bytes([0x80 | size]) if size < 126 else b"\xfe" + struct.pack(">H", size)
    pad = (mask * (size // 4 + 1))[:size]
    masked = int.from_bytes(message, "big") ^ int.from_bytes(pad, "big")
    return b"\x82" + length + mask + masked.to_bytes(size, "big")


async def _message(reader):
    """The payload of a binary message, in one frame or several."""
    message, expected = b"", 2
    while True:
        first, size = await reader.readexactly(2)
        if first & 0x7f != expected:
            raise AssertionError(f"a frame begins with {first:#x}")
        if size == 126:
            size = struct.unpack(">H", await reader.readexactly(2))[0]
        message += await reader.readexactly(size)
        if first & 0x80:
            return message
        expected = 0


# ---- plain sockets

def idle_connections(port, number):
    """Open and silent, after one byte to and fro."""
    raise_descriptor_limit()
    connections = []
    for _ in range(number):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.sendall(b"x")
        connections.append(connection)
    for connection in connections:
        connection.settimeout(ALARM)
        if connection.recv(1) != b"x":
            raise AssertionError("an idle connection is not answered")
    return connections


def connections(port, number):
    """Open, and nothing sent."""
    raise_descriptor_limit()
    opened = [socket.create_connection(("127.0.0.1", port)) for _ in range(number)]
    for connection in opened:
        connection.settimeout(ALARM)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return opened


def is_served(connection):
    """Whether exactly one response to REQUEST comes."""
    received = b""
    while not received.endswith(PLAINTEXT):
        part = connection.recv(4096)
        if not part:
            return False
        received += part
    return received.startswith(b"HTTP/1.1 200 ") and received.count(b"HTTP/1.1") == 1


def ping(port, stopping, times):
    """One byte to and fro without a rest; puts (end, duration) in seconds of all that take a tenth of a millisecond."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        slow = []
        while not stopping.is_set():
            for _ in range(20):
                start = time.monotonic()
                connection.sendall(b"x")
                connection.recv(1)
                end = time.monotonic()
                if end - start > 0.0001:
                    slow.append((end, end - start))
        times.send(slow)


def churn(port, number):
    """Opens, uses and resets so many connections one after the other."""
    reset = struct.pack("ii", 1, 0)
    for _ in range(number):
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(b"x")
            if connection.recv(1) != b"x":
                raise AssertionError("a connection is not answered")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
