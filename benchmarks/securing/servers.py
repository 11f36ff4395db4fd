"""The servers that are compared over TLS 1.3. All have the same certificate, and the cipher suite that the client prefers."""

import re
import subprocess

from comparison.server import Refused
from comparison.servers import FLOOR, Framework, Nginx, Pollux, Program

AGAINST = "floor-tls"


class SecureProgram(Program):
    scheme = "https"


class SecureNginx(Nginx):
    scheme = "https"
    listen = "ssl"

    def __init__(self, name, certificate):
        super().__init__(name)
        self.more = f"ssl_certificate {certificate}; ssl_certificate_key {certificate}; ssl_protocols TLSv1.3;"


class SecureFramework(Framework):
    scheme = "https"


class SecurePollux(Pollux):
    scheme = "https"

    def __init__(self, name, command, backend, engine, certificate, jvm_options):
        super().__init__(name, command, backend, jvm_options)
        self.engine = engine
        self.certificate = certificate

    def settings(self, port):
        return super().settings(port) | {
            "pollux.http.endpoint": f"tls://127.0.0.1:{port}?versions=1.3",
            "pollux.tls.engine": self.engine,
            "pollux.tls.handshakeTimeout": 120,  # other work on the machine ends no handshake
            "pollux.runtime.connectionsPerAddress": 0,
            "pollux.http.idleTimeout": 600,
        }

    def check(self):
        super().check()
        engines = subprocess.run([self.pollux, "tls", "--home", str(self.folder / "home")], capture_output=True, text=True).stdout
        if not re.search(rf"^{self.engine}\s+serves\b", engines, re.MULTILINE):
            raise Refused(f"{self.engine} does not serve:\n{engines}")


def all_servers(options, certificate):
    more = options.jvm_options
    return [
        SecureProgram(AGAINST, FLOOR / "target" / "tls", str(certificate)),
        SecurePollux("pollux-openssl", options.pollux, options.backend, "openssl", certificate, more),
        SecurePollux("pollux-jsse", options.pollux, options.backend, "jsse", certificate, more),
        SecureNginx("nginx", certificate),
        SecureFramework("netty-jdk", "netty", "NettyServer", more, "epoll", "JDK", str(certificate)),
        SecureFramework("netty-tcnative", "netty", "NettyServer", more, "epoll", "OPENSSL", str(certificate)),
    ]
