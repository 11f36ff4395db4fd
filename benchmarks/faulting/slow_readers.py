#!/usr/bin/env python3
"""Slow readers against a small heap: is anybody else hurt?

    benchmarks/faulting/slow_readers.py                             # 2,500 readers of a large stream, -Xmx64m
    benchmarks/faulting/slow_readers.py --readers 1350 --xmx 512m   # what the kernel holds for them
    benchmarks/faulting/slow_readers.py --pollux ../other/pollux --backend nio

Starts the command `pollux run` on a home and a port of its own, with a JVM of that size. So many clients with a receive buffer
of 2 KB ask for a very large response and take a few bytes a second of it. Meanwhile 20
fast clients, one after the other, ask for a mebibyte on a new connection each, one client downloads 64 MiB at a moderate pace,
and one connection of the echo protocol is used once a second.

Shown: how many of the fast clients were served and how long they waited, whether the others were cut, how many slow readers
were shed, what the server and the kernel held at most, and how many OutOfMemoryErrors the log has. The exit status is 1 when a
fast client was not served, another client was cut, or the log has an OutOfMemoryError.

It needs Linux, Python 3 and a JDK 25; nothing else. It takes half a minute, and longer when the server must be built first.
"""

import argparse
import os
import re
import resource
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

MIB = 1024 * 1024
FAST_BYTES = MIB
STEADY_BYTES = 64 * MIB
HOME = Path(__file__).resolve().parents[2]


