"""WebSocket echoes: each connection sends a message when it has the one before back. The program is its own client."""

import json
import os
import selectors
import socket
import struct
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

HANDSHAKE = ("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
             "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
PATH = "/websocket/echo"


def frame(size, masked):
    """A binary message of zeros. A mask of zeros leaves them as they are."""
    mask = 0x80 if masked else 0
    if size < 126:
        head = struct.pack("!BB", 0x82, mask | size)
    elif size < 1 << 16:
        head = struct.pack("!BBH", 0x82, mask | 126, size)
    else:
        head = struct.pack("!BBQ", 0x82, mask | 127, size)
    return head + bytes(4 if masked else 0) + bytes(size)


class Client:
    """One connection."""

    def __init__(self, port, size):
        self.message = frame(size, masked=True)
        self.echo = frame(size, masked=False)
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(HANDSHAKE.format(path=PATH, port=port).encode())
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            piece = self.socket.recv(1)
            if not piece:
                raise OSError(f"the server has closed during the handshake: {head!r}")
            head += piece
        if not head.startswith(b"HTTP/1.1 101 "):
            raise OSError(f"the handshake was refused: {head[:60]!r}")
        self.missing = 0

    def send(self):
        self.missing = len(self.echo)
        self.socket.settimeout(10)
        self.socket.sendall(self.message)

    def receive(self):
        """Whether the message is back."""
        piece = self.socket.recv(1 << 18)
        if not piece:
            raise OSError("the server has closed")
        at = len(self.echo) - self.missing
        if piece != self.echo[at:at + len(piece)]:
            raise OSError("the echo is another message")
        self.missing -= len(piece)
        return self.missing == 0


def echo(port, connections, size, seconds):
    """How many messages came back in that time."""
    clients = [Client(port, size) for _ in range(connections)]
    with selectors.DefaultSelector() as selector:
        for client in clients:
            selector.register(client.socket, selectors.EVENT_READ, client)
            client.send()
        begun = time.monotonic()
        messages = 0
        while time.monotonic() < begun + seconds:
            for key, _ in selector.select(1):
                if key.data.receive():
                    messages += 1
                    key.data.send()
        return {"requests": messages, "microseconds": int((time.monotonic() - begun) * 1_000_000)}


if __name__ == "__main__":
    print(json.dumps(echo(*map(int, sys.argv[1:]))))
    sys.stdout.flush()
    os._exit(0)  # thousands of connections need no farewell
else:
    from comparison.loads import Load, LoadFailed

    @dataclass(frozen=True)
    class WebSocketLoad(Load):
        size: int = 64

        speaks: ClassVar[str] = "websocket"

        def probe(self, server):
            self._echo(server, 1, 0.2, core=None)

        def run(self, server, seconds, core):
            return self._echo(server, self.connections, seconds, core) | dict.fromkeys(("p50", "p99", "p99.9"))

        def _echo(self, server, connections, seconds, core):
            pinned = [] if core is None else ["taskset", "-c", str(core)]
            words = [str(server.port), str(connections), str(self.size), str(max(1, int(seconds)))]
            done = subprocess.run([*pinned, sys.executable, str(Path(__file__)), *words], capture_output=True, text=True)
            if done.returncode != 0:
                raise LoadFailed(f"the echo failed: {done.stderr.strip().rpartition(chr(10))[2]}")
            seen = json.loads(done.stdout)
            if seen["requests"] == 0:
                raise LoadFailed("no message came back")
            return seen

    LOADS = tuple(
        WebSocketLoad(f"ws-{connections}x{name}", f"WebSocket echo of {name}, {connections:,} connections", connections, size=size)
        for name, size in (("64", 64), ("64k", 64 << 10)) for connections in (64, 1024))
