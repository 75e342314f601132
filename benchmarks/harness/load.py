"""Many HTTP clients in one thread: each keeps its connection open and asks again as soon as it was answered. Requests are
bytes made beforehand or cheaply, and answers are only looked at for their status, so that what is measured is the server."""

import select
import socket
import time


class Line:
    """One connection. It acknowledges at once, so that no answer that is written in two parts waits for that."""

    def __init__(self, port, token):
        self.port = port
        self.head = f"Host: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
        self.head += f"Authorization: Bearer {token}\r\n" if token else ""
        self.count, self.left, self.seen = 0, 0, b""
        self.open()

    def open(self):
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=600)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.acknowledge()
        self.used = time.perf_counter()

    def acknowledge(self):
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)

    def request(self, method, path, body):
        return f"{method} {path} HTTP/1.1\r\n{self.head}Content-Length: {len(body)}\r\n\r\n".encode() + body

    def send(self, request):
        self.seen, self.left = b"", -1
        self.socket.sendall(request)

    def receive(self):
        """Takes what has come; whether the answer is whole."""
        self.acknowledge()
        part = self.socket.recv(1 << 18)
        self.acknowledge()
        if not part:
            raise RuntimeError("the server closed the connection")
        if self.left >= 0:
            self.left -= len(part)
            return self.left <= 0
        self.seen += part
        end = self.seen.find(b"\r\n\r\n")
        if end < 0:
            return False
        if not self.seen.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(self.seen[:500].decode(errors="replace"))
        head = self.seen[:end].lower()
        at = head.find(b"content-length:")
        if at < 0:
            raise RuntimeError("an answer without a length: " + head.decode(errors="replace"))
        self.left = int(head[at + 15 :].split(b"\r\n", 1)[0]) - (len(self.seen) - end - 4)
        return self.left <= 0

    def ask(self, request):
        """The whole answer's time in seconds. Some servers close what was idle for a few seconds."""
        if time.perf_counter() - self.used > 2:
            self.close()
            self.open()
        started = time.perf_counter()
        self.send(request)
        while not self.receive():
            pass
        self.used = time.perf_counter()
        return self.used - started

    def close(self):
        self.socket.close()


def rate(port, token, clients, seconds, make):
    """Requests a second of so many clients.

    make(line, client, number) gives the bytes of a client's next request.
    """
    lines = [Line(port, token) for _ in range(clients)]
    poll = select.epoll()
    of = {}
    for n, line in enumerate(lines):
        of[line.socket.fileno()] = (n, line)
        poll.register(line.socket, select.EPOLLIN)
        line.send(make(line, n, 0))
    started, done, open_ = time.perf_counter(), 0, clients
    end, last = started + seconds, started
    while open_:
        for file, _ in poll.poll(60):
            n, line = of[file]
            if not line.receive():
                continue
            done += 1
            last = time.perf_counter()
            line.count += 1
            if last < end:
                line.send(make(line, n, line.count))
            else:
                open_ -= 1
    poll.close()
    for line in lines:
        line.close()
    return done / (last - started)
