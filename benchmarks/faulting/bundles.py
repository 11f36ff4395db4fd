"""Bundles of one handler or filter each, made of the sources in handlers/ by the JDK that runs the server: no Maven."""

import subprocess
import tempfile
from pathlib import Path

SOURCES = Path(__file__).resolve().parent / "handlers"
SYMBOLIC_NAME = "org.pollux.benchmarks.faulting."
API = "org.pollux.http"

MANIFEST = """Bundle-ManifestVersion: 2
Bundle-SymbolicName: {name}
Bundle-Version: {version}
Import-Package: {imports}
Service-Component: OSGI-INF/component.xml
Require-Capability: osgi.extender;filter:="(osgi.extender=osgi.component)",osgi.ee;filter:="(&(osgi.ee=JavaSE)(version=25))"
"""

COMPONENT = """<?xml version="1.0" encoding="UTF-8"?>
<scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="{name}" immediate="true">
  {properties}
  <service><provide interface="org.pollux.http.{service}"/></service>
  <implementation class="{name}"/>
</scr:component>
"""


class Bundles:
    """Makes jars in a folder, for a server that runs."""

    def __init__(self, server):
        self.server = server
        self.folder = Path(tempfile.mkdtemp(prefix="bundles-", dir=server.folder))
        self.bin = Path(f"/proc/{server.java_pid()}/exe").resolve().parent

    def make(self, class_name, service, version="1.0.0", **properties):
        """A jar with that class as the service, as HttpHandler or HttpFilter; compiled anew each time."""
        classes = self.folder / f"{class_name}-{version}"
        classes.mkdir(parents=True)
        self._run("javac", "--release", "25", "-d", classes, "-cp", self.server.class_path(),
                  SOURCES / f"{class_name}.java")
        jar = self.folder / f"{class_name}-{version}.jar"
        return self._pack(jar, classes, class_name, service, version, properties)

    def again(self, class_name, service, version, imports=API, **properties):
        """The same class in a bundle of another version."""
        jar = self.folder / f"{class_name}-{version}.jar"
        return self._pack(jar, self.folder / f"{class_name}-1.0.0", class_name, service, version, properties, imports)

    def _pack(self, jar, classes, class_name, service, version, properties, imports=API):
        full = SYMBOLIC_NAME + class_name
        (classes / "OSGI-INF").mkdir(exist_ok=True)
        lines = "\n  ".join(f'<property name="{key}" type="String" value="{value}"/>' for key, value in properties.items())
        (classes / "OSGI-INF" / "component.xml").write_text(
            COMPONENT.format(name=full, service=service, properties=lines))
        manifest = jar.with_suffix(".mf")
        manifest.write_text(MANIFEST.format(name=full, version=version, imports=imports))
        self._run("jar", "--create", "--file", jar, "--manifest", manifest, "-C", classes, ".")
        return jar

    def _run(self, tool, *words):
        subprocess.run([str(self.bin / tool), *map(str, words)], check=True, capture_output=True)
