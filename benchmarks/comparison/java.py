"""The JDK, and the project of servers on other frameworks."""

import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent / "servers"
JAR = PROJECT / "target" / "servers.jar"
LIBRARIES = PROJECT / "target" / "lib"
OLDEST = 25


class NoJava(Exception):
    """There is no JDK, or the project cannot be built; says what to do."""


@cache
def jdk():
    """The folder of a JDK that is new enough: JAVA_HOME, the one on the path, or one where Linux keeps them."""
    on_path = shutil.which("javac")
    folders = [os.environ.get("JAVA_HOME"), on_path and Path(on_path).resolve().parent.parent,
               *sorted(Path("/usr/lib/jvm").glob("*"))]
    for folder in folders:
        if folder and _feature(Path(folder)) >= OLDEST:
            return Path(folder)
    raise NoJava(f"no JDK {OLDEST} or newer was found: install one, or set JAVA_HOME to it")


def _feature(folder):
    release = folder / "release"
    if not (folder / "bin" / "javac").exists() or not release.exists():
        return 0
    version = re.search(r'^JAVA_VERSION="(\d+)', release.read_text(), re.MULTILINE)
    return int(version[1]) if version else 0


def _is_stale():
    if not JAR.exists() or not LIBRARIES.exists():
        return True
    built = JAR.stat().st_mtime
    return any(file.stat().st_mtime > built for file in (PROJECT / "pom.xml", *(PROJECT / "src").rglob("*")))


def build_servers():
    """Builds the project when its sources are newer than its jar."""
    if not _is_stale():
        return
    if shutil.which("mvn") is None:
        raise NoJava("Maven is not installed (Debian: apt-get install maven)")
    # without clean: a jar that has not changed would keep its old time
    JAR.unlink(missing_ok=True)
    done = subprocess.run(["mvn", "-B", "-ntp", "-q", "-f", str(PROJECT / "pom.xml"), "package"],
                          env=os.environ | {"JAVA_HOME": str(jdk())}, capture_output=True, text=True)
    if done.returncode != 0:
        errors = [line for line in (done.stdout + done.stderr).splitlines() if line.startswith("[ERROR]")]
        raise NoJava(f"'mvn -f {PROJECT / 'pom.xml'} package' failed; its artifacts are fetched at the first build:\n"
                     + "\n".join(errors[:5]))


def version(name):
    """What the project says of a framework's version, or the JDK of its own."""
    found = re.search(rf"<{name}\.version>(.*)</{name}\.version>", (PROJECT / "pom.xml").read_text())
    return found[1] if found else re.search(r'JAVA_RUNTIME_VERSION="(.*)"', (jdk() / "release").read_text())[1]
