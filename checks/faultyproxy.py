"""A proxy before a Kubernetes API that does what networks and busy servers do: it cuts connections, answers 410 to watches
and 503 to others, refuses, and waits. It listens without TLS and passes on what it is given, tokens included."""

import json
import random
import select
import socket
import ssl
import threading
import time


class FaultyProxy:
    def __init__(self, host, port, seed):
        self.target = (host, port)
        self.chance = random.Random(seed)
        self.counts = {"cut": 0, "410": 0, "503": 0, "refused": 0, "delayed": 0}
        self.open = set()
        self.over = False
        self.context = ssl.create_default_context()
        self.context.check_hostname = False
        self.context.verify_mode = ssl.CERT_NONE
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]

    def __enter__(self):
        threading.Thread(target=self.accept, daemon=True).start()
        threading.Thread(target=self.cut, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.over = True
        self.listener.close()

    def told(self):
        return ", ".join(f"{number} {what}" for what, number in self.counts.items())

    def accept(self):
        while not self.over:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def cut(self):
        """Now and then some connection, most of which are watches and logs, is simply gone."""
        while not self.over:
            time.sleep(self.chance.uniform(0.3, 2.5))
            some = [one for one in list(self.open) if self.chance.random() < 0.3]
            for one in some:
                self.counts["cut"] += 1
                self.end(one)

    def end(self, client):
        self.open.discard(client)
        try:
            client.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def serve(self, client):
        try:
            if self.chance.random() < 0.03:
                self.counts["refused"] += 1
                return
            with self.context.wrap_socket(socket.create_connection(self.target, timeout=10)) as server:
                server.settimeout(None)
                self.open.add(client)
                self.pump(client, server)
        except OSError:
            pass
        finally:
            self.open.discard(client)
            client.close()

    def pump(self, client, server):
        while True:
            ready = [server] if server.pending() else select.select([client, server], [], [], 60)[0]
            for side in ready:
                data = side.recv(65536)
                if not data:
                    return
                if side is client and (fault := self.fault(data)):
                    client.sendall(fault)
                    return
                (server if side is client else client).sendall(data)

    def fault(self, data):
        """What is answered in the API's place, where a request begins and chance has it."""
        line = data.split(b"\r\n", 1)[0]
        if not line.endswith(b"HTTP/1.1"):
            return None
        roll = self.chance.random()
        if b"watch=true" in line and roll < 0.15:
            return self.status(410, "Gone", "Expired", "too old resource version")
        if roll < 0.05:
            return self.status(503, "Service Unavailable", "ServiceUnavailable", "the server is overloaded")
        if roll < 0.1:
            self.counts["delayed"] += 1
            time.sleep(self.chance.uniform(0.2, 3))
        return None

    def status(self, code, words, reason, message):
        self.counts[str(code)] += 1
        body = json.dumps({"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": reason,
                           "code": code, "message": message}).encode()
        head = f"HTTP/1.1 {code} {words}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        return head.encode() + body
