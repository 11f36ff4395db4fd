"""A client of HTTP that checks where a response ends, on one connection."""

import socket
import time


class Broken(Exception):
    """What came is no response to the request."""


class Response:

    def __init__(self, status, fields, body):
        self.status = status
        self.fields = fields  # names in lower case
        self.body = body


class Client:
    """One connection. A context manager."""

    def __init__(self, port, timeout=10.0):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.read = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def get(self, path, **fields):
        return self.ask("GET", path, **fields)

    def head(self, path, **fields):
        return self.ask("HEAD", path, **fields)

    def ask(self, method, path, **fields):
        """Sends a request and waits for its response; fields have _ for -."""
        lines = [f"{method} {path} HTTP/1.1", "Host: localhost"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())
        return self._response(method)

    def _response(self, method):
        head = self._until(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        if not first.startswith("HTTP/1.1 "):
            raise Broken(f"no status line: {first!r}")
        status = int(first[9:12])
        fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        if method == "HEAD" or status in (204, 304):
            return Response(status, fields, b"")
        return Response(status, fields, self._body(fields))

    def _body(self, fields):
        if "chunked" in fields.get("transfer-encoding", ""):
            body = b""
            while size := int(self._until(b"\r\n").partition(b";")[0], 16):
                body += self._exactly(size)
                self._exactly(2)
            self._until(b"\r\n")
            return body
        return self._exactly(int(fields.get("content-length", "0")))

    def _until(self, end):
        while end not in self.read:
            self._more()
        found, _, self.read = self.read.partition(end)
        return found

    def _exactly(self, count):
        while len(self.read) < count:
            self._more()
        found, self.read = self.read[:count], self.read[count:]
        return found

    def _more(self):
        data = self.socket.recv(65536)
        if not data:
            raise Broken("the connection was closed")
        self.read += data


def once(port, path, timeout=10.0, **fields):
    """A request on a connection of its own."""
    with Client(port, timeout) as client:
        return client.get(path, **fields)


def timed(action):
    """What it returns, and how many seconds it took."""
    start = time.monotonic()
    result = action()
    return result, time.monotonic() - start
