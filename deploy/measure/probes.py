"""Writers that note when their writes are answered."""

import threading
import time

from resp import Client, ServerError


class Answers:
    """When writes were answered, and the errors in between. For several threads."""

    def __init__(self):
        self.times = []
        self.errors = {}
        self.lock = threading.Lock()

    def add(self):
        now = time.monotonic()
        with self.lock:
            self.times.append(now)

    def error(self, text):
        kind = text.split(" ")[0]
        with self.lock:
            self.errors[kind] = self.errors.get(kind, 0) + 1

    def first_after(self, moment):
        with self.lock:
            return next((time_ for time_ in self.times if time_ > moment), None)

    def longest_gap(self, begin, end):
        """Seconds between two answers, from one moment to another."""
        with self.lock:
            times = [begin] + sorted(t for t in self.times if begin < t < end) + [end]
        return max(after - before for before, after in zip(times, times[1:]))


class Probes:
    """Run until they are closed."""

    def __init__(self):
        self.over = threading.Event()
        self.threads = []

    def run(self, target, *arguments):
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        thread.start()
        self.threads.append(thread)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()


class EveryNode(Probes):
    """Tries to write one key at every node all the time, so that no client's search for the new owner
    is part of what is measured."""

    PAUSE = 0.003

    def __init__(self, ports, key):
        super().__init__()
        self.answers = {port: Answers() for port in ports}
        for port in ports:
            self.run(self._write, port, key)

    def _write(self, port, key):
        client = None
        while not self.over.wait(self.PAUSE):
            try:
                if client is None:
                    client = Client(port, 0.5)
                client.call("SET", key, "x")
                self.answers[port].add()
            except ServerError:
                continue
            except OSError:
                if client is not None:
                    client.close()
                client = None
        if client is not None:
            client.close()

    def first_after(self, moment, except_port):
        """The first answer of any other node; None if there is none yet."""
        times = [a.first_after(moment) for port, a in self.answers.items() if port != except_port]
        return min((time_ for time_ in times if time_ is not None), default=None)

    def longest_gap(self, begin, end):
        """Seconds without an answer of any node."""
        everything = Answers()
        for answers in self.answers.values():
            everything.times += answers.times
        return everything.longest_gap(begin, end)


class Follower(Probes):
    """Clients that write one key each and go where they are sent, by MOVED and by ASK."""

    def __init__(self, port, keys, pause):
        super().__init__()
        self.answers = {key: Answers() for key in keys}
        for key in keys:
            self.run(self._write, port, key, pause)

    def _write(self, port, key, pause):
        clients = {}
        answers = self.answers[key]
        while not self.over.wait(pause):
            port = self._write_once(clients, port, key, answers)
        for client in clients.values():
            client.close()

    def _write_once(self, clients, port, key, answers):
        """Returns where the key is."""
        at, asking = port, False
        while not self.over.is_set():
            try:
                if at not in clients:
                    clients[at] = Client(at, 10.0)
                if asking:
                    clients[at].call("ASKING")
                clients[at].call("SET", key, "x" * 64)
                answers.add()
                return port
            except ServerError as error:
                answers.error(str(error))
                words = str(error).split(" ")
                asking = words[0] == "ASK"
                if words[0] in ("MOVED", "ASK"):
                    at = int(words[2].rsplit(":", 1)[1])
                    port = port if asking else at
                else:
                    time.sleep(0.001)
            except OSError:
                answers.error("connection-lost")
                clients.pop(at).close()
        return port
