"""The hint that a workspace's feed has grown: best effort, over Valkey's publish."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from helpdesk import valkey

TOPIC = "helpdesk:feed"


def publish(workspace_id: int, seq: int) -> None:
    """Say that the feed of a workspace reaches `seq`; may be lost."""
    message = json.dumps({"w": workspace_id, "seq": seq})
    valkey.attempt(lambda client: client.publish(TOPIC, message))


def digest(session_key: str) -> str:
    """A session's name in hints; the key itself would open the door."""
    return hashlib.sha256(session_key.encode()).hexdigest()


def publish_sign_out(session_key: str) -> None:
    """Say that a session has ended; if it is lost, the next ping finds out."""
    message = json.dumps({"out": digest(session_key)})
    valkey.attempt(lambda client: client.publish(TOPIC, message))


def publish_whispers(
    workspace_id: int, whispers: Iterable[tuple[frozenset[str], dict[str, Any]]]
) -> None:
    """Hand frames to the live processes, for the holders of tags; may be lost."""
    told = [[sorted(tags), json.dumps(frame)] for tags, frame in whispers]
    message = json.dumps({"w": workspace_id, "whispers": told})
    valkey.attempt(lambda client: client.publish(TOPIC, message))


def read_whispers(message: bytes | str) -> tuple[int, list[tuple[frozenset[str], str]]] | None:
    """Workspace and (tags, frame) of what is whispered; None for any other hint."""
    try:
        hint = json.loads(message)
        return int(hint["w"]), [(frozenset(tags), str(frame)) for tags, frame in hint["whispers"]]
    except (ValueError, TypeError, KeyError):
        return None


def read_sign_out(message: bytes | str) -> str | None:
    """The digest of the session that has ended; None for any other hint."""
    try:
        found = json.loads(message).get("out")
    except (ValueError, AttributeError):
        return None
    return found if isinstance(found, str) else None


def read(message: bytes | str) -> tuple[int, int] | None:
    """Workspace and seq of a hint; None for anything else."""
    try:
        hint = json.loads(message)
        return int(hint["w"]), int(hint["seq"])
    except (ValueError, TypeError, KeyError):
        return None
