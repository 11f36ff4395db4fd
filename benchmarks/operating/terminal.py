"""A terminal of a given size, by tmux, with a server of its own."""

import os
import subprocess
import time

from swapping.server import Failed

ESCAPE = "\x1b"
PATIENCE = 60  # seconds


class Terminal:
    """A shell in it. A context manager."""

    def __init__(self, columns, rows=50, **environment):
        self.name = f"pollux-{os.getpid()}-{columns}"
        self.size = ("-x", str(columns), "-y", str(rows))
        self.environment = os.environ | {"PS1": "$ "} | environment

    def tmux(self, *words):
        return subprocess.run(["tmux", "-L", self.name, "-f", "/dev/null", *words], capture_output=True, text=True, check=True,
                              env=self.environment).stdout

    def __enter__(self):
        self.tmux("new-session", "-d", *self.size, "bash --norc")
        return self

    def __exit__(self, *_):
        self.tmux("kill-server")

    def keys(self, *keys):
        self.tmux("send-keys", *keys)

    def type(self, text):
        self.tmux("send-keys", "-l", text)

    def screen(self, *options):
        return self.tmux("capture-pane", "-p", *options)

    def see(self, text, times=1):
        """Waits until the text is on the screen so many times; the screen."""
        deadline = time.monotonic() + PATIENCE
        while (shown := self.screen("-J")).count(text) < times:
            if time.monotonic() > deadline:
                raise Failed(f"'{text}' is not on the screen after {PATIENCE} s:\n{shown}")
            time.sleep(0.1)
        return shown

    def complete(self, text):
        """Presses TAB until the text is there, because the shell gives a completion up after two seconds; whether it came."""
        deadline = time.monotonic() + PATIENCE
        while text not in self.screen("-J") and time.monotonic() < deadline:
            self.keys("Tab")
            time.sleep(3)
        return text in self.screen("-J")

    def run(self, line):
        """The exit status of a command, and the screen behind it with its colours."""
        self.keys("-R", "")
        self.type(f"clear; {line}; echo \"status\"=$?")
        self.keys("Enter")
        shown = self.see("status=")
        return int(shown.rpartition("status=")[2].split()[0]), self.screen("-e", "-J")
