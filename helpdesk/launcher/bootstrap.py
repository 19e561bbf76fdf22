"""Make the virtual environment on a machine that has only Python, then become a command inside it.

Runs as a plain file (`python3 helpdesk/launcher/bootstrap.py run -m helpdesk.launcher`), so it may
import nothing but the standard library.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OLDEST = (3, 11)


def main() -> None:
    """`bootstrap.py <lock> [python arguments...]`: install requirements/<lock>.txt, then exec."""
    if sys.version_info < OLDEST:
        sys.exit(f"Python 3.11 or newer is needed; {sys.executable} is {sys.version.split()[0]}.")
    lock = ROOT / "requirements" / f"{sys.argv[1]}.txt"
    python = ensure_environment(lock)
    if arguments := sys.argv[2:]:
        os.chdir(ROOT)
        os.execv(python, [str(python), *arguments])


def ensure_environment(lock: Path) -> Path:
    """The interpreter of a virtual environment that holds exactly what `lock` names or more."""
    venv = Path(os.environ.get("VENV", ROOT / ".venv")).absolute()
    python = venv / "bin" / "python"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = venv / f".installed-{lock.stem}"
    if not works(python):
        say(f"creating {venv}")
        create(venv)
    if not stamp.exists() or stamp.read_text() != digest:
        install(python, lock)
        stamp.write_text(digest)
    return python


def works(python: Path) -> bool:
    """A copied or moved environment may name an interpreter that is not there."""
    has_pip = any(python.parents[1].glob("lib/python3*/site-packages/pip"))
    return has_pip and subprocess.run([python, "-c", ""], capture_output=True).returncode == 0


def create(venv: Path) -> None:
    command = [sys.executable, "-m", "venv", "--clear", str(venv)]
    if subprocess.run(command, capture_output=True).returncode == 0:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("installing python3-venv")
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "python3-venv"], stdout=subprocess.DEVNULL
        )
    if subprocess.run(command).returncode != 0:
        sys.exit(
            "Python could not make a virtual environment (on Debian: apt install python3-venv)."
        )


def install(python: Path, lock: Path) -> None:
    say(f"installing {lock.relative_to(ROOT)} (only when the lock changes)")
    started = time.monotonic()
    flags = ["--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes"]
    command = [str(python), "-m", "pip", "install", *flags, "-r", str(lock)]
    if subprocess.run(command, cwd=ROOT).returncode != 0:
        sys.exit("The packages could not be installed; the reason stands above.")
    say(f"installed in {time.monotonic() - started:.0f} s")


def say(text: str) -> None:
    print(f"setup    | {text}", flush=True)


if __name__ == "__main__":
    main()
