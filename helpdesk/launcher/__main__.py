"""`python -m helpdesk.launcher`: start everything, or tell about what runs."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

from helpdesk.launcher.console import say, say_block
from helpdesk.launcher.environment import PortTaken, exports, root
from helpdesk.launcher.folder import AlreadyRunning, DataFolder
from helpdesk.launcher.places import home_for
from helpdesk.launcher.session import Session


def main() -> int:
    options = arguments()
    folder = DataFolder(Path(os.environ.get("DATA_DIR", root() / "data")))
    if options.env:
        return tell_environment(folder)
    if options.manage is not None:
        return manage(folder, options.manage)
    if options.reset:
        return reset(folder)
    try:
        return Session(folder, options).run()
    except (AlreadyRunning, PortTaken) as reason:
        say(str(reason))
        return 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m helpdesk.launcher", description=__doc__)
    parser.add_argument("--only", choices=["engines"], help="start the engines alone and wait")
    parser.add_argument("--env", action="store_true", help="print what the running one set")
    parser.add_argument("--no-demo", dest="demo", action="store_false", help="an empty database")
    parser.add_argument(
        "--no-sandbox", dest="sandbox", action="store_false", help="without the stand-in providers"
    )
    parser.add_argument("--reset", action="store_true", help="remove all data, after asking")
    parser.add_argument(
        "--manage", nargs=argparse.REMAINDER, help="run a Django command beside the running one"
    )
    return parser.parse_args()


def tell_environment(folder: DataFolder) -> int:
    if (env := environment_of(folder)) is None:
        return 1
    say_block(exports(env))
    return 0


def manage(folder: DataFolder, command: list[str]) -> int:
    """Become `manage.py <command>` with the environment of what runs."""
    if (env := environment_of(folder)) is None:
        return 1
    os.chdir(root())
    return os.execve(sys.executable, [sys.executable, "manage.py", *command], {**os.environ, **env})


def environment_of(folder: DataFolder) -> dict[str, str] | None:
    note = folder.running()
    if note is None or "env" not in note:
        print("Nothing runs here; start it with `make run`.", file=sys.stderr)
        return None
    env: dict[str, str] = note["env"]
    return env


def reset(folder: DataFolder) -> int:
    """Forget everything: the databases, the secrets, files and mails."""
    home = home_for(folder.path).path
    if input(f"Remove {folder.path} and {home} for ever? Type yes: ") != "yes":
        return 1
    try:
        folder.take()
    except AlreadyRunning as reason:
        say(str(reason))
        return 1
    for path in (home, folder.path):
        shutil.rmtree(path, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
