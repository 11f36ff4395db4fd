"""What runs on the machines of the check: ZooKeeper, and servers of Pollux with the bundles of Remote Service Admin."""

import os
import re
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE / "target"
SECONDS = 180
SMALL = "-Xmx96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"  # several share this machine


class Failed(Exception):
    """What did not happen as it should."""


def jars(*folders):
    found = [jar for folder in folders for jar in sorted(folder.glob("*.jar"))]
    if not found:
        raise Failed(f"there are no jars in {folders[0]}: docs/cluster.md has the command that builds them")
    return found


class ZooKeeper:
    """A server of ZooKeeper in a JVM of its own, on the class path."""

    def __init__(self, pollux, folder, port):
        path = jars(TARGET / "zookeeper", TARGET / "server", TARGET / "remote", pollux.resolve().parent.parent / "lib")
        java = Path(os.environ["JAVA_HOME"]) / "bin/java" if "JAVA_HOME" in os.environ else "java"
        with open(folder / "zookeeper.log", "wb") as log:
            self.process = subprocess.Popen(
                [java, *SMALL.split(), "-Dzookeeper.admin.enableServer=false",
                 "-cp", ":".join(map(str, path)), "org.apache.zookeeper.server.ZooKeeperServerMain", self._settings(folder, port)],
                stdout=log, stderr=log)

    @staticmethod
    def _settings(folder, port):
        file = folder / "zoo.cfg"
        file.write_text(f"dataDir={folder / 'zookeeper'}\nclientPort={port}\nclientPortAddress=127.0.0.1\ntickTime=500\n")
        return file

    def stop(self):
        self.process.terminate()
        self.process.wait(SECONDS)


class Server:
    """A Pollux that is a node or the front: part says which. values replace those of the files in conf/."""

    def __init__(self, pollux, folder, name, part, values, port):
        self.pollux = pollux
        self.home = folder / name
        self.port = port
        self.home.mkdir(mode=0o700)
        (self.home / "conf").mkdir()
        for file in [*(HERE / "conf").glob("org.*.cfg"), HERE / "conf" / f"pollux.samples.remote.{part}.cfg"]:
            text = file.read_text()
            for key, value in values.items():
                text = re.sub(rf"(?m)^{re.escape(key)} = .*", f"{key} = {value}", text)
            (self.home / "conf" / file.name).write_text(text)
        (self.home / "deploy").mkdir()
        for jar in jars(TARGET / "remote", TARGET / "zookeeper", TARGET):
            shutil.copy(jar, self.home / "deploy")

    def start(self):
        """Also after a kill."""
        self._command("start", f"--set=pollux.http.endpoint=tcp://127.0.0.1:{self.port}", "--set=pollux.echo.endpoint=tcp://127.0.0.1:0",
                      "--set=pollux.runtime.startTimeout=60")

    def stop(self):
        subprocess.run([self.pollux, "stop", "--home", self.home], capture_output=True, timeout=SECONDS, check=False)

    def signal(self, number):
        os.kill(int((self.home / "run/pollux.pid").read_text()), number)

    def _command(self, *words):
        done = subprocess.run([self.pollux, *words, "--home", self.home], capture_output=True, text=True, timeout=SECONDS,
                              env=os.environ | {"POLLUX_OPTS": SMALL}, check=False)
        if done.returncode != 0 and "goes on starting" not in done.stderr:  # on a slow machine: the clients wait longer
            raise Failed(f"'pollux {words[0]}' of {self.home.name} ended with {done.returncode}: {done.stdout}{done.stderr}")
