#!/usr/bin/env python3
"""Updates filters and handlers of the assembled server under load, and counts what must not happen.

  handover.py DISTRIBUTION [--port 18290] [--updates 20] [--starts 5] [--handler-updates 100]

Each line says what was done, how many requests were answered how, and whether any was unguarded (passed the filter that
lets nobody pass) or 404. Exit status 1 when one was.
"""

import argparse
import collections
import http.client
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
COMPONENT = """<?xml version="1.0" encoding="UTF-8"?>
<scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="{name}">
  <service><provide interface="{service}"/></service>
  {properties}
  <implementation class="{name}"/>
</scr:component>
"""


def java(tool):
    home = os.environ.get("JAVA_HOME")
    return f"{home}/bin/{tool}" if home else tool


class Bundle:
    """A bundle of one class and one component, which is made without a build."""

    def __init__(self, work, distribution, name, service, properties):
        self.name, self.work = name, work
        package = name.lower()
        api = next((distribution / "bundles").glob("*/protocol-http-api-*.jar"))
        framework = next((distribution / "lib").glob("org.apache.felix.framework-*.jar"))
        classes = work / f"classes-{package}"
        subprocess.run([java("javac"), "-cp", f"{api}:{framework}", "-d", str(classes), str(HERE / f"{name}.java")], check=True)
        self.classes = classes
        self.component = COMPONENT.format(
            name=f"{package}.{name}",
            service=f"org.pollux.http.{service}",
            properties="".join(f'<property name="{key}" value="{value}"/>' for key, value in properties.items()))
        self.package = package

    def jar(self, file, version, imports=""):
        """Writes a version beside its place and moves it there, as a deployment does."""
        manifest = "\n".join([
            "Manifest-Version: 1.0",
            "Bundle-ManifestVersion: 2",
            f"Bundle-SymbolicName: {self.package}",
            f"Bundle-Version: {version}",
            f"Import-Package: org.pollux.http,org.osgi.framework{imports}",
            "Service-Component: OSGI-INF/component.xml",
            'Require-Capability: osgi.extender;filter:="(osgi.extender=osgi.component)"',
            "", ""])
        new = self.work / f"{file.name}.new"
        with zipfile.ZipFile(new, "w") as out:
            out.writestr("META-INF/MANIFEST.MF", manifest)
            out.writestr("OSGI-INF/component.xml", self.component)
            for path in self.classes.rglob("*.class"):
                out.write(path, path.relative_to(self.classes))
        os.replace(new, file)


class Load:
    """Clients that ask one path after the other, until they are stopped; counts statuses."""

    def __init__(self, port, path, clients=4):
        self.port, self.path = port, path
        self.statuses = collections.Counter()
        self.longest = 0.0
        self.over = threading.Event()
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.run, daemon=True) for _ in range(clients)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join(30)

    def run(self):
        connection = None
        while not self.over.is_set():
            begin = time.time()
            try:
                connection = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                connection.request("GET", self.path)
                response = connection.getresponse()
                response.read()
                status = response.status
            except OSError as e:
                status, connection = type(e).__name__, None
                time.sleep(0.005)
            except http.client.HTTPException as e:
                status, connection = type(e).__name__, None
            with self.lock:
                self.statuses[status] += 1
                if isinstance(status, int):
                    self.longest = max(self.longest, time.time() - begin)


