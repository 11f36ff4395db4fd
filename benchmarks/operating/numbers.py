"""A scrape of a server that has met everything, and docs/operating.md."""

import json
import re
import shutil
import subprocess
from pathlib import Path

from . import clients
from .server import Server, free_port

DOCS = Path(__file__).resolve().parent.parent.parent / "docs" / "operating.md"
PROXIED = b"PROXY TCP4 10.0.0.9 10.0.0.1 40000 80\r\n"


def run(pollux, report):
    echo = free_port()
    settings = {
        "pollux.http.endpoint": "tcp://127.0.0.1:0, tls://127.0.0.1:0",
        "pollux.echo.endpoint": f"tcp://127.0.0.1:{echo}?proxy=127.0.0.0/8",
        "pollux.runtime.connectionsPerAddress": 12,
        "pollux.runtime.maxConnections": 24,
    }
    with Server(pollux, **settings) as server:
        server.run("tls", "self-signed", "localhost")
        port, secured = server.port("protocol-http"), server.port("protocol-http", "tls")
        with clients.Load(port) as load:
            client, head, echoed = clients.websocket(port)
            report.look("a WebSocket is open", b" 101 " in head and echoed.endswith(b"hi"), head)
            report.look("a request by TLS", clients.tls(secured, clients.get("/plaintext")).startswith(b"HTTP/1.1 200"))
            clients.bad_handshake(secured)
            done = subprocess.run(["curl", "-sk", "--http2", f"https://127.0.0.1:{secured}/plaintext", "-w", "%{http_version}"], capture_output=True)
            report.look("a request by HTTP/2", done.stdout.endswith(b"2"), done)
            server.shell("pollux:backend nio")
            server.shell(f"felix:update {server.bundle('org.pollux.reactor-chaos')}")
            limits(port, echo)
            status, kind, text = server.get("/metrics")
            document = json.loads(server.get("/status.json")[2])
            client.close()
        report.look("the load was served", load.done > 0 and not load.bad, f"{load.done} served, {load.bad} bad")
        report.look("/metrics is text for Prometheus", status == 200 and kind.startswith("text/plain; version=0.0.4"), kind)
        _, kind, opened = server.get("/metrics", accept="application/openmetrics-text; version=1.0.0")
        report.look("OpenMetrics by Accept", kind.startswith("application/openmetrics-text") and opened.endswith("# EOF\n"), kind)
        report.look("no token, no numbers", server.get("/metrics", token=None)[0] == 401)
        promtool(text, report)
        met(text, document, report)
        documented(text, report)


def limits(port, echo):
    """Each that a client can meet from this machine."""
    connect(port, b"GET /" + b"a" * 100_000, source="127.0.0.4").close()  # longer than a request's head may be
    crowd = [connect(echo, PROXIED + b"x", 1) for _ in range(14)]  # more than connectionsPerAddress: some are reset
    crowd += [connect(port, b"", 0, source) for source in ("127.0.0.2", "127.0.0.3") for _ in range(12)]  # beyond maxConnections: they wait
    for client in crowd:
        client.close()


def connect(port, data=b"", size=65536, source="127.0.0.1"):
    try:
        return clients.connect(port, data, size, source)[0]
    except (ConnectionResetError, BrokenPipeError):
        return clients.socket.socket()


def promtool(text, report):
    if shutil.which("promtool") is None:
        report.left_out("promtool", "install prometheus (Debian: prometheus)")
        return
    done = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True)
    report.look("promtool check metrics", done.returncode == 0 and not done.stdout + done.stderr, done.stdout + done.stderr)
    rules = "groups:\n- name: pollux\n  rules:\n" + "".join(
        f"  - alert: A{i}\n    expr: {json.dumps(rule)}\n" for i, rule in enumerate(alerts()))
    done = subprocess.run(["promtool", "check", "rules", "/dev/stdin"], input=rules, capture_output=True, text=True)
    report.look(f"promtool check rules: {len(alerts())} of docs/operating.md", done.returncode == 0, done.stdout + done.stderr)


def alerts():
    """The conditions of the page that are expressions."""
    part = DOCS.read_text().partition("## What to alert on")[2].partition("\n## ")[0]
    return [rule for rule in re.findall(r"^\| `([^`]+)`", part, re.MULTILINE)]


def met(text, document, report):
    for what, pattern in {
        "a swap": r"pollux_swaps_total\{outcome=\"done\"\} [1-9]",
        "a connection that was refused": r"pollux_endpoint_refused_total\{.*limit=\"connectionsPerAddress\"\} [1-9]",
        "a handshake that failed": r"pollux_endpoint_handshakes_total\{.*outcome=\"failed\"\} [1-9]",
        "a WebSocket": r"pollux_websocket_connections\{.*\} 1$",
        "a request by HTTP/2": r"pollux_http_wire_requests_total\{.*wire=\"h2\"\} [1-9]",
        "a limit of HTTP": r"pollux_limits_met_total\{.*owner=\"org.pollux.protocol-http\"\} [1-9]",
        "connections that wait": r"pollux_limits_met_total\{limit=\"maxConnections[^}]*\} [1-9]",
        "a certificate": r"pollux_certificate_expiry_timestamp_seconds\{",
    }.items():
        report.look(f"the scrape has {what}", re.search(pattern, text, re.MULTILINE), "\n".join(re.findall(r"^pollux_(?:limits|endpoint_ref|http_w).*", text, re.M)))
    figures = json.dumps(document)
    report.look("status.json has them too", '"connectionsPerAddress": ' in figures and '"h2": ' in figures and document["webSockets"], figures[:500])


def documented(text, report):
    """Every metric of the scrape is in the page, and the other way round."""
    page = DOCS.read_text()
    table = page.partition("| metric, with the prefix")[2].partition("\n\n")[0]
    names = set(re.findall(r"`([a-z0-9_]+)`", "\n".join(line.split("|")[1] for line in table.splitlines()[2:])))
    scraped = {name.removeprefix("pollux_") for name in re.findall(r"^# TYPE (pollux_\S+) ", text, re.MULTILINE)}
    missing = {name for name in scraped if name not in names and name.removesuffix("_total") not in names}
    gone = {name for name in names if name not in scraped and not name.startswith("pool_")}  # no sample has a client
    report.look("each metric of the scrape is in docs/operating.md", not missing, missing)
    report.look("each metric of docs/operating.md is in the scrape", not gone, gone)
