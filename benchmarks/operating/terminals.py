"""Commands in a terminal: columns, colours, what follows the server, the shell."""

import shutil

from faulting.server import until

from .server import Server
from .terminal import ESCAPE, Terminal


def run(pollux, report):
    if shutil.which("tmux") is None:
        report.left_out("terminals", "install tmux (Debian: tmux)")
        return
    with Server(pollux) as server:
        for columns in (80, 200):
            terminal(server, columns, report)
        interactive(server, report)
        gogo_update(server, report)


def terminal(server, columns, report):
    with Terminal(columns) as screen:
        command = f"{server.command} %s --home {server.home}"
        for word in ("status", "endpoints", "connections", "loops", "routes", "backend", "tls", "health"):
            status, shown = screen.run(command % word)
            coloured = f"{ESCAPE}[1m" in shown or word == "health"
            report.look(f"{word} in {columns} columns", status == 0 and coloured, shown)
        status, shown = screen.run("NO_COLOR=1 " + command % "status")
        report.look(f"NO_COLOR in {columns} columns", status == 0 and f"{ESCAPE}[1m" not in shown and f"{ESCAPE}[3" not in shown, shown)
        screen.type("clear; echo before; " + command % "status --watch" + "; echo \"status\"=$?")
        screen.keys("Enter")
        first = screen.see("descriptors: ")
        lines = [line for line in screen.screen().splitlines() if line]
        report.look(f"status --watch in {columns} columns", all(len(line) <= columns for line in lines) and "before" not in first, first)
        until("it is drawn again", lambda: screen.screen("-J").splitlines()[0] != first.splitlines()[0])
        screen.keys("q")
        shown = screen.see("status=")
        report.look("q ends it, and the screen is as it was", "before" in shown and "status=0" in shown and "descriptors" not in shown, shown)
        screen.type("clear; " + command % "logs -f -n 1" + "; echo \"status\"=$?")
        screen.keys("Enter")
        screen.see(" INFO ")
        server.shell("pollux:backend nio")
        report.look("logs -f follows", "-> nio: " in screen.see("-> nio: "))
        server.shell("pollux:backend libevent")
        screen.keys("C-c")


def interactive(server, report):
    with Terminal(100) as screen:
        screen.type(f"{server.command} shell --home {server.home}; echo \"status\"=$?")
        screen.keys("Enter")
        screen.see("pollux> ")
        for typed, completed in (("heal", "health"), ("backend lib", "backend libevent"), ("config pollux.ech", "config pollux.echo")):
            screen.type(typed)
            report.look(f"TAB makes '{completed}' of '{typed}'", screen.complete(completed))
            screen.keys("C-u")
        screen.type("backend ")
        report.look("TAB lists the backends", screen.complete("uring"))
        screen.keys("C-u")
        screen.type("health")
        screen.keys("Enter")
        screen.see("ready")
        screen.type("nonesuch")
        screen.keys("Enter")
        screen.see("unknown command 'nonesuch'")
        screen.keys("Up", "Up", "Enter")
        report.look("the history has earlier lines", screen.see("\nready", times=2))
        screen.type("pollux:loops")
        screen.keys("Enter")
        screen.see("pollux-loop-admin")
        report.look("titles are bold in the shell", f"{ESCAPE}[1mloop " in screen.screen("-e"))
        screen.keys("C-d")
        report.look("Ctrl-D ends the shell", "status=0" in screen.see("status="))
    history = (server.home / "shell.history").read_text()
    report.look("the history is kept", "nonesuch" in history, history)


def gogo_update(server, report):
    number = server.bundle("org.apache.felix.gogo.runtime")
    jar = next(server.root().glob("bundles/*/org.apache.felix.gogo.runtime*.jar"))
    _, text = server.run("shell", f"felix:update {number} file:{jar}")
    report.look("felix:update of Gogo succeeds, or ends the session and says so", not text or "this session ends" in text, text)

    def works():
        try:
            return "serves" in server.shell("pollux:loops")
        except Exception:  # while it is wired again
            return False

    until("the shell works again", works)
    status, text = server.run("status")
    report.look("the shell comes back after it", status == 0 and "! " not in text, text)
