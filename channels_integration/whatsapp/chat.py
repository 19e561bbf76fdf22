"""Chat: messages, and what is no message of its own but says something about one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_noop as _

from channels_integration.whatsapp.envelope import LONGEST_ID, id_of, moment
from channels_integration.whatsapp.identities import identity_changes
from channels_integration.whatsapp.kinds import Content, content_of
from channels_integration.whatsapp.particulars import particulars_of
from channels_integration.whatsapp.payload import mapping, obj, rows, said, text
from channels_integration.whatsapp.sender import Cards, cards_of, sender_of
from inbox.channels import (
    IdentityKey,
    IncomingMessage,
    MessageDeletion,
    MessageEdit,
    ReactionChange,
    Room,
    Sender,
    Unparsable,
    Update,
)

GROUP = "whatsapp_group"
NO_WORDS = _("A message was edited, but the new words can't be read.")


@dataclass(frozen=True)
class Chat:
    """What a change says of all its messages. `groups`: this channel shows group chats;
    `echo`: the messages are ours, written in the phone's app."""

    waba_id: str
    number_id: str
    cards: Cards
    errors: tuple[dict[str, Any], ...] = ()
    groups: bool = False
    echo: bool = False


def chat_of(
    value: dict[str, Any], waba_id: str, number_id: str, *, groups: bool, echo: bool
) -> Chat:
    """The surroundings of the messages in a change's value."""
    errors = tuple(rows(value.get("errors"), most=20))
    return Chat(waba_id, number_id, cards_of(value.get("contacts")), errors, groups, echo)


def read_message(message: dict[str, Any], chat: Chat) -> list[Update]:
    """Everything that one item says; `Unparsable` only where its id, its time, its person or
    its target can't be told."""
    if message.get("group_id") and not chat.groups:
        return []
    reader = CHANGES.get(said(message.get("type"), 100), _message)
    return reader(message, chat)


def _message(message: dict[str, Any], chat: Chat) -> list[Update]:
    content = _with_errors(content_of(message), chat.errors)
    room = _room(message, chat)
    found = IncomingMessage(
        external_id=id_of(message),
        sender=_person(message, chat, room),
        sent_at=moment(message.get("timestamp")),
        kind=content.kind,
        text=content.text,
        data={**content.data, **particulars_of(message)},
        reply_to=said(mapping(message.get("context")).get("id"), LONGEST_ID),
        files=content.files,
        room=room,
        echo=chat.echo,
    )
    return [found]


def _with_errors(content: Content, errors: tuple[dict[str, Any], ...]) -> Content:
    """A message that lacks its content comes with the reason beside it: kept together."""
    if content.kind != "unsupported" or not errors:
        return content
    raw = {"errors": list(errors), **content.data["raw"]}
    return replace(content, data={**content.data, "raw": raw})


def _room(message: dict[str, Any], chat: Chat) -> Room | None:
    group = text(message.get("group_id"), 160)
    return Room(IdentityKey(GROUP, group, scope=chat.number_id)) if group else None


def _person(message: dict[str, Any], chat: Chat, room: Room | None) -> Sender:
    """The customer: who wrote or, of an echo, to whom we wrote."""
    names = ("to_user_id", "to") if chat.echo else ("from_user_id", "from")
    try:
        return sender_of([message.get(name) for name in names], chat.cards, chat.waba_id)
    except Unparsable:
        if not chat.echo or room is None:
            raise
        return Sender((room.key,))


def _reaction(message: dict[str, Any], chat: Chat) -> list[Update]:
    """An emoji that is missing or empty takes the reaction back."""
    reaction = obj(message.get("reaction"))
    found = ReactionChange(
        target=id_of(reaction, "message_id"),
        sender=_person(message, chat, _room(message, chat)),
        emoji=text(reaction.get("emoji"), 100),
        at=moment(message.get("timestamp")),
        ours=chat.echo,
    )
    return [found]


def _edit(message: dict[str, Any], chat: Chat) -> list[Update]:
    """The new words of a text, or the new caption of a file."""
    edit = obj(message.get("edit"))
    content = content_of(obj(edit.get("message")))
    if content.kind == "unsupported":
        raise Unparsable(NO_WORDS)
    found = MessageEdit(
        external_id=id_of(message),
        target=id_of(edit, "original_message_id"),
        text=content.text,
        at=moment(message.get("timestamp")),
    )
    return [found]


def _revoke(message: dict[str, Any], chat: Chat) -> list[Update]:
    target = id_of(obj(message.get("revoke")), "original_message_id")
    return [MessageDeletion(target=target, at=moment(message.get("timestamp")))]


def _system(message: dict[str, Any], chat: Chat) -> list[Update]:
    return list(identity_changes(message, chat.waba_id))


CHANGES: Mapping[str, Callable[[dict[str, Any], Chat], list[Update]]] = {
    "reaction": _reaction,
    "edit": _edit,
    "revoke": _revoke,
    "system": _system,
}
