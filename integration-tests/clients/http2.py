"""Clients of HTTP/2 and WebSocket; each gets the address of a server and a folder of its own."""

import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from comparison.java import jdk
from programs import output_of, require

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PYTHON = "/usr/bin/python3"  # Debian's, which has its package python3-h2
WS = Path(os.environ.get("WS_FOLDER", ROOT / "benchmarks" / "servers"))  # where npm has installed ws


def nghttp(server, folder):
    """With curl and h2load, which are built upon the same library."""
    version = "--http2" if server.startswith("https") else "--http2-prior-knowledge"
    require(output_of("curl", "-sk", version, "-w", " %{http_version}", f"{server}/plaintext"), "Hello, World! 2", "curl")
    require(output_of("nghttp", f"{server}/plaintext"), "Hello, World!", "nghttp")
    require(output_of("nghttp", f"{server}/bytes/1048576").count("\0"), 1 << 20, "1 MiB by nghttp")
    for streams in (10, 100):
        seen = output_of("h2load", "-n", "5000", "-c", "5", "-m", streams, f"{server}/json")
        require("status codes: 5000 2xx" in seen, True, f"h2load: {seen}")


def node_http2(server, folder):
    output_of("node", HERE / "http2.mjs", server)


def python_h2(server, folder):
    address = urlsplit(server)
    output_of(PYTHON, HERE / "h2client.py", address.hostname, address.port, *(["tls"] if address.scheme == "https" else []))


HAPROXY = """
defaults
    mode http
    timeout connect 30s
    timeout client 30s
    timeout server 30s
frontend all
    bind 127.0.0.1:{port}
    default_backend pollux
backend pollux
    server one 127.0.0.1:{to} {how}
"""


def haproxy(server, folder):
    """HTTP/1.1 at its front, HTTP/2 behind it."""
    address = urlsplit(server)
    port = address.port + 10
    how = "ssl verify none alpn h2" if address.scheme == "https" else "proto h2"
    (folder / "haproxy.cfg").write_text(HAPROXY.format(port=port, to=address.port, how=how))
    with running("haproxy", "-f", folder / "haproxy.cfg", port=port):
        _through(f"http://127.0.0.1:{port}", folder)


NGINX = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log stderr;
events {{ }}
http {{
    access_log off;
    server {{
        listen 127.0.0.1:{port} http2;
        location / {{ grpc_pass {scheme}://127.0.0.1:{to}; }}
    }}
}}
"""


def nginx(server, folder):
    """It speaks HTTP/2 to a server of gRPC only, which it takes Pollux for."""
    address = urlsplit(server)
    port = address.port + 20
    scheme = "grpcs" if address.scheme == "https" else "grpc"
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, to=address.port, scheme=scheme))
    with running("nginx", "-e", "stderr", "-c", folder / "nginx.conf", port=port):
        _through(f"http://127.0.0.1:{port}", folder, "--http2-prior-knowledge")


def _through(proxy, folder, *words):
    for _ in range(5):  # a process for each, because curl 7.88 does not use a connection of HTTP/2 without TLS again
        require(output_of("curl", "-s", *words, f"{proxy}/plaintext"), "Hello, World!", "a small response")
    output_of("curl", "-s", *words, "-o", folder / "mebibyte", f"{proxy}/bytes/1048576")
    require((folder / "mebibyte").read_bytes(), bytes(1 << 20), "1 MiB")
    upload = folder / "upload"
    upload.write_bytes(bytes(range(256)) * 4096)
    output_of("curl", "-s", *words, "-T", upload, "-o", folder / "echo", f"{proxy}/echo")
    require((folder / "echo").read_bytes(), upload.read_bytes(), "an echo of 1 MiB")


def websocket(server, folder):
    """npm's ws as a client, and as a server for Pollux's own client."""
    if not (WS / "node_modules" / "ws").exists():
        raise AssertionError(f"ws is not installed: npm install --no-save --prefix {WS} ws")
    environment = os.environ | {"WS_FOLDER": str(WS)}
    output_of("node", HERE / "websocket.mjs", server, env=environment)
    port = urlsplit(server).port + 30
    with running("node", HERE / "websocket.mjs", "serve", port, port=port, env=environment):
        _our_client(f"ws://127.0.0.1:{port}/")


def _our_client(address):
    distribution = Path(os.environ.get("POLLUX", ROOT / "distribution" / "target" / "pollux" / "bin" / "pollux")).parent.parent
    jars = [*distribution.glob("bundles/*/*.jar"), *distribution.glob("lib/*.jar")]
    output_of(jdk() / "bin" / "java", "-cp", os.pathsep.join(map(str, jars)), HERE / "WebSockets.java", address)


@contextmanager
def running(*words, port, **options):
    """A program that listens on a port."""
    process = subprocess.Popen([shutil.which(words[0]) or f"/usr/sbin/{words[0]}", *map(str, words[1:])],
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    try:
        deadline = time.monotonic() + 60
        while not _listens(port):
            if process.poll() is not None or time.monotonic() > deadline:
                process.kill()
                raise AssertionError(f"{words[0]} does not listen on port {port}: {process.stdout.read().decode()}")
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(30)


def _listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


CLIENTS = (nghttp, node_http2, python_h2, haproxy, nginx, websocket)
PROGRAMS = {nghttp: "nghttp", node_http2: "node", haproxy: "haproxy", nginx: "nginx", websocket: "node"}
