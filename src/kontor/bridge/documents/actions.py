"""Freezing and storing papers, and the one press of this process."""

import atexit
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from kontor.bridge.documents import events
from kontor.bridge.documents.rendering.freezing import to_dict
from kontor.bridge.documents.rendering.papers import TEMPLATE_VERSION, Paper
from kontor.bridge.documents.rendering.press import Press
from kontor.kernel.actor.identity import Actor
from kontor.kernel.events.emitting import emit
from kontor.kernel.ids import uuid7
from kontor.kernel.sql import Statements
from kontor.kernel.transactions import in_transaction, transaction

_sql = Statements(__package__)

# The printing process starts with the first paper and ends when idle. Print outside of transactions.
PRESS = Press()
atexit.register(PRESS.close)  # no printing process outlives this one


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """A printed paper to keep. ``subject_id`` is the order it belongs to; ``is_public``: its party may download it."""

    kind: str
    number: str
    subject_id: UUID
    party_id: UUID | None
    issued_at: datetime
    paper: Paper
    content: bytes
    name: str
    is_public: bool = True
    media_type: str = "application/pdf"
    id: UUID = field(default_factory=uuid7)


@transaction
def store_documents(*, documents: Sequence[NewDocument], by: Actor, at: datetime) -> list[UUID]:
    """Freeze papers and keep their files; returns the ids of those that are new.

    Moves no money. Safe to repeat: a kind and number are stored once and never replaced, and nobody is told again.
    """
    return keep_documents(documents, by=by, at=at)


@in_transaction
def keep_documents(documents: Sequence[NewDocument], *, by: Actor, at: datetime) -> list[UUID]:
    """The part of storing that other actions use. Safe to repeat."""
    rows = _sql.rows(
        "store",
        template_version=TEMPLATE_VERSION,
        ids=[document.id for document in documents],
        kinds=[document.kind for document in documents],
        numbers=[document.number for document in documents],
        parties=[document.party_id for document in documents],
        subjects=[document.subject_id for document in documents],
        frozen=[json.dumps(to_dict(document.paper), ensure_ascii=False) for document in documents],
        public=[document.is_public for document in documents],
        issued_at=[document.issued_at for document in documents],
        names=[document.name for document in documents],
        media_types=[document.media_type for document in documents],
        contents=[document.content for document in documents],
    )
    emit(
        [events.DocumentReady(subject=row.number, subject_id=row.id, kind=row.kind) for row in rows],
        by=by,
        at=at,
    )
    return [row.id for row in rows]
