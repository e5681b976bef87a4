"""The planes: which process may enter which rooms, with which database role."""

from dataclasses import dataclass

KERNEL = ("membrane", "actor", "events", "numbers", "rules", "tasks", "ui")
BRIDGE = (
    *("parties", "documents", "catalogue", "promises", "orders", "cases", "charges", "payments", "progress"),
    "voice",
)
PUBLIC_FRONT = ("shop", "account", "site")
DESK_FRONT = ("care", "sales")
STAFFED_PUBLIC = ("site",)  # rooms of the public plane whose pages staff edit at the desk
BACK = (
    *("warehouse", "logistics", "production", "purchasing", "invoicing", "ledger", "banking", "orderdesk"),
    *("people", "design", "improvement", "administration"),
)

_SECURITY = (
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kontor.kernel.membrane.middleware.ReadingMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
)
_STAFF = (
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kontor.kernel.actor.middleware.StaffMiddleware",
)
_CUSTOMERS = (
    "kontor.bridge.parties.middleware.VisitMiddleware",
    "kontor.front.site.middleware.FrameMiddleware",
    "kontor.kernel.doors.DoorsMiddleware",
)
_PAGES = (
    "kontor.kernel.ui.messages.MessagesMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kontor.kernel.membrane.middleware.RefusalMiddleware",
)


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
    def is_web(self) -> bool:
        """Whether it answers browsers through Django."""
        return self.name in ("public", "desk", "back")

    @property
    def urlconf(self) -> str:
        """The module of its addresses."""
        return f"kontor.config.urls.{self.name}" if self.is_web else "kontor.config.urls.owner"

    @property
    def session_cookie(self) -> str:
        """One name per plane: cookies of localhost ignore ports."""
        return f"kontor_{self.name}_session"

    @property
    def csrf_cookie(self) -> str:
        """One name per plane, as the session's."""
        return f"kontor_{self.name}_csrf"

    @property
    def middleware(self) -> list[str]:
        """What every request passes, outermost first."""
        return [*_SECURITY, *(_STAFF if self.has_staff else _CUSTOMERS), *_PAGES] if self.is_web else []

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
        Plane("desk", "desk", front=(*DESK_FRONT, *STAFFED_PUBLIC)),
        Plane("back", "back", back=BACK),
        Plane("worker", "back", front=(*PUBLIC_FRONT, *DESK_FRONT), back=BACK),
        Plane("live", "live", has_staff=False),
        Plane("owner", "owner", front=(*PUBLIC_FRONT, *DESK_FRONT), back=BACK),
    )
}
