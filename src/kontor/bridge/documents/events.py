"""What happens to documents."""

from dataclasses import dataclass

from kontor.kernel.events.emitting import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReady(Event):
    """A paper was printed, checked and stored. The subject is the document; ``kind`` as in ``Document.Kind``."""

    kind: str
