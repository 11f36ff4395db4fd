"""Clients by sockets, for what curl does not do."""

import base64
import os
import socket
import ssl
import threading


def connect(port, data=b"", size=65536, source="127.0.0.1"):
    """A connection that has sent this, and the first part of the response."""
    client = socket.create_connection(("127.0.0.1", port), timeout=60, source_address=(source, 0))
    if data:
        client.sendall(data)
    return client, (client.recv(size) if data else b"")


def get(path, *fields):
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: localhost", *fields, "", ""]).encode()


def websocket(port):
    """An open WebSocket of the sample that echoes, after one message."""
    key = base64.b64encode(os.urandom(16)).decode()
    client, head = connect(port, get("/websocket/echo", "Connection: Upgrade", "Upgrade: websocket", f"Sec-WebSocket-Key: {key}",
                                     "Sec-WebSocket-Version: 13"))
    client.sendall(b"\x81\x82\x00\x00\x00\x00hi")
    return client, head, client.recv(100)


def tls(port, data):
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with context.wrap_socket(socket.create_connection(("127.0.0.1", port), timeout=60), server_hostname="localhost") as client:
        client.sendall(data)
        return client.recv(65536)


def bad_handshake(port):
    try:
        connect(port, b"this is not TLS\r\n\r\n" * 20)[0].close()
    except ConnectionResetError:
        pass  # before or behind its alert


class Load(threading.Thread):
    """Requests one after the other on a connection, until the end. A context manager."""

    def __init__(self, port, path="/plaintext"):
        super().__init__()
        self.port, self.request, self.ended, self.done, self.bad = port, get(path), False, 0, 0

    def run(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=60) as client:
                while not self.ended:
                    client.sendall(self.request)
                    if client.recv(65536).startswith(b"HTTP/1.1 200"):
                        self.done += 1
                    else:
                        self.bad += 1
                        return
        except OSError:
            self.bad += 1

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.ended = True
        self.join()
