"""A RESP2 client of few lines, and the hash slots of keys."""

import socket


class ServerError(Exception):
    """An error reply."""


class Client:
    """One connection; raises OSError where it is lost or silent for too long."""

    def __init__(self, port, timeout=5.0):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.input = self.socket.makefile("rb", 1 << 16)

    def call(self, *words):
        self.socket.sendall(encode(*words))
        return self.read()

    def text(self, *words):
        return self.call(*words).decode()

    def send(self, requests):
        """Sends encoded requests, and reads as many replies."""
        self.socket.sendall(b"".join(requests))
        for _ in requests:
            self.read()

    def read(self):
        line = self.input.readline()
        if not line.endswith(b"\r\n"):
            raise ConnectionError("closed by the server")
        kind, rest = line[:1], line[1:-2]
        if kind == b"+":
            return rest
        if kind == b"-":
            raise ServerError(rest.decode())
        if kind == b":":
            return int(rest)
        if kind == b"$":
            length = int(rest)
            return None if length < 0 else self.input.read(length + 2)[:-2]
        if kind == b"*":
            return None if int(rest) < 0 else [self._element() for _ in range(int(rest))]
        raise ConnectionError("no RESP: %r" % line)

    def _element(self):
        """Errors within an array stand in it."""
        try:
            return self.read()
        except ServerError as error:
            return error

    def close(self):
        self.input.close()
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def encode(*words):
    parts = [b"*%d\r\n" % len(words)]
    for word in words:
        data = word if isinstance(word, bytes) else str(word).encode()
        parts.append(b"$%d\r\n%s\r\n" % (len(data), data))
    return b"".join(parts)


def _table():
    table = []
    for byte in range(256):
        crc = byte << 8
        for _ in range(8):
            crc = (crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1
        table.append(crc & 0xFFFF)
    return table


_CRC16 = _table()


def slot_of_tag(tag):
    """The slot of all keys with the hash tag."""
    crc = 0
    for byte in tag.encode():
        crc = ((crc << 8) & 0xFFFF) ^ _CRC16[(crc >> 8) ^ byte]
    return crc % 16384


def tags_of_slots(count):
    """A hash tag for each of the slots from 0 up."""
    tags = {}
    number = 0
    while len(tags) < count:
        slot = slot_of_tag(str(number))
        if slot < count:
            tags.setdefault(slot, str(number))
        number += 1
    return [tags[slot] for slot in range(count)]
