"""The inbox for a payment provider's messages: taken raw, believed by nobody here."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kontor.bridge.payments.actions import take_message
from kontor.kernel.actor.identity import Actor, ActorKind

_LARGEST = 64_000
_KEPT_HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature", "content-type")


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, provider: str) -> HttpResponse:
    """Put the message into the inbox; the worker checks its signature. The same message counts once."""
    if int(request.headers.get("content-length") or 0) > _LARGEST:
        return HttpResponse(status=413)
    body = request.body
    headers = {name: request.headers.get(name, "").replace("\0", "")[:500] for name in _KEPT_HEADERS}
    message_id = headers["webhook-id"] or sha256(body).hexdigest()
    take_message(
        provider=provider[:20],
        message_id=message_id,
        headers=headers,
        body=body,
        by=Actor(ActorKind.VISITOR),
        at=timezone.now(),
    )
    return HttpResponse(status=204)
