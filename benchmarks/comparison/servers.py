"""The servers that are compared. A new one is a class or an entry at the end of this file."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

FLOOR = Path(__file__).resolve().parent.parent / "floor"
START_SECONDS = 180  # Pollux may have to be built first
BODY = b"Hello, World!"


class Refused(Exception):
    """A server that cannot take part, and why."""


class Server:
    """A server process on a port of 127.0.0.1, all its threads on one core."""

    # Seconds of each load before anything is measured.
    warm_up = 1

    # The name of the thread that does the work, as the kernel knows it (15 bytes); all threads when there is none.
    working_thread = None

    def __init__(self, name):
        self.name = name
        self.process = None
        self.url = None
        self.folder = None

    def command(self, port):
        """The words of the command; it may write to self.folder."""
        raise NotImplementedError

    def environment(self):
        return {}

    def start(self, port, core):
        self.folder = Path(tempfile.mkdtemp(prefix="compare-"))
        self.url = f"http://127.0.0.1:{port}/plaintext"
        with open(self.folder / "output", "wb") as output:
            self.process = subprocess.Popen(
                ["taskset", "-c", str(core), *self.command(port)], stdin=subprocess.DEVNULL, stdout=output,
                stderr=subprocess.STDOUT, env=os.environ | self.environment(), start_new_session=True)
        self.await_answer()

    def await_answer(self):
        deadline = time.monotonic() + START_SECONDS
        fault = "no answer"
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise Refused(f"ended with status {self.process.returncode}: {self.last_words()}")
            try:
                with urllib.request.urlopen(self.url, timeout=5) as answer:
                    body = answer.read()
                    if answer.status == 200 and body == BODY and answer.headers["Date"]:
                        self.check()
                        return
                    fault = f"answered {answer.status} with {len(body)} bytes, Date: {answer.headers['Date']}"
            except OSError as e:
                fault = str(e)
            time.sleep(0.1)
        raise Refused(f"{fault} within {START_SECONDS} s: {self.last_words()}")

    def check(self):
        """Raises Refused when what answers is not what was asked for."""

    def last_words(self):
        text = (self.folder / "output").read_text(errors="replace").strip()
        return "\n".join(text.splitlines()[-5:]) or "it wrote nothing"

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)


class Program(Server):
    """A program of one thread whose only argument is the port."""

    def __init__(self, name, path):
        super().__init__(name)
        self.path = path

    def command(self, port):
        return [str(self.path), str(port)]


class Pollux(Server):
    warm_up = 15
    working_thread = "pollux-loop-0"

    def __init__(self, name, command, backend, jvm_options):
        super().__init__(name)
        self.pollux = command
        self.backend = backend
        self.jvm_options = jvm_options

    def environment(self):
        return {"POLLUX_OPTS": self.jvm_options}

    def command(self, port):
        settings = {
            "pollux.runtime.backend": self.backend,
            "pollux.runtime.loops": 1,
            "pollux.http.endpoint": f"tcp://127.0.0.1:{port}",
            "pollux.echo.endpoint": "tcp://127.0.0.1:0",
        }
        sets = [word for key, value in settings.items() for word in ("--set", f"{key}={value}")]
        return [self.pollux, "run", "--home", str(self.folder / "home"), *sets]

    def check(self):
        """A backend that does not work is replaced by one that does, and the server runs on."""
        status = subprocess.run([self.pollux, "status", "--home", str(self.folder / "home")],
                                capture_output=True, text=True).stdout
        if not re.search(rf"^{re.escape(self.backend)}\s+polls\b", status, re.MULTILINE):
            raise Refused(f"{self.backend} does not poll:\n{status}")


def variant(text, options):
    """A Pollux with options of its own: NAME=BACKEND, or NAME=BACKEND:JVM OPTIONS."""
    name, equals, rest = text.partition("=")
    backend, _, jvm_options = rest.partition(":")
    if not (name and equals and backend):
        raise ValueError(f"'{text}' is no variant: NAME=BACKEND, or NAME=BACKEND:JVM OPTIONS")
    return Pollux(name, options.pollux, backend, f"{options.jvm_options} {jvm_options}")


def all_servers(options):
    return [
        Program("floor-epoll", FLOOR / "target" / "epoll"),
        Program("floor-libevent", FLOOR / "target" / "libevent"),
        Pollux("pollux-nio", options.pollux, "nio", options.jvm_options),
        Pollux("pollux-libevent", options.pollux, "libevent", options.jvm_options),
        *(variant(text, options) for text in options.variant),
    ]
