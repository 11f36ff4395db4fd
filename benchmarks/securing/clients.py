"""Everyday clients and proxies over TLS, against each engine on each backend: does each of them do what it must?"""

import itertools
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

from comparison.java import jdk
from securing import authority
from swapping.server import Failed, Server
from updating.server import free_ports

ENGINES = ("openssl", "jsse")
BACKENDS = ("nio", "libevent", "uring", "chaos")
HOST = "localhost"
TEXT = "Hello, World!"
SECONDS = 300  # for one program
SCAN_SECONDS = 1800
PROGRAMS = Path(__file__).parent / "programs"


class Wrong(Exception):
    """A client has got something else."""


def output_of(*words, status=0, send="", seconds=SECONDS, **options):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, errors="replace", timeout=seconds, input=send,
                          check=False, **options)
    text = done.stdout + done.stderr
    if status is not None and (done.returncode == 0) != (status == 0):
        raise Wrong(f"{' '.join(map(str, words))} ended with {done.returncode}: {text[-1500:]}")
    return text


def require(text, *wanted):
    for want in wanted:
        if want not in text:
            raise Wrong(f"no '{want}' in: {text[-1500:]}")


def run(options, say):
    """Whether all clients that are installed got what they must, from all engines on all backends."""
    backends = options.backends.split(",") if options.backends else BACKENDS
    ports = free_ports(options.ports, len(PORTS))
    plain, behind, both = (f"{scheme}://127.0.0.1:{port}" for scheme, port in zip(("tls", "tcp", "tls"), ports))
    settings = {"pollux.http.endpoint": f"{plain},{behind}?proxy=127.0.0.1,{both}?proxy=127.0.0.1",
                "pollux.http.service.ranking": 1, "pollux.echo.endpoint": plain, "pollux.echo.alpn": "echo",
                "pollux.tls.handshakeTimeout": 120}
    with Server(options.pollux, "nio", 2, settings=settings) as server:
        home = server.folder / "home"
        given = authority.make(server.folder / "authority", home / "conf" / "tls")
        world = World(dict(zip(PORTS, ports)), given, server.folder, options)
        _await_open(ports[:3])
        missing = [name for name, _, program in CLIENTS if program and shutil.which(program) is None]
        for name in missing:
            print(f"NOT INSTALLED, and left out: {name}", flush=True)
        results = {}
        try:
            for engine, backend in itertools.product(ENGINES, backends):
                server.shell(f"pollux:tls {engine}")
                server.swap(backend)
                if server.polls() != backend:
                    raise Failed(f"{backend} does not poll")
                world.begin(engine, backend)
                say(f"{engine} on {backend}")
                for name, check, _ in CLIENTS:
                    if name not in missing:
                        results[name, engine, backend] = _tried(check, world, f"{name}, {engine} on {backend}")
        finally:
            print(_table(results, backends, missing), flush=True)
        return not any(result == "FAILED" for result in results.values())


def _tried(check, world, what):
    try:
        return check(world) or "yes"
    except (Wrong, OSError, subprocess.TimeoutExpired) as e:
        print(f"FAILED: {what}: {e}", flush=True)
        return "FAILED"


def _table(results, backends, missing):
    columns = list(itertools.product(ENGINES, backends))
    lines = ["| client | " + " | ".join(f"{engine}, {backend}" for engine, backend in columns) + " |",
             "|---|" + "---|" * len(columns)]
    for name, _, _ in CLIENTS:
        cells = ["not installed" if name in missing else results.get((name, *column), "not run") for column in columns]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


PORTS = ("tls", "proxied", "proxied tls", "nginx", "haproxy v1", "haproxy v2", "haproxy tls", "haproxy v2 tls")


class World:
    """What clients need: ports, the authority, the engine of the moment."""

    def __init__(self, ports, given, folder, options):
        self.ports = ports
        self.ca = given.ca
        self.trust = given.trust
        self.folder = folder
        self.options = options
        self.engine = self.backend = ""

    def begin(self, engine, backend):
        self.engine, self.backend = engine, backend

    @property
    def url(self):
        return f"https://{HOST}:{self.ports['tls']}"

    def is_first_backend(self):
        return self.backend == (self.options.backends.split(",") if self.options.backends else BACKENDS)[0]


# ---- curl

def curl(world, *words, url=None, **options):
    return output_of("curl", "-sS", "--noproxy", "*", "--max-time", str(SECONDS), "--cacert", world.ca, "-w", " %{http_version} %{http_code}",
                     *words, url or f"{world.url}/plaintext", **options)


