"""Saying what happened: ``emit`` inside an action, typed events, references and figures only."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from kontor.kernel.actor.identity import Actor
from kontor.kernel.ids import uuid7
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction

_statements = Statements(__package__)
event_types: dict[str, type["Event"]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base of all events. ``subject`` is the human number, ``subject_id`` the row it is about."""

    subject: str
    subject_id: UUID
    type_name: ClassVar[str]

    def __init_subclass__(cls) -> None:
        # @dataclass(slots=True) makes the class a second time: the later one replaces the first.
        room = cls.__module__.rsplit(".", 2)[-2]
        cls.type_name = f"{room}.{cls.__name__}"
        event_types[cls.type_name] = cls

    def fact(self) -> dict[str, Any]:
        return {
            field.name: _plain(getattr(self, field.name))
            for field in fields(self)
            if field.name not in ("subject", "subject_id")
        }


def _plain(value: Any) -> Any:
    if isinstance(value, (UUID, Decimal)):
        return str(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


@in_transaction
def emit(happened: Sequence[Event], *, by: Actor, at: datetime) -> None:
    """Write events in the action's transaction; the database sets the instant of what the public writes.

    Repeatability is the action's own: emitting twice writes twice.
    """
    if not happened:
        return
    statement = "insert_public_events" if by.is_public else "insert_events"
    values: dict[str, Any] = {
        "ids": [uuid7() for _ in happened],
        "types": [event.type_name for event in happened],
        "subjects": [event.subject for event in happened],
        "subject_ids": [event.subject_id for event in happened],
        "facts": [json.dumps(event.fact(), separators=(",", ":"), ensure_ascii=False) for event in happened],
        "actor_kind": by.kind.value,
        "actor_id": by.party_id if by.is_public else by.id,
    }
    if not by.is_public:
        values |= {"actor_name": by.name, "at": at}
    _statements.execute(statement, **values)
