"""Each command in a pipe: what it prints, and its exit status."""

import json
import re
import socket
import tempfile
import zipfile
from pathlib import Path

from .server import Server, run as run_command
from .terminal import ESCAPE

ROOT = Path(__file__).resolve().parent.parent.parent

# words, exit status, a pattern of the output
PIPE = [
    ("status", 0, r"(?s)^Pollux .*running, up .*^loop +backend .*^endpoint .*^descriptors: "),
    ("status --bad", 2, "unknown option '--bad'"),
    ("status much", 2, "'status' takes --json or --watch"),
    ("status --watch", 2, "--watch needs a terminal"),
    ("endpoints", 0, r"(?s)^endpoint +state +connections +accepted +protocol$.*^unix:run/shell.sock +open "),
    ("endpoints x", 2, "'endpoints' takes no 'x'"),
    ("connections", 0, r"(?s)^ *id +remote .*served by$.*protocol-shell"),
    ("connections -n 1", 0, r"^ *id +remote"),
    ("connections -n x", 2, "'x' is not a whole number"),
    ("connections close 999999", 1, "connection 999999 is unknown"),
    ("connections close", 2, "'connections' takes nothing"),
    ("loops", 0, r"(?s)^loop +backend .*^pollux-loop-admin .* serves$"),
    ("loops replace 0", 1, "is not held up"),
    ("loops replace 99", 1, "The loop '99' is unknown. Known: 0, 1, admin"),
    ("loops x", 2, "'loops' takes nothing"),
    ("routes", 0, r"(?s)^path +methods +bundle +thread +filters$.*^/plaintext +GET +org.pollux.samples-http +loop$"),
    ("routes x", 2, "'routes' takes no 'x'"),
    ("health", 0, "^ready$"),
    ("health x", 2, "'health' takes no 'x'"),
    ("backend", 0, r"(?m)^\S+ +polls "),
    ("backend nonesuch", 1, "The backend 'nonesuch' is unknown. Known: "),
    ("backend a b", 2, "'backend' takes no 'b'"),
    ("tls", 0, "(?s)^TLS engine.*^handshakes$"),
    ("tls nonesuch", 1, "The TLS engine 'nonesuch' is unknown. Known: "),
    ("tls self-signed", 2, "needs the name of a host"),
    ("tls self-signed a/b", 2, "is not the name of a host"),
    ("config", 0, r"(?s)^pollux\.http: .*^  endpoint "),
    ("config pollux.echo", 0, r"(?s)^pollux\.echo: .*^  lowPorts "),
    ("config nonesuch", 1, "no bundle here has the PID nonesuch"),
    ("logs -n 1", 0, r"^\S+ \S+ (INFO|WARN|ERROR) "),
    ("logs -n x", 2, "-n needs a whole number"),
    ("record --for 0s", 2, "'0s' is not a time from 1s to 4m"),
    ("record much", 2, "'record' takes nothing"),
    ("record --for 1s", 0, r"(?s)^records for 1 s$.*^wrote \S+\.jfr$"),
    ("undeploy", 2, "'undeploy' needs a name"),
    ("undeploy nonesuch", 1, "'nonesuch' is not in "),
    ("deploy", 2, "'deploy' needs a jar or a file PID.cfg"),
    ("deploy /nonesuch.jar", 2, "the file /nonesuch.jar does not exist"),
    ("deploy /etc/passwd", 2, "must end in .jar or .cfg"),
    ("stop now", 2, "'stop' takes no 'now'"),
]

NOT_RUNNING = ["status", "status --json", "endpoints", "connections", "connections close 1", "loops", "routes", "health", "backend", "tls", "config",
               "record", "undeploy x", "stop", "reload", "upgrade"]

# in the shell, by the names of Gogo
GOGO = ["status", "status --json", "endpoints", "connections", "loops", "routes", "health", "backend", "tls", "config pollux.echo", "logs -n 1",
        "record --for 1s", "help"]


def run(pollux, report):
    with tempfile.TemporaryDirectory() as empty:
        for line in NOT_RUNNING:
            status, text = run_command(pollux, empty, *line.split())
            report.look(f"{line}: 3 without a server", status == 3 and text == f"not running: {empty}\n", f"{status}: {text}")
    with Server(pollux) as server:
        pipe(server, report)
        schema(server, report)
        connections(server, report)
        deploy(server, report)
        shell(server, report)


