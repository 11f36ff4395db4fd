"""What Python's h2 finds at a server: flow control in both directions, a trailer, a reset, GOAWAY. Arguments: host, port, "tls" or not."""

import socket
import ssl
import sys

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import ConnectionTerminated, DataReceived, ResponseReceived, StreamEnded, StreamReset


class Client:
    """One connection; requests one after the other."""

    def __init__(self, host, port, encrypted):
        self.socket = socket.create_connection((host, port), timeout=30)
        if encrypted:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            context.set_alpn_protocols(["h2"])
            self.socket = context.wrap_socket(self.socket, server_hostname="localhost")
            assert self.socket.selected_alpn_protocol() == "h2"
        self.authority = f"{host}:{port}"
        self.scheme = "https" if encrypted else "http"
        self.h2 = H2Connection(H2Configuration(client_side=True, header_encoding="utf-8"))  # it checks what the server sends
        self.h2.initiate_connection()
        self.flush()

    def flush(self):
        self.socket.sendall(self.h2.data_to_send())

    def events(self):
        data = self.socket.recv(1 << 16)
        assert data, "the server has closed"
        found = self.h2.receive_data(data)
        self.flush()
        return found

    def request(self, method, path, body=b"", stop=None):
        """The status and the body; resets the stream behind so many bytes if told."""
        stream = self.h2.get_next_available_stream_id()
        self.h2.send_headers(stream, [(":method", method), (":scheme", self.scheme), (":authority", self.authority), (":path", path)],
                             end_stream=not body)
        self.flush()
        status, received, sent, ended = None, bytearray(), 0, False
        while not ended:
            while sent < len(body) and self.h2.local_flow_control_window(stream) > 0:
                size = min(self.h2.local_flow_control_window(stream), self.h2.max_outbound_frame_size, len(body) - sent)
                self.h2.send_data(stream, body[sent:sent + size], end_stream=sent + size == len(body))
                sent += size
            self.flush()
            for event in self.events():
                if isinstance(event, (StreamReset, ConnectionTerminated)):
                    raise AssertionError(event)
                if getattr(event, "stream_id", None) != stream:
                    continue
                if isinstance(event, ResponseReceived):
                    status = dict(event.headers)[":status"]
                if isinstance(event, DataReceived):
                    received += event.data
                    self.h2.acknowledge_received_data(event.flow_controlled_length, stream)
                    self.flush()
                    if stop is not None and len(received) >= stop:
                        self.h2.reset_stream(stream, error_code=8)
                        self.flush()
                        return status, bytes(received)
                ended |= isinstance(event, StreamEnded)
        return status, bytes(received)


def main():
    client = Client(sys.argv[1], int(sys.argv[2]), sys.argv[3:] == ["tls"])
    assert client.request("GET", "/plaintext") == ("200", b"Hello, World!")
    assert client.request("GET", "/missing")[0] == "404"
    assert client.request("GET", "/bytes/1048576") == ("200", bytes(1 << 20))
    upload = bytes(range(256)) * 4096
    assert client.request("POST", "/echo", upload) == ("200", upload)
    client.request("GET", "/bytes/1048576", stop=100_000)
    assert client.request("GET", "/plaintext") == ("200", b"Hello, World!")
    client.h2.close_connection()
    client.flush()


main()
