"""A server that runs for an experiment: started by the command, asked through its shell, looked at through /proc."""

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

START_SECONDS = 600  # it may have to be built first


class Failed(Exception):
    """The experiment cannot go on, and why."""


class Server:
    """`pollux run` on a home and ports of its own. A context manager."""

    def __init__(self, command, backend, loops, jvm_options="", prefix=(), settings=None):
        """The prefix is what the command is run by, and becomes: bash -c 'ulimit ...; exec "$@"' bash."""
        self.command = command
        self.prefix = prefix
        self.settings = {
            "pollux.runtime.backend": backend,
            "pollux.runtime.loops": loops,
            "pollux.http.endpoint": "tcp://127.0.0.1:0",
            "pollux.echo.endpoint": "tcp://127.0.0.1:0",
            "pollux.runtime.connectionsPerAddress": 0,
        } | (settings or {})
        self.jvm_options = jvm_options
        self.folder = None
        self.process = None

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="swap-"))
        try:
            self.start()
        except Failed:
            self.__exit__()
            raise
        return self

    def start(self):
        """Starts it on its home; returns when it runs."""
        sets = [word for key, value in self.settings.items() for word in ("--set", f"{key}={value}")]
        with open(self.folder / "output", "wb") as output:
            self.process = subprocess.Popen(
                [*self.prefix, self.command, "run", "--samples", "--home", str(self.folder / "home"), *sets],
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, env=os.environ | {"POLLUX_OPTS": self.jvm_options},
                start_new_session=True)
        self._await_start()

    def _await_start(self):
        deadline = time.monotonic() + START_SECONDS
        while "Pollux runs" not in self.log():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise Failed(f"the server did not start:\n{self.log()}")
            time.sleep(0.1)

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def stop(self):
        """As the system's service manager does."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def log(self):
        return (self.folder / "output").read_text(errors="replace")

    def complaints(self):
        """The last warnings and errors that it has logged."""
        return [line for line in self.log().splitlines() if " WARN " in line or " ERROR " in line][-20:]

    @property
    def pid(self):
        return self.process.pid

    def shell(self, command):
        """What a command of the shell prints; Failed when its status is not 0."""
        with socket.socket(socket.AF_UNIX) as shell:
            shell.connect(str(self.folder / "home" / "run" / "shell.sock"))
            shell.sendall(f"RUN {command}\n".encode())
            answer = b"".join(iter(lambda: shell.recv(65536), b"")).decode()
        text, _, status = answer.rpartition("\0")
        if status != "000\n":
            raise Failed(f"'{command}' ended with status {status.strip() or 'none'}: {text}")
        return text

    def port(self, protocol, scheme="tcp"):
        found = re.search(rf"^{scheme}://.*[:(](\d+)\)?\s+open\s.*\.{protocol}(?: \(.*\))?$", self.shell("pollux:status"), re.MULTILINE)
        if not found:
            raise Failed(f"{protocol} has no open endpoint:\n{self.shell('pollux:status')}")
        return int(found.group(1))

    def swap(self, backend):
        """Moves to a backend; the sources that moved, and the longest pause in milliseconds."""
        text = self.shell(f"pollux:backend {backend}")
        found = re.search(r": (\d+) sources? on \d+ loops?, longest pause ([\d.]+) ms", text)
        if not found:
            raise Failed(f"a swap printed '{text}'")
        return int(found.group(1)), float(found.group(2))

    def polls(self):
        """The backend that polls."""
        found = re.search(r"^(\S+)\s+polls\s", self.shell("pollux:backend"), re.MULTILINE)
        return found.group(1) if found else "none"

    def bundle(self, name):
        """The number of a bundle."""
        for line in self.shell("lb -s").splitlines():
            columns = [column.strip() for column in line.split("|")]
            if len(columns) > 3 and columns[3].partition(" ")[0] == name:
                return columns[0]
        raise Failed(f"the bundle {name} is not installed")

    # ---- what the system says of it

    def resident_mb(self):
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise Failed("the server has no resident size")

    def root(self):
        """The folder of the distribution that runs."""
        words = Path(f"/proc/{self.pid}/cmdline").read_bytes().decode().split("\0")
        return Path(words[words.index("-jar") + 1]).resolve().parent.parent

    def mapped_rings(self):
        """Mappings of io_uring."""
        return Path(f"/proc/{self.pid}/maps").read_text().count("io_uring")

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def threads(self):
        """By name, without the JVM's own, of which compilers and collectors come and go."""
        names = []
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            try:
                names.append((task / "comm").read_text().strip())
            except FileNotFoundError:
                continue
        return sorted(name for name in names if name.startswith("pollux-"))

    def jcmd(self, *words):
        java = Path(f"/proc/{self.pid}/exe").resolve()
        return subprocess.run([str(java.parent / "jcmd"), str(self.pid), *words], capture_output=True, text=True,
                              check=True).stdout

    def bundle_class_loaders(self):
        """After a full collection."""
        self.jcmd("GC.run")
        return self.jcmd("VM.classloader_stats").count("BundleClassLoader")
