"""The hint that a workspace's feed has grown: best effort, over Valkey's publish."""

from __future__ import annotations

import json

from helpdesk import valkey

TOPIC = "helpdesk:feed"


def publish(workspace_id: int, seq: int) -> None:
    """Say that the feed of a workspace reaches `seq`; may be lost."""
    message = json.dumps({"w": workspace_id, "seq": seq})
    valkey.attempt(lambda client: client.publish(TOPIC, message))


def read(message: bytes | str) -> tuple[int, int] | None:
    """Workspace and seq of a hint; None for anything else."""
    try:
        hint = json.loads(message)
        return int(hint["w"]), int(hint["seq"])
    except (ValueError, TypeError, KeyError):
        return None