def kernel_memory():
    """Bytes that all TCP sockets of this network namespace hold."""
    for line in Path("/proc/net/sockstat").read_text().splitlines():
        if line.startswith("TCP:"):
            words = line.split()
            return int(words[words.index("mem") + 1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


class Server:
    """`pollux run` on a home of its own. A context manager."""

    def __init__(self, options):
        self.options = options
        self.folder = Path(tempfile.mkdtemp(prefix="slow-"))
        self.console = self.folder / "console"
        self.process = None

    def __enter__(self):
        options = self.options
        sets = ["--set", "pollux.http.endpoint=tcp://127.0.0.1:0", "--set", "pollux.echo.endpoint=tcp://127.0.0.1:0",
                "--set", f"pollux.runtime.backend={options.backend}"]
        for one in options.set:
            sets += ["--set", one]
        with open(self.console, "wb") as console:
            self.process = subprocess.Popen(
                [options.pollux, "run", "--home", str(self.folder / "home"), *options.run, *sets],
                stdin=subprocess.DEVNULL, stdout=console, stderr=subprocess.STDOUT, start_new_session=True,
                env=os.environ | {"POLLUX_OPTS": f"-Xmx{options.xmx} {options.jvm}"})
        deadline = time.monotonic() + 240  # it may have to be built first
        while True:
            try:
                self.http = self.port("protocol-http")
                self.echo = self.port("protocol-echo")
                return self
            except AttributeError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    print(self.log(), file=sys.stderr)
                    self.__exit__()
                    sys.exit("the server did not start")
                time.sleep(0.2)

    def port(self, protocol):
        return int(re.search(protocol + r" serves \S+ as \S*?:(\d+)", self.log()).group(1))

    def log(self):
        text = self.console.read_text(errors="replace") if self.console.exists() else ""
        file = self.folder / "home" / "log" / "pollux.log"
        return text + (file.read_text(errors="replace") if file.exists() else "")

    def status(self):
        try:
            return subprocess.run(
                [self.options.pollux, "status", "--home", str(self.folder / "home")],
                capture_output=True, text=True, timeout=30, check=False).stdout
        except subprocess.TimeoutExpired:
            return "status: no response within 30 s"

    def resident(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) * 1024

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
        if not self.options.keep:
            shutil.rmtree(self.folder, ignore_errors=True)


class SlowReaders(threading.Thread):
    """Connections that take 64 bytes a second each. With `again`, one that is cut is made again."""

    REQUEST = b"GET /bytes/999999999999 HTTP/1.1\r\nHost: slow\r\n\r\n"

    def __init__(self, port, count, again):
        super().__init__(daemon=True)
        self.port = port
        self.left = count
        self.again = again
        self.poll = select.epoll()
        self.open = {}
        self.asked = set()
        self.cut = 0
        self.ended = False

    def connect(self):
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        client.setblocking(False)
        client.connect_ex(("127.0.0.1", self.port))
        self.open[client.fileno()] = client
        self.poll.register(client, select.EPOLLOUT)
        self.left -= 1

    def run(self):
        read_at = time.monotonic() + 1
        while not self.ended:
            for _ in range(min(100, self.left)):
                self.connect()
            for number, event in self.poll.poll(0.05, 500):
                if event & (select.EPOLLERR | select.EPOLLHUP):
                    self.forget(number)
                else:
                    self.ask(number)
            if time.monotonic() >= read_at:
                read_at += 1
                self.read_all()

    def ask(self, number):
        self.poll.modify(number, 0)  # only its end is told from now on
        try:
            self.open[number].send(self.REQUEST)
            self.asked.add(number)
        except OSError:
            self.forget(number)

    def read_all(self):
        for number in list(self.asked):
            try:
                if not self.open[number].recv(64):
                    self.forget(number)
            except BlockingIOError:
                pass
            except OSError:
                self.forget(number)

    def forget(self, number):
        self.cut += 1
        self.left += self.again
        self.asked.discard(number)
        self.poll.unregister(number)
        self.open.pop(number).close()

    def end(self):
        self.ended = True
        self.join()
        for client in self.open.values():
            client.close()


def fetch(port, path, pause=0.0):
    """How many bytes of a body came."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: fast\r\nConnection: close\r\n\r\n".encode())
        total, head = 0, b""
        while True:
            data = client.recv(256 * 1024)
            if not data:
                return total
            if head is not None:
                head += data
                end = head.find(b"\r\n\r\n")
                if end < 0:
                    continue
                if b" 200 " not in head[:20]:
                    return 0
                data, head = head[end + 4:], None
            total += len(data)
            if pause:
                time.sleep(pause)


class Steady(threading.Thread):
    """Something that must not be cut: what it does returns whether it went well."""

    def __init__(self, name, work):
        super().__init__(daemon=True, name=name)
        self.work = work
        self.fault = "it did not end"

    def run(self):
        try:
            self.fault = self.work()
        except OSError as e:
            self.fault = str(e) or type(e).__name__


def echo(port, seconds):
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        for i in range(seconds):
            line = f"line {i}\n".encode()
            client.sendall(line)
            if client.recv(100) != line:
                return f"line {i} did not come back"
            time.sleep(1)
    return ""


def download(port):
    count = fetch(port, f"/bytes/{STEADY_BYTES}", pause=0.01)
    return "" if count == STEADY_BYTES else f"{count} of {STEADY_BYTES} bytes came"


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pollux", default=str(HOME / "pollux"), help="the command")
    parser.add_argument("--readers", type=int, default=2500)
    parser.add_argument("--again", action="store_true", help="a slow reader that is cut comes again")
    parser.add_argument("--xmx", default="64m", help="the heap")
    parser.add_argument("--jvm", default="", help="more options of the JVM")
    parser.add_argument("--backend", default="auto")
    parser.add_argument("--set", action="append", default=[], metavar="PID.KEY=VALUE")
    parser.add_argument("--run", action="append", default=[], metavar="OPTION", help="an option of 'pollux run'")
    parser.add_argument("--keep", action="store_true", help="keep the server's home")
    return parser.parse_args()


def main():
    options = parse()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = options.readers + 200
    if hard != resource.RLIM_INFINITY and hard < wanted:
        sys.exit(f"{wanted} descriptors are needed: raise the limit (ulimit -Hn is {hard})")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    with Server(options) as server:
        before = kernel_memory()
        slow = SlowReaders(server.http, options.readers, options.again)
        steady = [Steady("echo", lambda: echo(server.echo, 20)), Steady("download", lambda: download(server.http))]
        for thread in steady:
            thread.start()
        slow.start()
        kernel, resident, served, waits = 0, 0, 0, []
        time.sleep(3)
        for _ in range(20):
            begun = time.monotonic()
            try:
                served += fetch(server.http, f"/bytes/{FAST_BYTES}") == FAST_BYTES
            except OSError as e:
                print(f"a fast client: {e}")
            waits.append(time.monotonic() - begun)
            kernel = max(kernel, kernel_memory() - before)
            resident = max(resident, server.resident())
            time.sleep(0.5)
        for thread in steady:
            thread.join(60)
        connected = len(slow.open)
        status = server.status()
        kernel = max(kernel, kernel_memory() - before)
        slow.end()
        log = server.log()
        errors = len(re.findall(r"^(?:Caused by: )?java\.lang\.OutOfMemoryError", log, re.M))
    cut = [f"{thread.name}: {thread.fault}" for thread in steady if thread.fault]
    print(f"fast clients served       {served} of 20, slowest {max(waits):.2f} s")
    print(f"other clients cut         {len(cut)} {'; '.join(cut)}")
    print(f"slow readers              {connected} connected, {slow.cut} times cut")
    print(f"OutOfMemoryErrors         {errors}")
    print(f"memory of the process     {resident / MIB:.0f} MiB at most")
    print(f"TCP memory of the kernel  {kernel / MIB:.0f} MiB at most, both ends")
    print("\n".join(line for line in status.splitlines() if "memory" in line or "! " in line))
    sys.exit(served < 20 or bool(cut) or errors > 0)


if __name__ == "__main__":
    main()
