"""Load balancers, run by their configurations beside this file, with the ports and the nodes of the run."""

import shutil
import socket
import subprocess
import time
from pathlib import Path

from nodes import Failed

HERE = Path(__file__).resolve().parent
FRONT, FIRST = "127.0.0.1:30000", "127.0.0.1:30001"


class Balancer:
    """
    A program in the foreground. Subclasses say how it is called.

    settings: what a node needs behind it, as --set has it, with {port}
    names_clients: whether a node's 'pollux connections' shows the clients' addresses
    """

    file = ""
    settings = ()
    names_clients = False

    def __init__(self, folder, port, nodes):
        self.folder = folder / "balancer"
        self.folder.mkdir()
        self.port = port
        self.process = None
        self.configuration = self.folder / self.file
        self.configuration.write_text(with_nodes((HERE / self.file).read_text(), port, nodes))

    def words(self):
        raise NotImplementedError

    def start(self):
        words = self.words()
        program = shutil.which(words[0], path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
        if program is None:
            raise Failed(f"{words[0]} is not installed: apt-get install {words[0]}")
        with open(self.folder / "output", "wb") as output:
            self.process = subprocess.Popen([program, *words[1:]], stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        deadline = time.monotonic() + 10
        while not self._listens():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise Failed(f"{words[0]} does not start: {(self.folder / 'output').read_text()}")
            time.sleep(0.1)

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait(30)

    def _listens(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            return True
        except OSError:
            return False


class HAProxy(Balancer):
    file = "haproxy.cfg"
    settings = ("pollux.http.endpoint=tcp://127.0.0.1:{port}?proxy=127.0.0.1",)
    names_clients = True

    def words(self):
        return ["haproxy", "-db", "-f", str(self.configuration)]


class Nginx(Balancer):
    file = "nginx.conf"
    settings = ("pollux.http.endpoint=tcp://127.0.0.1:{port}", "pollux.http.forwarded.trusted=127.0.0.1")

    def words(self):
        return ["nginx", "-p", str(self.folder), "-e", "error.log", "-c", str(self.configuration), "-g", "daemon off;"]


def with_nodes(text, port, nodes):
    """The configuration with another port, and with the line of its first node for each node."""
    lines = []
    for line in text.splitlines():
        if FIRST in line:
            lines += [line.replace(FIRST, f"127.0.0.1:{port + number}").replace("node1", f"node{number}") for number in range(1, nodes + 1)]
        elif "127.0.0.1:30002" not in line:
            lines.append(line.replace(FRONT, f"127.0.0.1:{port}"))
    return "\n".join(lines) + "\n"
