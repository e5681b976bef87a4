"""Who acts: a person, a schedule, an import or a programme. One type for all of them."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from kontor.kernel.errors import NotAllowed


class ActorKind(StrEnum):
    STAFF = "staff"
    CUSTOMER = "customer"
    VISITOR = "visitor"
    SCHEDULE = "schedule"
    IMPORT = "import"
    # An import of the past that carries its own thread on in bulk: handlers do not hear its events.
    TAKEOVER = "takeover"


_THE_HOUSE_ITSELF = (ActorKind.SCHEDULE, ActorKind.IMPORT, ActorKind.TAKEOVER)


@dataclass(frozen=True, slots=True)
class Actor:
    """The ``by`` of every action. ``rights`` are strings such as ``orders.cancel``."""

    kind: ActorKind
    id: UUID | None = None
    name: str = ""
    party_id: UUID | None = None
    rights: frozenset[str] = field(default_factory=frozenset)
    departments: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_public(self) -> bool:
        return self.kind in (ActorKind.CUSTOMER, ActorKind.VISITOR)

    def has(self, right: str) -> bool:
        # Schedules and imports are the house itself: they may do what their caller set them up to do.
        return self.kind in _THE_HOUSE_ITSELF or right in self.rights

    def require(self, right: str) -> None:
        """Refuse unless this actor holds ``right``.

        Raises:
            NotAllowed: the right is missing.
        """
        if not self.has(right):
            raise NotAllowed(right=right)


def the_house(name: str = "Kontor") -> Actor:
    """The worker, acting on a schedule or on hearing an event."""
    return Actor(ActorKind.SCHEDULE, name=name)