def curl_http(world):
    require(curl(world), f"{TEXT} 2 200")
    require(curl(world, "--http1.1"), f"{TEXT} 1.1 200")
    require(curl(world, "--tls-max", "1.2"), f"{TEXT} 2 200")


def curl_other_hosts(world):
    require(curl(world, "--http1.1", "-H", "Host: other.example"), "421")
    require(curl(world, "-H", "Host: other.example"), "421")
    alias = ("--resolve", f"wrong.example:{world.ports['tls']}:127.0.0.1")
    require(curl(world, *alias, url=f"https://wrong.example:{world.ports['tls']}/", status=60), "wrong.example")
    star = ("--resolve", f"a.star.example:{world.ports['tls']}:127.0.0.1")
    require(curl(world, *star, url=f"https://a.star.example:{world.ports['tls']}/plaintext"), TEXT)


# ---- openssl s_client

def s_client(world, *words, status=0, send=""):
    return output_of("openssl", "s_client", "-connect", f"127.0.0.1:{world.ports['tls']}", "-CAfile", world.ca, *words, status=status,
                     send=send)


def versions(world):
    for version, name in (("-tls1_2", "TLSv1.2"), ("-tls1_3", "TLSv1.3")):
        require(s_client(world, "-brief", version, "-servername", HOST, "-verify_return_error"), f"Protocol version: {name}",
                "Verification: OK")


def old_versions(world):
    for version in ("-tls1", "-tls1_1"):
        require(s_client(world, version, "-cipher", "ALL:@SECLEVEL=0", status=1), "alert protocol version")


def resumption(world):
    kept = world.folder / "session"
    request = f"GET /plaintext HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n"
    for version in ("-tls1_2", "-tls1_3"):
        words = (version, "-servername", HOST, "-ign_eof")
        require(s_client(world, *words, "-sess_out", kept, send=request), TEXT)
        require(s_client(world, *words, "-sess_in", kept, send=request), "Reused, ", TEXT)


def stapling(world):
    wanted = "OCSP Response Status: successful" if world.engine == "openssl" else "OCSP response: no response sent"
    require(s_client(world, "-status", "-servername", HOST), wanted)
    return "yes" if world.engine == "openssl" else "none, as said"


def names(world):
    require(s_client(world, "-servername", HOST, "-verify_hostname", "wrong.example", "-verify_return_error", status=1), "ostname mismatch")
    require(s_client(world, "-brief", "-servername", "b.star.example", "-verify_hostname", "b.star.example", "-verify_return_error"),
            "Verification: OK")
    require(s_client(world, "-brief", "-servername", "b.b.star.example"), "CN = localhost")  # a wildcard covers one label


def alpn(world):
    words = ("openssl", "s_client", "-connect", f"127.0.0.1:{world.ports['tls']}", "-servername", HOST, "-alpn", "echo", "-quiet")
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as client:
        client.stdin.write("hello\n")  # and no end of its input, at which it would leave
        client.stdin.flush()
        echo = client.stdout.readline()
        client.terminate()
    require(echo, "hello")
    require(s_client(world, "-servername", HOST, "-alpn", "other", status=1), "no application protocol")


# ---- Node, Java, Chromium

def node(world):
    require(output_of("node", PROGRAMS / "client.mjs", world.url, world.ca), "https 1.1 200", "http2 200")


def java(world):
    classes = world.folder / "classes"
    if not classes.exists():
        output_of(jdk() / "bin" / "javac", "-d", classes, PROGRAMS / "Client.java")
    require(output_of(jdk() / "bin" / "java", "-cp", classes, f"-Djavax.net.ssl.trustStore={world.trust}", "-Djavax.net.ssl.trustStorePassword=secret",
                      "Client", world.url), "HTTP_2 200", "HTTP_1_1 200")


def chromium(world):
    profile = world.folder / "chromium"
    try:
        text = output_of("chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}", "--no-proxy-server",
                         f"--ignore-certificate-errors-spki-list={authority.fingerprint(world.ca.parent / 'localhost.pem')}", "--dump-dom",
                         f"{world.url}/plaintext")
        require(text, TEXT)
    finally:
        shutil.rmtree(profile, ignore_errors=True)


# ---- proxies

