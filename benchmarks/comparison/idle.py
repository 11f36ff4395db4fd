"""Connections that were used once, are kept alive, and stay silent."""

import resource
import socket
from contextlib import contextmanager

REQUEST = b"GET /plaintext HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
END = b"Hello, World!"
TIMEOUT_SECONDS = 5
OTHER_DESCRIPTORS = 1200  # wrk's connections at the servers, and what they have open besides


class NotIdle(Exception):
    """The connections could not be opened, or did not stay."""


def descriptors_for(count):
    """Raises this process's limit, which the servers inherit, and says whether it suffices for so many connections."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard == resource.RLIM_INFINITY or hard >= count + OTHER_DESCRIPTORS


def _used(port):
    connection = socket.create_connection(("127.0.0.1", port), TIMEOUT_SECONDS)
    connection.sendall(REQUEST)
    answer = b""
    while not answer.endswith(END):
        piece = connection.recv(4096)
        if not piece:
            connection.close()
            raise NotIdle(f"an idle connection was closed instead of answered; it said {answer!r}")
        answer += piece
    return connection


def _is_open(connection):
    connection.setblocking(False)
    try:
        connection.recv(1)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


@contextmanager
def idle_connections(port, count):
    """So many of them, for as long as the block runs; none may have been closed at its end."""
    connections = []
    try:
        for _ in range(count):
            connections.append(_used(port))
        yield
        closed = sum(not _is_open(one) for one in connections)
        if closed:
            raise NotIdle(f"{closed} of {count} idle connections were closed")
    except OSError as e:
        raise NotIdle(f"after {len(connections)} idle connections: {e}") from e
    finally:
        for one in connections:
            one.close()
