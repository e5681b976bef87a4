"""The planes: which process may enter which rooms, with which database role."""

from dataclasses import dataclass

KERNEL = ("membrane", "actor", "events", "numbers", "rules", "tasks", "ui")
BRIDGE = ("parties", "documents", "catalogue", "promises", "orders", "charges", "payments", "progress")
PUBLIC_FRONT = ("shop", "account", "site")
DESK_FRONT = ("care", "sales")
BACK = ("warehouse", "logistics", "invoicing", "ledger", "banking", "orderdesk", "people", "administration")


def _rooms(floor: str, names: tuple[str, ...]) -> list[str]:
    return [f"kontor.{floor}.{name}" for name in names]


@dataclass(frozen=True, slots=True)
class Plane:
    """One kind of process: its database role and the rooms it installs."""

    name: str
    role: str
    front: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    has_staff: bool = True

    @property
    def rooms(self) -> list[str]:
        kernel = (
            KERNEL if self.has_staff else tuple(name for name in KERNEL if name not in ("actor", "tasks"))
        )
        return [
            *_rooms("kernel", kernel),
            *_rooms("bridge", BRIDGE),
            *_rooms("front", self.front),
            *_rooms("back", self.back),
        ]


PLANES = {
    plane.name: plane
    for plane in (
        Plane("public", "public", front=PUBLIC_FRONT, has_staff=False),
        Plane("desk", "desk", front=DESK_FRONT),
        Plane("back", "back", back=BACK),
        Plane("worker", "back", front=(*PUBLIC_FRONT, *DESK_FRONT), back=BACK),
        Plane("live", "live", has_staff=False),
        Plane("owner", "owner", front=(*PUBLIC_FRONT, *DESK_FRONT), back=BACK),
    )
}