class Server:
    def __init__(self, distribution, home, port):
        self.command = str(distribution / "bin/pollux")
        self.home, self.port = home, port

    def start(self):
        subprocess.run(
            [self.command, "start", "--home", str(self.home),
             "--set", f"pollux.http.endpoint=tcp://127.0.0.1:{self.port}",
             "--set", "pollux.echo.endpoint=tcp://127.0.0.1:0"],
            check=True, stdout=subprocess.DEVNULL)

    def stop(self):
        subprocess.run([self.command, "stop", "--home", str(self.home)], stdout=subprocess.DEVNULL)

    def shell(self, command):
        done = subprocess.run(
            [self.command, "shell", "--home", str(self.home), command], capture_output=True, text=True)
        return done.stdout

    def status(self):
        return subprocess.run(
            [self.command, "status", "--home", str(self.home)], capture_output=True, text=True).stdout

    def await_text(self, text):
        """Waits until a version responds."""
        deadline = time.time() + 60
        while time.time() < deadline:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                connection.request("GET", "/greet")
                if connection.getresponse().read().decode() == text:
                    return
            except OSError:
                pass
            finally:
                connection.close()
            time.sleep(0.05)
        sys.exit(f"not within a minute: {text}\n{self.shell('lb -s')}\n{self.status()}")

    def bundle(self, name):
        for line in self.shell(f"lb -s {name}").splitlines():
            if f"|{name} " in line.replace("| ", "|") or f" {name} (" in line:
                return line.split("|")[0].strip()
        sys.exit(f"no bundle {name}:\n{self.shell('lb -s')}")


def report(what, load, wrong):
    bad = sum(load.statuses[status] for status in wrong)
    counts = ", ".join(f"{count} x {status}" for status, count in sorted(load.statuses.items(), key=str))
    print(f"{what:58} {bad:6} wrong   longest {load.longest:5.2f} s   {counts}", flush=True)
    return bad


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("distribution", type=pathlib.Path)
    parser.add_argument("--port", type=int, default=18290)
    parser.add_argument("--updates", type=int, default=20)
    parser.add_argument("--replacements", type=int, default=5)
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--handler-updates", type=int, default=100)
    options = parser.parse_args()
    distribution = options.distribution.resolve()
    work = pathlib.Path(tempfile.mkdtemp(prefix="handover-"))
    home = work / "home"
    deploy = home / "deploy"
    deploy.mkdir(parents=True)
    guard = Bundle(work, distribution, "Guard", "HttpFilter", {"path": "/*", "name": "guard"})
    greeter = Bundle(work, distribution, "Greeter", "HttpHandler", {"path": "/greet"})
    server = Server(distribution, home, options.port)
    bad = 0
    try:
        greeter.jar(deploy / "greeter.jar", "1.0.0")
        server.start()
        server.await_text("Hello from 1.0.0")
        with Load(options.port, "/greet") as load:
            for i in range(1, options.handler_updates + 1):
                greeter.jar(deploy / "greeter.jar", f"1.0.{i}")
                server.await_text(f"Hello from 1.0.{i}")
        bad += report(f"{options.handler_updates} updates of a handler's bundle", load, [404])

        guard.jar(deploy / "guard.jar", "1.0.0")
        server.await_text("guarded 1.0.0")
        number = server.bundle("guard")
        with Load(options.port, "/greet") as load:
            for i in range(options.updates):
                server.shell(f"update {number} file:{deploy}/guard.jar")
                server.await_text("guarded 1.0.0")
        bad += report(f"{options.updates} updates of a bundle whose filter guards /*", load, [200, 404])

        with Load(options.port, "/greet") as load:
            for i in range(1, options.replacements + 1):
                guard.jar(deploy / "guard.jar", f"1.0.{i}")
                server.await_text(f"guarded 1.0.{i}")
            (deploy / "guard.jar").unlink()
            guard.jar(deploy / "guard-2.jar", "2.0.0")
            server.await_text("guarded 2.0.0")
        bad += report(f"{options.replacements + 1} replacements of it in deploy/", load, [200, 404])

        with Load(options.port, "/greet") as load:
            for i in range(options.starts):
                server.stop()
                server.start()
                time.sleep(1)
        bad += report(f"{options.starts} starts with it in deploy/", load, [200, 404])

        with Load(options.port, "/greet") as load:
            guard.jar(deploy / "guard-2.jar", "2.0.1", imports=", no.such.package")
            time.sleep(12)
        bad += report("a version of it that does not resolve, 12 s long", load, [200, 404])
        missing = [line for line in server.status().splitlines() if line.startswith("!") and "guard" in line]
        print("\n".join(missing) or "nothing about it in status")
        bad += not missing
    finally:
        server.stop()
        shutil.rmtree(work, ignore_errors=True)
    sys.exit(1 if bad else 0)


main()
