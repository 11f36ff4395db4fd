"""The server of an operator: that of the faulty bundles, with an endpoint for administration and the command beside it."""

import http.client
import os
import socket
import subprocess
import urllib.error
import urllib.request

from faulting import server as faulting
SECONDS = 120  # of a command on a busy machine


class Server(faulting.Server):
    def __init__(self, pollux, **settings):
        options = type("Options", (), {"pollux": pollux, "backend": "auto"})
        super().__init__(options)
        self.admin = free_port()
        self.settings |= {"pollux.admin.endpoint": f"tcp://127.0.0.1:{self.admin}", "pollux.admin.token": "look"} | settings

    @property
    def home(self):
        return self.folder / "home"

    def run(self, *words, **more):
        return run(self.command, self.home, *words, **more)

    def get(self, path, **more):
        return ask(self.admin, path, **more)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def run(pollux, home, *words, **more):
    """The exit status of a command in a pipe, and what it printed."""
    head = [str(pollux), words[0], "--home", str(home), *map(str, words[1:])]
    done = subprocess.run(head, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=SECONDS,
                          env=os.environ | {"TERM": "xterm-256color"}, **more)
    return done.returncode, done.stdout


def ask(port, path, token="look", accept="*/*"):
    """The status, the type and the body of a response; status 0 when the connection is refused."""
    headers = {"Accept": accept} | ({"Authorization": f"Bearer {token}"} if token else {})
    try:
        with urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers), timeout=30) as response:
            return response.status, response.headers["Content-Type"], response.read().decode()
    except urllib.error.HTTPError as e:
        return e.code, e.headers["Content-Type"], e.read().decode()
    except (OSError, http.client.HTTPException):
        return 0, None, ""
