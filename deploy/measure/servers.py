"""Nodes of Redis and of Slotcast as processes on 127.0.0.1, one like the other."""

import os
import shutil
import subprocess
import time
from pathlib import Path

from resp import Client, ServerError

ROOT = Path(__file__).resolve().parents[2]
TICKS = os.sysconf("SC_CLK_TCK")


def wait_until(what, condition, patience=120.0):
    """Returns what the condition gives as soon as that is true; errors count as false."""
    end = time.monotonic() + patience
    last = None
    while time.monotonic() < end:
        try:
            result = condition()
            if result:
                return result
        except (OSError, ServerError) as error:
            last = error
        time.sleep(0.02)
    raise TimeoutError("waited in vain: %s (%s)" % (what, last))


class Node:
    """A process with a folder, which a restart finds again."""

    def __init__(self, port, command, folder):
        self.port = port
        self.command = command
        self.folder = folder
        self.process = None

    def start(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=self.folder, stdout=log, stderr=log, stdin=subprocess.DEVNULL)

    def signal(self, number):
        self.process.send_signal(number)

    def kill(self):
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def client(self, timeout=5.0):
        return Client(self.port, timeout)

    def ask(self, *words):
        with self.client() as client:
            return client.call(*words)

    def info(self, section):
        lines = self.ask("INFO", section).decode().splitlines()
        return dict(line.split(":", 1) for line in lines if ":" in line)

    def cpu_seconds(self):
        fields = Path("/proc/%d/stat" % self.process.pid).read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def is_serving(self):
        return "cluster_state:ok" in self.ask("CLUSTER", "INFO").decode()


class Cluster:
    """Nodes that form a cluster; primaries first. Removes its folders when it is closed."""

    def __init__(self, folder, base, primaries, replicas, directives):
        self.folder = Path(folder)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.replicas = replicas
        self.primaries = primaries
        self.ports = [base + 1 + i for i in range(primaries * (1 + replicas))]
        self.nodes = [
            Node(port, self.command(port, directives), self.folder / str(port))
            for port in self.ports
        ]

    def command(self, port, directives):
        raise NotImplementedError

    def form(self):
        raise NotImplementedError

    def __enter__(self):
        try:
            for node in self.nodes:
                node.start()
            self.form()
            self.await_whole()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for node in self.nodes:
            node.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def await_whole(self):
        """Every node serves, and every replica follows."""
        for node in self.nodes:
            wait_until("%d serves" % node.port, node.is_serving)
        wait_until("all replicas follow", self._all_follow)

    def _all_follow(self):
        following = 0
        for node in self.nodes:
            info = node.info("replication")
            if info["role"] == "slave":
                if info["master_link_status"] != "up":
                    return False
                following += 1
        return following == self.primaries * self.replicas

    def table(self):
        """By port: id, whether primary, the primary's id, the slots, as a node that lives has it."""
        for node in self.nodes:
            try:
                lines = node.ask("CLUSTER", "NODES").decode().splitlines()
            except OSError:
                continue
            table = {}
            for line in lines:
                fields = line.split()
                port = int(fields[1].split("@")[0].rsplit(":", 1)[1])
                table[port] = (fields[0], "master" in fields[2], fields[3], fields[8:])
            return table
        raise ConnectionError("no node answers")

    def owner(self, slot):
        """The node whose slots hold this one."""
        for port, (_, _, _, ranges) in self.table().items():
            for entry in ranges:
                if not entry.startswith("["):
                    ends = entry.split("-")
                    if int(ends[0]) <= slot <= int(ends[-1]):
                        return self.nodes[self.ports.index(port)]
        raise LookupError("slot %d has no owner" % slot)

    def replica_of(self, node):
        table = self.table()
        for port, (_, _, primary, _) in table.items():
            if primary == table[node.port][0]:
                return self.nodes[self.ports.index(port)]
        raise LookupError("%d has no replica" % node.port)

    def node_id(self, node):
        return self.table()[node.port][0]


class Redis(Cluster):
    name = "redis"

    def command(self, port, directives):
        command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1"]
        command += ["--cluster-enabled", "yes", "--save", "", "--daemonize", "no"]
        for name, value in directives.items():
            command += ["--" + name, value]
        return command

    def form(self):
        for node in self.nodes:
            wait_until("%d answers" % node.port, lambda node=node: node.ask("PING"))
        if self.primaries < 3:
            self._form_by_hand()
            return
        subprocess.run(
            ["redis-cli", "--cluster", "create"]
            + ["127.0.0.1:%d" % port for port in self.ports]
            + ["--cluster-replicas", str(self.replicas), "--cluster-yes"],
            check=True, stdout=subprocess.DEVNULL)

    def _form_by_hand(self):
        """One primary with its replicas, which redis-cli does not make."""
        first = self.nodes[0]
        first.ask("CLUSTER", "ADDSLOTSRANGE", 0, 16383)
        for node in self.nodes[1:]:
            node.ask("CLUSTER", "MEET", "127.0.0.1", first.port)
            primary = first.ask("CLUSTER", "MYID")
            wait_until("nodes meet", lambda node=node: self._replicate(node, primary))

    @staticmethod
    def _replicate(node, primary):
        return node.ask("CLUSTER", "REPLICATE", primary) == b"OK"


class Slotcast(Cluster):
    name = "slotcast"

    def command(self, port, directives):
        command = [str(ROOT / "deploy/bin/slotcast"), "server", "--port", str(port)]
        command += ["--bind", "127.0.0.1", "--cluster-announce-ip", "127.0.0.1"]
        command += ["--dir", str(self.folder / str(port)), "--cluster-seeds"]
        command += ["127.0.0.1:%d" % seed for seed in self.ports]
        command += ["--cluster-initial-nodes", str(len(self.ports))]
        command += ["--cluster-replicas", str(self.replicas)]
        for name, value in directives.items():
            command += ["--" + name, value]
        return command

    def form(self):
        """It forms itself."""

