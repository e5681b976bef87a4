"""Who stands before the counter: the visit cookie becomes the token that row policies look up.

A visit is opened only when something must be remembered (a basket, a login), so robots leave no rows.
"""

import re
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from kontor.bridge.parties import actions
from kontor.bridge.parties.queries import whose_token
from kontor.kernel.actor.identity import Actor, ActorKind
from kontor.kernel.membrane.session import acting_with, is_token, new_token, token_hash

type Respond = Callable[[HttpRequest], HttpResponse]

VISIT_COOKIE = "kontor_visit"
_LASTS = timedelta(days=30)
# A mailed link carries a token of its own, for its own pages only, and needs no cookie.
_MAILED = re.compile(r"^/o/([A-Za-z0-9_-]{43})/")


class Visit:
    """The visitor of one request. ``kind``: empty (a stranger), visit, session (logged in) or link (a mailed link)."""

    def __init__(self, carrying: ExitStack) -> None:
        self.party_id: UUID | None = None
        self.kind = ""
        self.name = ""
        self.email = ""
        self.new_cookie: str | None = None
        self._carrying = carrying

    @property
    def is_logged_in(self) -> bool:
        """Whether a password or a confirmed e-mail stands behind this visit."""
        return self.kind == "session"

    @property
    def actor(self) -> Actor:
        """The ``by`` of what this visitor does."""
        kind = ActorKind.CUSTOMER if self.is_logged_in else ActorKind.VISITOR
        return Actor(kind, name=self.name, party_id=self.party_id)

    def carry(self, token: str) -> None:
        """From now on this request asks the database with ``token``."""
        self._carrying.enter_context(acting_with(token))

    def recognise(self) -> None:
        """Look up whom the carried token belongs to."""
        if seen := whose_token():
            self.party_id, self.kind, self.name, self.email = seen.party_id, seen.kind, seen.name, seen.email

    def begin(self, *, keeps_cookie: bool = True) -> None:
        """Open a visit for a stranger and give it a cookie; nothing where there is one already.

        Without ``keeps_cookie`` it lasts for this request only: whatever cookie the browser kept back stays its own.
        """
        if self.party_id is None:
            token = new_token()
            self.party_id = actions.open_visit(token_hash=token_hash(token), by=self.actor, at=timezone.now())
            self.kind = "visit"
            self.carry(token)
            self.new_cookie = token if keeps_cookie else None

    def become(self, token: str) -> None:
        """Carry a token that was just opened, here and in the cookie."""
        self.carry(token)
        self.new_cookie = token

    def end(self) -> None:
        """Forget the visit: the cookie goes."""
        self.party_id, self.kind, self.name, self.email = None, "", "", ""
        self.new_cookie = ""


def visit_of(request: HttpRequest) -> Visit:
    """The visit of a request of the public plane."""
    return cast(Visit, request.visit)  # type: ignore[attr-defined]  # set by VisitMiddleware


class VisitMiddleware:
    """Sets ``request.visit`` and ``request.actor``. One statement where a token comes along, none without."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        mailed = _MAILED.match(request.path_info)
        token = mailed[1] if mailed else request.COOKIES.get(VISIT_COOKIE)
        with ExitStack() as carrying:
            visit = Visit(carrying)
            if token is not None and is_token(token):
                visit.carry(token)
                visit.recognise()
            request.visit = visit  # type: ignore[attr-defined]
            request.actor = visit.actor  # type: ignore[attr-defined]
            response = self.respond(request)
        if visit.new_cookie:
            response.set_cookie(
                VISIT_COOKIE,
                visit.new_cookie,
                max_age=_LASTS,
                httponly=True,
                samesite="Lax",
                secure=request.is_secure(),
            )
        elif visit.new_cookie == "":
            response.delete_cookie(VISIT_COOKIE, samesite="Lax")
        return response