def pipe(server, report):
    for line, wanted, pattern in PIPE:
        status, text = server.run(*line.split())
        report.look(f"{line}: {wanted}", status == wanted and re.search(pattern, text, re.MULTILINE) and ESCAPE not in text, f"{status}: {text}")
        word = line.split()[0]
        status, text = server.run(word, "--help")
        if line == word:
            report.look(f"{word} --help", status == 0 and text.startswith(f"usage: pollux {word}") and text.count("\n") > 2, text)


def schema(server, report):
    _, text = server.run("status", "--json")
    document = json.loads(text)
    report.look("status --json is one line", text.count("\n") == 1, text)
    report.look("status.json is the same", document.keys() == json.loads(server.get("/status.json")[2]).keys())
    try:
        import jsonschema
    except ImportError:
        report.left_out("the schema", "install python3-jsonschema")
        return
    wrong = list(jsonschema.Draft202012Validator(json.loads((ROOT / "docs" / "status.schema.json").read_text())).iter_errors(document))
    report.look("status --json fits docs/status.schema.json", not wrong, wrong)


def connections(server, report):
    with socket.create_connection(("127.0.0.1", server.port("protocol-echo"))) as client:
        client.sendall(b"x")
        client.recv(1)
        _, text = server.run("connections")
        mine = re.search(rf"^ *(\d+) +127\.0\.0\.1:{client.getsockname()[1]} ", text, re.MULTILINE)
        report.look("connections names a client", mine, text)
        status, text = server.run("connections", "close", mine.group(1))
        client.settimeout(30)
        report.look("connections close ID ends it", status == 0 and client.recv(1) == b"", f"{status}: {text}")


def deploy(server, report):
    folder = server.folder / "deployed"
    folder.mkdir()
    good = server.root() / "samples" / "samples-protocol.jar"
    with zipfile.ZipFile(folder / "lacks.jar", "w") as jar:
        jar.writestr("META-INF/MANIFEST.MF",
                     "Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: org.acme.lacks\nImport-Package: org.acme.missing\n\n")
    (folder / "bad.jar").write_text("not a jar")
    (folder / "pollux.http.client.cfg").write_text("connectTimeout = 3\n")
    (folder / "pollux.http.files-a.cfg").write_text("path = /a\nfolder = .\nnonesuch = 1\n")
    (folder / "org.acme.cfg").write_text("a = 1\n")
    for words, wanted, pattern in [
        (("deploy", good), 0, r"^org\.pollux\.samples-protocol \S+ \(bundle \d+\) runs, with tcp://"),
        (("deploy", folder / "lacks.jar"), 1, "org.acme.lacks .*cannot run: it imports the package org.acme.missing"),
        (("deploy", folder / "bad.jar"), 1, "bad.jar is not a bundle"),
        (("deploy", folder / "pollux.http.client.cfg"), 1, "pollux.http.client"),  # has a file in conf/
        (("deploy", folder / "pollux.http.files-a.cfg"), 1, "nonesuch"),
        (("deploy", folder / "org.acme.cfg"), 1, "org.acme"),
        (("undeploy", "samples-protocol"), 0, "^org.pollux.samples-protocol .* is uninstalled$"),
        (("undeploy", "org.acme.lacks"), 0, "is uninstalled$"),
        (("undeploy", "bad.jar"), 0, "is removed$"),
        (("undeploy", "pollux.http.files-a.cfg"), 0, "not in force any more$"),
        (("undeploy", "org.acme.cfg"), 0, "org.acme.cfg"),
    ]:
        status, text = server.run(*words)
        report.look(f"{words[0]} {Path(words[1]).name}: {wanted}", status == wanted and re.search(pattern, text, re.MULTILINE), f"{status}: {text}")
    left = [file.name for file in (server.home / "deploy").iterdir() if not file.name.startswith("README")]
    report.look("deploy/ is empty again", not left, left)


def shell(server, report):
    for line in GOGO:
        status, text = server.run("shell", *f"pollux:{line}".split())
        report.look(f"shell pollux:{line}", status == 0 and text and ESCAPE not in text, f"{status}: {text}")
    status, text = server.run("shell", "nonesuch")
    report.look("shell nonesuch: 1", status == 1 and text.startswith("unknown command 'nonesuch'"), f"{status}: {text}")
