"""Lists of files to be fetched, and the server that has them."""

import random
import re
import shutil
import subprocess
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

UNITS = {"": 1, "k": 1024, "m": 1024 * 1024}
CONFIGURATION = """
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 8192; }}
http {{
  access_log off;
  sendfile on;
  keepalive_requests 1000000;
  server {{ listen 127.0.0.1:{port} backlog=8192; root {folder}/files; }}
}}
"""


class Failed(Exception):
    """What does not work, and why."""


@dataclass(frozen=True)
class FileList:
    """So many files of one size; its name says both: 1000x10k."""

    name: str
    count: int
    size: int

    @staticmethod
    def of(name):
        match = re.fullmatch(r"([1-9]\d*)x(\d+)([km]?)", name)
        if match is None:
            raise ValueError(f"'{name}' is no list: COUNTxSIZE, where SIZE may end with k or m, as in 1000x10k")
        return FileList(name, int(match[1]), int(match[2]) * UNITS[match[3]])

    def files(self):
        return [f"{self.name}-{number}" for number in range(self.count)]

    def write(self, folder):
        """Random bytes, each file with others."""
        for name in self.files():
            (folder / name).write_bytes(random.Random(name).randbytes(self.size))

    def fault(self, folder, copies):
        """What is wrong with what a client has saved; every byte is compared."""
        names = {path.name for path in copies.iterdir()}
        if names != set(self.files()):
            missing, more = set(self.files()) - names, names - set(self.files())
            return f"{len(missing)} files are missing, {len(more)} are too many: {min(missing | more)}"
        for name in self.files():
            if (folder / name).read_bytes() != (copies / name).read_bytes():
                return f"{name} has other bytes"
        return None


class Site:
    """nginx on one core, with the files of the lists."""

    def __init__(self, folder, port, core, lists):
        self.files = folder / "files"
        self.url = f"http://127.0.0.1:{port}"
        self.lists = {one.name: folder / f"{one.name}.list" for one in lists}
        self.files.mkdir()
        for one in lists:
            one.write(self.files)
            self.lists[one.name].write_text("".join(f"{self.url}/{name}\n" for name in one.files()))
        (folder / "nginx.conf").write_text(CONFIGURATION.format(folder=folder, port=port))
        self.process = subprocess.Popen(
            ["taskset", "-c", core, _nginx(), "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log"],
            stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._await(f"{self.url}/{lists[0].files()[0]}", folder / "error.log")

    def _await(self, url, log):
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(url, timeout=5):
                    return
            except OSError:
                time.sleep(0.05)
        self.stop()
        raise Failed(f"nginx does not answer {url}: {log.read_text() if log.exists() else 'it wrote nothing'}")

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait()


def _nginx():
    """Debian has it where only root's path leads."""
    return shutil.which("nginx") or "/usr/sbin/nginx"


def working_folder(parent):
    """A new folder, which nginx's worker may read even when it is another user's process."""
    folder = Path(tempfile.mkdtemp(prefix="downloads-", dir=parent))
    folder.chmod(0o755)
    return folder
