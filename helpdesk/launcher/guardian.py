"""A process that outlives the launcher by moments: when the launcher dies, it stops what is left.

The launcher holds the only writing end of this process's standard input, and every child writes
`add <pid> <signal> <kind>` into it before it becomes its program; so there is no moment in which
a child runs unknown. At the end of input the launcher is gone: after a clean stop nothing is left
to do, after a `kill -9` everything is. Tests also leave it their temporary folder to remove.
Portable: Linux's parent-death signal would reach neither grandchildren nor macOS.

Runs as a plain file with only the standard library, in a session of its own.
"""

import os
import shutil
import signal
import sys
import time
from contextlib import suppress

PATIENCE = {"app": 2.0, "engine": 6.0}


def main() -> None:
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    groups: dict[int, tuple[int, str]] = {}
    throwaway: list[str] = []
    for line in sys.stdin:
        match line.split():
            case ["add", pid, number, kind]:
                groups[int(pid)] = (int(number), kind)
            case ["forget", pid]:
                groups.pop(int(pid), None)
            case ["throwaway", folder]:
                throwaway.append(folder)
    for kind in ("app", "engine"):
        stop({pid: number for pid, (number, of) in groups.items() if of == kind}, PATIENCE[kind])
    for folder in throwaway:
        shutil.rmtree(folder, ignore_errors=True)


def stop(groups: dict[int, int], patience: float) -> None:
    """Ask each process group to end, wait, then kill what is left of it."""
    for pid, number in groups.items():
        tell(pid, number)
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and any(alive(pid) for pid in groups):
        time.sleep(0.05)
    for pid in groups:
        tell(pid, signal.SIGKILL)


def tell(pid: int, number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


def alive(group: int) -> bool:
    """Does anything of the group still run? The dead that nobody has collected do not count."""
    if not os.path.isdir("/proc/self"):
        return signalable(group)
    for entry in os.listdir("/proc"):
        with suppress(OSError):
            if entry.isdigit():
                with open(f"/proc/{entry}/stat") as stat:
                    state, _, of = stat.read().rpartition(")")[2].split()[:3]
                if int(of) == group and state not in "ZX":
                    return True
    return False


def signalable(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


if __name__ == "__main__":
    main()
