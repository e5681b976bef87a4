"""Who acts in a request of the staff's planes: the account that is logged in, with the rights of its departments."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from kontor.kernel.actor.identity import Actor, ActorKind
from kontor.kernel.actor.models import Department, StaffAccount

type Respond = Callable[[HttpRequest], HttpResponse]


class StaffMiddleware:
    """Gives each request its ``actor``: read when somebody asks, in one statement besides session and account."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.respond(request)


def actor_for(account: StaffAccount) -> Actor:
    """The account as an actor: every right of every department it belongs to. One statement."""
    rows = Department.objects.filter(staff=account.pk).values_list("code", "rights")
    return Actor(
        ActorKind.STAFF,
        id=account.id,
        name=account.name,
        rights=frozenset(right for _code, rights in rows for right in rights),
        departments=frozenset(code for code, _rights in rows),
    )


def _actor(request: HttpRequest) -> Actor:
    account = request.user
    if isinstance(account, StaffAccount) or getattr(account, "is_authenticated", False):
        return actor_for(account)  # type: ignore[arg-type]  # the only user model of the staff's planes
    return Actor(ActorKind.VISITOR)