class Proxy:
    """A proxy in front of Pollux, while it is tried. A context manager."""

    def __init__(self, port, *words):
        self.port = port
        self.words = words

    def __enter__(self):
        self.process = subprocess.Popen([str(word) for word in self.words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            _await_open([self.port])
        except Failed as e:
            self.__exit__()
            raise Wrong(f"{self.words[0]} does not listen: {self.process.stderr.read()[-1500:]}") from e
        return f"http://127.0.0.1:{self.port}/plaintext"

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def haproxy(world):
    ports = world.ports
    backends = {
        "haproxy v1": f"127.0.0.1:{ports['proxied']} send-proxy",
        "haproxy v2": f"127.0.0.1:{ports['proxied']} send-proxy-v2",
        "haproxy tls": f"127.0.0.1:{ports['tls']} ssl verify required ca-file {world.ca} sni str({HOST}) verifyhost {HOST} alpn h2,http/1.1",
        "haproxy v2 tls": f"127.0.0.1:{ports['proxied tls']} send-proxy-v2 ssl verify required ca-file {world.ca} sni str({HOST})"
                          f" verifyhost {HOST}",
    }
    file = world.folder / "haproxy.cfg"
    file.write_text("defaults\n  mode http\n  timeout connect 60s\n  timeout client 60s\n  timeout server 60s\n" + "".join(
        f"listen {name.replace(' ', '-')}\n  bind 127.0.0.1:{ports[name]}\n  server pollux {server}\n" for name, server in backends.items()))
    with Proxy(ports["haproxy v2 tls"], "haproxy", "-db", "-f", file):
        for name in backends:
            require(curl(world, url=f"http://127.0.0.1:{ports[name]}/plaintext"), f"{TEXT} 1.1 200")


def nginx(world):
    file = world.folder / "nginx.conf"
    file.write_text(f"daemon off; master_process off; pid {world.folder}/nginx.pid; error_log stderr; events {{}}\n"
                    f"http {{ access_log off; server {{ listen 127.0.0.1:{world.ports['nginx']}; location / {{\n"
                    f"  proxy_pass https://127.0.0.1:{world.ports['tls']}; proxy_ssl_verify on; proxy_ssl_trusted_certificate {world.ca};\n"
                    f"  proxy_ssl_name {HOST}; proxy_ssl_server_name on; proxy_http_version 1.1; proxy_set_header Host {HOST}; }} }} }}\n")
    with Proxy(world.ports["nginx"], "nginx", "-p", world.folder, "-c", file) as url:
        require(curl(world, url=url), f"{TEXT} 1.1 200")


# ---- testssl

def testssl(world):
    """Only once for an engine, because it takes minutes."""
    if not world.options.scan or not world.is_first_backend():
        return "-"
    text = output_of("testssl", "-p", "-s", "-S", "-h", "-U", "--quiet", "--color", "0", "--warnings", "off",
                     f"{HOST}:{world.ports['tls']}", seconds=SCAN_SECONDS, status=None)
    bad = [line for line in text.splitlines() if "VULNERABLE" in line and "not vulnerable" not in line]
    # what it finds with the JDK is wrong: docs/tls.md says why
    bad = [line for line in bad if world.engine != "jsse" or "Secure Client-Initiated Renegotiation" not in line]
    if bad:
        raise Wrong("\n".join(bad))
    require(re.sub(" +", " ", text), "TLS 1.3 offered", "TLS 1.1 not offered", "Done")
    return "yes"


CLIENTS = (
    ("curl: HTTP/2, HTTP/1.1, TLS 1.2", curl_http, "curl"),
    ("curl: 421, a wrong name, a wildcard", curl_other_hosts, "curl"),
    ("`s_client -brief`, TLS 1.2 and 1.3", versions, "openssl"),
    ("`s_client`, TLS 1.0 and 1.1: refused", old_versions, "openssl"),
    ("`s_client -sess_in`: resumed", resumption, "openssl"),
    ("`s_client -status`: stapled", stapling, "openssl"),
    ("`s_client`: wrong names, wildcards", names, "openssl"),
    ("`s_client -alpn`: echo, none in common", alpn, "openssl"),
    ("Node: `https`, `http2`", node, "node"),
    ("java.net.http", java, None),
    ("Chromium", chromium, "chromium"),
    ("HAProxy: `send-proxy`, `send-proxy-v2`, `ssl`, both", haproxy, "haproxy"),
    ("nginx: `proxy_ssl_verify`", nginx, "nginx"),
    ("testssl", testssl, "testssl"),
)


def _await_open(ports):
    deadline = time.monotonic() + 60
    for port in ports:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise Failed(f"nothing listens on port {port}") from None
                time.sleep(0.1)
