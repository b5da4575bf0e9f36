#!/usr/bin/env python3
"""A server on 127.0.0.1 that goes wrong in the way that a request's path asks for.

    fault_server.py [--tls FOLDER HOST]

Prints its port in a line and ends when its standard input does. With --tls it makes, by openssl, an authority and a
certificate for HOST in FOLDER, and serves HTTPS. GET /seen tells what was asked: a list of method, path, headers.
"""

import argparse
import http.server
import json
import pathlib
import socket
import ssl
import struct
import subprocess
import sys
import threading

SEEN = []


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_words):
        pass

    def answer(self, status, body=b"{}", content_type="application/json", **headers):
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def reset(self):
        """The connection ends as by a crash: RST instead of FIN."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def do_it(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        path = self.path.split("?")[0]
        if path == "/seen":
            return self.answer(200, json.dumps(SEEN).encode())
        SEEN.append({"method": self.command, "path": self.path, "headers": dict(self.headers), "body": body})
        times = sum(1 for each in SEEN if each["path"] == self.path)
        if path.startswith("/status/"):
            return self.answer(int(path.split("/")[2]), b'{"message": "as asked"}')
        if path == "/echo":
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            return self.answer(403, json.dumps({"message": "x" * 190 + token}).encode(), X_Echo=token)
        if path == "/limited/seconds":
            return self.answer(429, Retry_After="3") if times == 1 else self.answer(200)
        if path == "/limited/date":
            return (self.answer(429, Date="Sun, 06 Nov 1994 08:49:37 GMT", Retry_After="Sun, 06 Nov 1994 08:49:44 GMT")
                    if times == 1 else self.answer(200))
        if path == "/reset":
            return self.reset()
        if path == "/reset/once":
            return self.reset() if times == 1 else self.answer(201)
        if path == "/silent":
            return threading.Event().wait(30)
        if path == "/slow":
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"{")
            self.wfile.flush()
            return threading.Event().wait(30)
        if path == "/truncated":
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b'{"id": 1')
            self.close_connection = True
            return None
        if path == "/html":
            return self.answer(200, b"<html>sign in</html>", "text/html")
        if path == "/large":
            return self.answer(200, b" " * (17 << 20))
        if path == "/endless":
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
            try:
                while True:
                    self.wfile.write(piece)
            except OSError:
                self.close_connection = True
            return None
        if path == "/headers":
            return self.answer(200, **{f"X_{number}": "y" * 1000 for number in range(90)})
        if path == "/redirect":
            return self.answer(302, b"", Location=f"http://127.0.0.2:{self.server.server_port}/stolen")
        if path == "/gibberish":
            self.wfile.write(b"\x00\x01\x02 this is no HTTP\r\n\r\n")
            self.close_connection = True
            return None
        return self.answer(200, b'{"id": 7}')

    def do_CONNECT(self):
        """As a proxy that is asked for a tunnel, and refuses."""
        SEEN.append({"method": self.command, "path": self.path, "headers": dict(self.headers), "body": ""})
        self.close_connection = True
        self.answer(403)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = do_it


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_words):
        pass


def openssl(folder, *words):
    subprocess.run(["openssl", *words], cwd=folder, check=True, stdin=subprocess.DEVNULL, capture_output=True)


def certified(folder, host):
    """An authority, and a certificate of it for the host, which is an address or a name."""
    openssl(folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "ca.key",
            "-out", "ca.pem", "-days", "2", "-subj", "/CN=test authority")
    openssl(folder, "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "server.key",
            "-out", "server.csr", "-subj", "/CN=test server")
    kind = "IP" if host[0].isdigit() else "DNS"
    (folder / "extensions").write_text(f"subjectAltName={kind}:{host}\n")
    openssl(folder, "x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out",
            "server.pem", "-days", "2", "-extfile", "extensions")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    return context


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tls", nargs=2, metavar=("FOLDER", "HOST"))
    options = parser.parse_args()
    server = Server(("127.0.0.1", 0), Handler)
    if options.tls:
        context = certified(pathlib.Path(options.tls[0]), options.tls[1])
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.buffer.read()


if __name__ == "__main__":
    main()
