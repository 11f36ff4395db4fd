"""What every server that is compared has in common: how it is started, asked, and stopped."""

import os
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

START_SECONDS = 600  # Pollux may have to be built first
BODY = b"Hello, World!"


class Refused(Exception):
    """A server that cannot take part, and why."""


class Server:
    """A server process on a port of 127.0.0.1, all its threads on one core."""

    # Seconds of the first load before anything is measured.
    warm_up = 1

    # The name of the thread that does the work, as the kernel knows it (15 bytes); all threads when there is none.
    working_thread = None

    uses_java = False

    scheme = "http"

    # The socket where a JVM says what it has allocated.
    allocations = None

    # What it speaks on its port.
    speaks = {"http/1.1"}

    # A file with the certificate and the key of the run.
    certificate = None

    # What is known not to be comparable: the load's name, and why.
    cannot = {}

    def __init__(self, name):
        self.name = name
        self.process = None
        self.port = None
        self.folder = None

    def url(self, path="/plaintext"):
        return f"{self.scheme}://127.0.0.1:{self.port}{path}"

    def ask(self, path="/plaintext", body=None):
        """Asks once, whatever its certificate; the response."""
        return urllib.request.urlopen(self.url(path), body, timeout=5, context=ssl._create_unverified_context())

    def h2_url(self, path):
        """Where HTTP/2 without TLS is spoken."""
        return self.url(path)

    TLS = 600  # so many ports above the other

    def h2_tls_url(self, path):
        """Where HTTP/2 with TLS is spoken."""
        return f"https://127.0.0.1:{self.port + self.TLS}{path}"

    def command(self, port):
        """The words of the command; it may write to self.folder."""
        raise NotImplementedError

    def environment(self):
        return {}

    def version(self):
        return ""

    def start(self, port, core):
        self.folder = Path(tempfile.mkdtemp(prefix="compare-"))
        self.port = port
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
                with self.ask() as answer:
                    body = answer.read()
                    if answer.status == 200 and body == BODY and answer.headers["Date"]:
                        self.check()
                        return
                    fault = f"answered {answer.status} with {len(body)} bytes, Date: {answer.headers['Date']}"
            except OSError as e:
                fault = str(e)
            time.sleep(0.1)
        raise Refused(f"{fault} within {START_SECONDS} s: {self.last_words()}")

    def await_connection(self):
        """For one that does not speak HTTP/1.1."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise Refused(f"ended with status {self.process.returncode}: {self.last_words()}")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise Refused(f"no connection within {START_SECONDS} s: {self.last_words()}")

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
