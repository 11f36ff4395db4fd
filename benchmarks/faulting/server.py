"""The server of a situation: that of the swaps, with bundles that are installed, and more that is asked of it."""

import re
import socket
import subprocess
import time
from pathlib import Path

from swapping import server as swapping
from swapping.server import Failed

PATIENCE = 30  # seconds


class Server(swapping.Server):
    """`pollux run` on a home and ports of its own, with a deploy folder. A context manager."""

    def __init__(self, options, loops=2, jvm_options="", prefix=(), **settings):
        super().__init__(options.pollux, options.backend, loops, jvm_options, prefix, settings)

    def java_pid(self):
        """The command becomes the JVM."""
        if not Path(f"/proc/{self.pid}/exe").resolve().name == "java":
            raise Failed("the command is not a JVM")
        return self.pid

    def class_path(self):
        """What a handler is compiled against: the API's bundle, found by the jar that runs."""
        return ":".join(str(jar) for jar in self.root().glob("bundles/*/protocol-http-api-*.jar"))

    def port(self, protocol, scheme="tcp"):
        """Of an endpoint that may open a little later than the server starts."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return super().port(protocol, scheme)
            except Failed:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def install(self, jar):
        """Installs and starts a bundle; its number."""
        found = re.search(r"Bundle ID: (\d+)", self.shell(f"felix:install file:{jar}"))
        if not found:
            raise Failed(f"{jar} was not installed")
        self.shell(f"felix:start {found.group(1)}")
        return found.group(1)

    def deploy(self, jar, name):
        """Puts a jar in deploy/ in one step, in place of what has that name there."""
        folder = self.folder / "home" / "deploy"
        part = folder / f".{name}.part"
        part.write_bytes(jar.read_bytes())
        part.rename(folder / name)

    def shell(self, command):
        """As that of the swaps, but it does not wait for ever."""
        with socket.socket(socket.AF_UNIX) as shell:
            shell.settimeout(PATIENCE)
            shell.connect(str(self.folder / "home" / "run" / "shell.sock"))
            shell.sendall(f"RUN {command}\n".encode())
            response = b"".join(iter(lambda: shell.recv(65536), b"")).decode()
        text, _, status = response.rpartition("\0")
        if status != "000\n":
            raise Failed(f"'{command}' ended with status {status.strip() or 'none'}: {text}")
        return text

    def status_seconds(self):
        """How long `pollux:status` takes; PATIENCE when it does not answer."""
        start = time.monotonic()
        try:
            self.shell("pollux:status")
        except (OSError, Failed):
            return float(PATIENCE)
        return time.monotonic() - start

    def command_status_seconds(self):
        """How long the command `pollux status` takes, its JVM included."""
        start = time.monotonic()
        try:
            subprocess.run([self.command, "status", "--home", str(self.folder / "home")], capture_output=True,
                           timeout=PATIENCE, check=False)
        except subprocess.TimeoutExpired:
            return float(PATIENCE)
        return time.monotonic() - start

    def everything(self):
        """What it has printed, and its log."""
        file = self.folder / "home" / "log" / "pollux.log"
        return self.log() + (file.read_text(errors="replace") if file.exists() else "")

    def faults(self):
        """The lines of `status` that begin with an exclamation mark."""
        return [line for line in self.shell("pollux:status").splitlines() if line.startswith("!")]


def until(what, condition, seconds=PATIENCE):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise Failed(f"not within {seconds} s: {what}")
        time.sleep(0.02)
