"""A node: one Pollux with a home of its own, driven by its command."""

import os
import re
import shutil
import signal
import subprocess
import time
import zipfile
from pathlib import Path

CONFIGURATION = Path(__file__).resolve().parent / "conf"
SECONDS = 180
SMALL = "-Xmx96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"  # several share this machine


class Failed(Exception):
    """The run cannot go on, and why."""


class Node:

    def __init__(self, home, port, pollux, settings):
        self.home = home
        self.port = port
        self.pollux = pollux
        self.settings = [setting.format(port=port) for setting in (*settings, "pollux.echo.endpoint=tcp://127.0.0.1:0")]
        self.version = 0
        home.mkdir(mode=0o700)
        shutil.copytree(CONFIGURATION, home / "conf")
        (home / "deploy").mkdir()
        shutil.copy(self._handlers(), home / "deploy")

    def start(self):
        self._command("start", *(f"--set={setting}" for setting in self.settings))

    def restart(self):
        """Readiness ends, the load balancer notices, the endpoints close, the connections drain."""
        self._command("stop")
        self.start()

    def update(self):
        """The same handlers in a bundle of another version. The node keeps its connections, and requests wait for a moment."""
        self.version += 1
        jar = self.home / "samples-http.jar"
        another_version(self._handlers(), jar, f"0.2.{self.version}")
        self._command("deploy", jar)

    def upgrade(self):
        """A new process takes over the listening sockets. One that comes while the process before still drains is tried again."""
        deadline = time.monotonic() + SECONDS
        while True:
            before = self._pid()
            try:
                self._command("upgrade")
                break
            except Failed as e:
                if "still drains" not in str(e) or time.monotonic() > deadline:
                    raise
                time.sleep(0.5)
        while Path(f"/proc/{before}").exists():
            if time.monotonic() > deadline:
                raise Failed(f"the process {before} still runs {SECONDS} s after an upgrade")
            time.sleep(0.1)

    def kill(self):
        """As a machine that loses its power, except that its kernel still tells the load balancer that the connections end."""
        pid = self._pid()
        os.kill(pid, signal.SIGKILL)
        while Path(f"/proc/{pid}").exists():
            time.sleep(0.05)
        self.start()

    def stop(self):
        """At the end, whatever its state is."""
        subprocess.run([self.pollux, "stop", "--home", self.home], capture_output=True, timeout=SECONDS, check=False)

    def require_client(self, address):
        """The node must know the clients by their own address, which the load balancer tells it."""
        listed = self._command("connections")
        if address not in listed:
            raise Failed(f"a node does not know its clients' address {address}:\n{listed}")

    def _handlers(self):
        return self.pollux.resolve().parent.parent / "samples" / "samples-http.jar"

    def _pid(self):
        return int((self.home / "run" / "pollux.pid").read_text())

    def _command(self, *words):
        try:
            done = subprocess.run([self.pollux, *words, "--home", self.home], capture_output=True, text=True, timeout=SECONDS,
                                  env=os.environ | {"POLLUX_OPTS": SMALL}, check=False)
        except subprocess.TimeoutExpired as e:
            raise Failed(f"'pollux {words[0]}' of {self.home.name} takes longer than {SECONDS} s; its log is in {self.home}/log (--keep)") from e
        if done.returncode != 0:
            raise Failed(f"'pollux {words[0]}' of {self.home.name} ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout


def another_version(jar, target, version):
    """A copy of a bundle with another version."""
    with zipfile.ZipFile(jar) as bundle, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in bundle.infolist():
            content = bundle.read(entry)
            if entry.filename == "META-INF/MANIFEST.MF":
                content = re.sub(rb"(?m)^Bundle-Version: [^\r\n]*", f"Bundle-Version: {version}".encode(), content)
            copy.writestr(entry, content)
