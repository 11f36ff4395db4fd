"""The servers that are compared. A new one is a class or an entry at the end of this file."""

import re
import shutil
import subprocess
from pathlib import Path

from comparison import java
from comparison.loads import MEBIBYTE
from comparison.server import BODY, Refused, Server

FLOOR = Path(__file__).resolve().parent.parent / "floor"


class Program(Server):
    """A program of one thread whose first argument is the port."""

    def __init__(self, name, path, *arguments):
        super().__init__(name)
        self.path = path
        self.arguments = arguments

    def command(self, port):
        return [str(self.path), str(port), *self.arguments]


class Nginx(Server):
    """One process, which is master and worker at once; 1 MiB is a file, sent by sendfile."""

    speaks = {"http/1.1", "h2", "h2 over TLS"}

    cannot = {"upload": "it has no handler of its own that reads a body, and would respond first and discard the body afterwards"}

    CONFIGURATION = """
        daemon off; master_process off; worker_processes 1; pid {folder}/nginx.pid; error_log stderr;
        events {{ worker_connections 16384; }}
        http {{
            access_log off; keepalive_requests 1000000000; sendfile on; tcp_nopush on; open_file_cache max=16;
            default_type text/plain; {temporary} {more}
            server {{
                listen 127.0.0.1:{port} backlog=4096 {listen};
                listen 127.0.0.1:{h2} http2 backlog=4096;
                {secure}
                http2_max_concurrent_streams 128;
                root {folder};
                location = /plaintext {{ return 200 "Hello, World!"; }}
                location = /json {{ default_type application/json; return 200 '{{"message":"Hello, World!"}}'; }}
                location /bytes/ {{ default_type application/octet-stream; }}
            }}
        }}
        """

    SECURE = "listen 127.0.0.1:{tls} ssl http2 backlog=4096; ssl_certificate {file}; ssl_certificate_key {file};"

    # More for "listen", and for "http".
    listen = ""
    more = ""

    H2 = 500  # so many ports above the other: one port speaks either HTTP/1.1 or HTTP/2

    def h2_url(self, path):
        return f"http://127.0.0.1:{self.port + self.H2}{path}"

    def command(self, port):
        if shutil.which("nginx") is None:
            raise Refused("it is not installed (Debian: apt-get install nginx-light)")
        (self.folder / "bytes").mkdir()
        (self.folder / "bytes" / str(MEBIBYTE)).write_bytes(bytes(MEBIBYTE))
        temporary = " ".join(f"{kind}_temp_path {self.folder}/{kind};"
                             for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        configuration = self.folder / "nginx.conf"
        secure = self.SECURE.format(tls=port + self.TLS, file=self.certificate) if self.certificate else ""
        configuration.write_text(self.CONFIGURATION.format(
            folder=self.folder, port=port, h2=port + self.H2, secure=secure, temporary=temporary, listen=self.listen, more=self.more))
        return ["nginx", "-e", "stderr", "-c", str(configuration)]

    def version(self):
        return subprocess.run(["nginx", "-v"], capture_output=True, text=True).stderr.strip().rpartition("/")[2]


class Nghttpd(Server):
    """The server of nghttp2, in C: it speaks HTTP/2 alone, and sends files."""

    speaks = {"h2"}

    def command(self, port):
        if shutil.which("nghttpd") is None:
            raise Refused("it is not installed (Debian: apt-get install nghttp2-server)")
        (self.folder / "bytes").mkdir()
        (self.folder / "bytes" / str(MEBIBYTE)).write_bytes(bytes(MEBIBYTE))
        (self.folder / "plaintext").write_bytes(BODY)
        return ["nghttpd", *self.words(), "-n1", "-a", "127.0.0.1", "-d", str(self.folder), "-m", "128", str(port), *self.key()]

    def words(self):
        return ["--no-tls"]

    def key(self):
        return []

    def await_answer(self):
        self.await_connection()


class SecureNghttpd(Nghttpd):
    speaks = {"h2 over TLS"}
    TLS = 0  # on its only port

    def words(self):
        return []

    def key(self):
        return [str(self.certificate), str(self.certificate)]


class Ws(Server):
    """npm's ws, on Node."""

    warm_up = 10
    speaks = {"websocket"}
    PROGRAM = java.PROJECT / "ws.js"

    def command(self, port):
        if shutil.which("node") is None or not (java.PROJECT / "node_modules" / "ws").exists():
            raise Refused(f"Node or its package ws is not installed (npm install --no-save --prefix {java.PROJECT} ws)")
        return ["node", str(self.PROGRAM), str(port)]


class Jvm(Server):
    """A server in Java."""

    warm_up = 15
    uses_java = True

    def __init__(self, name, jvm_options):
        super().__init__(name)
        self.jvm_options = jvm_options

    def with_agent(self):
        """The JVM's options, with the agent that tells what was allocated when it is built."""
        if not java.JAR.exists():
            return self.jvm_options.split()
        agent = self.folder / "agent.jar"  # a path without spaces
        agent.symlink_to(java.JAR)
        self.allocations = self.folder / "allocations"
        return [f"-javaagent:{agent}={self.allocations}", *self.jvm_options.split()]


class Framework(Jvm):
    """A main class of the project `servers`."""

    OPTIONS = (
        "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",  # Netty warns without them
        "-Dio.netty.leakDetection.level=disabled",
        # The JDK's server waits for acknowledgements, and keeps 200 idle connections, unless it is told not to.
        "-Dsun.net.httpserver.nodelay=true", "-Dsun.net.httpserver.maxIdleConnections=20000")

    def __init__(self, name, framework, main, jvm_options, *arguments, cannot=None, speaks=("http/1.1",)):
        super().__init__(name, jvm_options)
        self.speaks = set(speaks)
        self.framework = framework
        self.main = main
        self.arguments = arguments
        self.cannot = cannot or {}

    def command(self, port):
        if not java.JAR.exists():
            raise Refused("its project is not built")
        certificate = [f"-Dcertificate={self.certificate}"] if self.certificate else []
        return [str(java.jdk() / "bin" / "java"), *self.with_agent(), *self.OPTIONS, *certificate,
                "-cp", f"{java.JAR}:{java.LIBRARIES}/*", f"org.pollux.benchmarks.servers.{self.main}",
                str(port), *self.arguments]

    def version(self):
        return java.version(self.framework)


class Http2Framework(Framework):
    """One that speaks HTTP/2 alone."""

    def await_answer(self):
        self.await_connection()


EVERYTHING = ("http/1.1", "h2", "h2 over TLS", "websocket")
PLAINTEXT_ONLY = {name: "its servlet serves /plaintext only" for name in ("json", "1m", "upload")}


class Pollux(Jvm):
    working_thread = "pollux-loop-0"
    speaks = {"http/1.1", "h2", "h2 over TLS", "websocket"}
    content = ["--samples"]

    def __init__(self, name, command, backend, jvm_options):
        super().__init__(name, jvm_options)
        self.pollux = command
        self.backend = backend

    def environment(self):
        return {"POLLUX_OPTS": " ".join(self.with_agent())}

    def settings(self, port):
        return {
            "pollux.runtime.backend": self.backend,
            "pollux.runtime.loops": 1,
            "pollux.http.endpoint": f"tcp://127.0.0.1:{port}" + (f",tls://127.0.0.1:{port + self.TLS}" if self.certificate else ""),
            "pollux.echo.endpoint": "tcp://127.0.0.1:0",
        }

    def command(self, port):
        if self.certificate:
            folder = self.folder / "home" / "conf" / "tls"
            folder.mkdir(parents=True)
            shutil.copy(self.certificate, folder / "localhost.pem")
        sets = [word for key, value in self.settings(port).items() for word in ("--set", f"{key}={value}")]
        return [self.pollux, "run", *self.content, "--home", str(self.folder / "home"), *sets]

    def check(self):
        """A backend that does not work is replaced by one that does, and the server runs on."""
        status = subprocess.run([self.pollux, "status", "--home", str(self.folder / "home")],
                                capture_output=True, text=True).stdout
        if not re.search(rf"^{re.escape(self.backend)}\s+polls\b", status, re.MULTILINE):
            raise Refused(f"{self.backend} does not poll:\n{status}")

    def version(self):
        folder = Path(self.pollux).resolve().parent
        commit = subprocess.run(["git", "-C", str(folder), "describe", "--always", "--dirty"],
                                capture_output=True, text=True).stdout.strip()
        return commit or "of a distribution"


class PolluxServlet(Pollux):
    """The servlet of the other containers in that of Pollux, behind Felix's bridge."""

    working_thread = None  # servlets have threads of their own
    speaks = {"http/1.1"}
    content = []
    cannot = PLAINTEXT_ONLY

    def command(self, port):
        if not java.JAR.exists():
            raise Refused("the project with its servlet is not built")
        deploy = self.folder / "home" / "deploy"
        deploy.mkdir(parents=True)
        root = Path(self.pollux).resolve().parent
        folder = next((one for one in (root / "distribution/target/pollux/servlet", root.parent / "servlet") if one.is_dir()), None)
        if folder is None:
            raise Refused(f"there is no folder servlet/ of {self.pollux}: build it first")
        for jar in (*folder.glob("*.jar"), java.JAR):
            shutil.copy(jar, deploy)
        return super().command(port)


def variant(text, options):
    """A Pollux with options of its own: NAME=BACKEND[@COMMAND][:JVM OPTIONS]."""
    name, equals, rest = text.partition("=")
    place, _, jvm_options = rest.partition(":")
    backend, _, command = place.partition("@")
    if not (name and equals and backend):
        raise ValueError(f"'{text}' does not describe a variant: NAME=BACKEND[@COMMAND][:JVM OPTIONS]")
    return Pollux(name, command or options.pollux, backend, f"{options.jvm_options} {jvm_options}")


def all_servers(options):
    more = options.jvm_options
    return [
        Program("floor-epoll", FLOOR / "target" / "epoll"),
        Program("floor-libevent", FLOOR / "target" / "libevent"),
        Pollux("pollux-nio", options.pollux, "nio", more),
        Pollux("pollux-libevent", options.pollux, "libevent", more),
        Pollux("pollux-uring", options.pollux, "uring", more),
        PolluxServlet("pollux-servlet", options.pollux, "libevent", more),
        Nginx("nginx"),
        Nghttpd("nghttpd"),
        SecureNghttpd("nghttpd-tls"),
        Ws("ws"),
        Framework("netty-nio", "netty", "NettyServer", more, "nio"),
        Framework("netty-epoll", "netty", "NettyServer", more, "epoll"),
        Framework("netty-websocket", "netty", "NettyServer", more, "epoll", "websocket", speaks=["websocket"]),
        Http2Framework("netty-h2", "netty", "NettyHttp2Server", more, speaks=["h2", "h2 over TLS"]),
        Framework("vertx", "vertx", "VertxServer", more, speaks=EVERYTHING),
        Framework("undertow", "undertow", "UndertowServer", more, speaks=EVERYTHING),
        Framework("jetty", "jetty", "JettyServer", more, speaks=EVERYTHING),
        Framework("felix", "felix", "FelixServer", more, cannot=PLAINTEXT_ONLY),
        Framework("jdk", "jdk", "JdkServer", more),
        *(variant(text, options) for text in options.variant),
    ]
