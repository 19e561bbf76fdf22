"""Free ports of this machine, remembered so that addresses stay the same."""

from __future__ import annotations

import errno
import json
import random
import socket
from pathlib import Path

HOST = "127.0.0.1"


def is_free(port: int) -> bool:
    """Could a server bind here now? (As servers do it: old connections do not count.)"""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise
    return True


def any_free() -> int:
    """A free port below the range from which systems number outgoing connections."""
    while not is_free(port := random.randrange(20_000, 32_000)):
        pass
    return port


def remembered(memory: Path, name: str) -> int:
    """The port that `name` had last time if it is still free, else a new one."""
    ports: dict[str, int] = json.loads(memory.read_text()) if memory.exists() else {}
    if not (name in ports and is_free(ports[name])):
        ports[name] = any_free()
        memory.write_text(json.dumps(ports))
    return ports[name]


def answers(port: int) -> bool:
    try:
        socket.create_connection((HOST, port), timeout=0.5).close()
    except OSError:
        return False
    return True
