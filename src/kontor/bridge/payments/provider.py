"""The provider port: what Kontor asks of a payment provider, and how its webhooks are believed.

Webhooks are signed as Standard Webhooks says: ``webhook-id``, ``webhook-timestamp`` and ``webhook-signature`` headers,
HMAC-SHA256 over ``id.timestamp.body``, base64, prefixed ``v1,``. Only the worker holds the secret.
"""

import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.request import Request, urlopen
from uuid import UUID

from kontor.bridge.payments.signing import sign

TOLERANCE = timedelta(minutes=30)
_SECONDS = 10
_SECONDS_SINCE_1970 = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Checkout:
    """A payment page at the provider."""

    reference: str
    url: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A webhook that was believed."""

    kind: str  # payment.paid, payment.failed
    reference: str
    intent_id: UUID
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be paid, and where the customer and the messages come back to."""

    intent_id: UUID
    amount: Decimal
    currency: str
    order_number: str
    return_url: str
    webhook_url: str
    language: str


def open_checkout(provider_url: str, secret: str, wish: Wish) -> Checkout:
    """Ask the provider for a payment page, with our id as idempotency key. Remote: never inside a transaction.

    Moves no money. Safe to repeat: the same intent gets the same page.
    """
    body = json.dumps(
        {
            "intent": str(wish.intent_id),
            "amount": str(wish.amount),
            "currency": wish.currency,
            "reference": wish.order_number,
            "return_url": wish.return_url,
            "webhook_url": wish.webhook_url,
            "language": wish.language,
        }
    ).encode()
    request = Request(  # noqa: S310 - the operator sets the address
        f"{provider_url}/v1/checkouts",
        data=body,
        headers={
            "Content-Type": "application/json",
            "Authorization": f"Bearer {secret}",
            "Idempotency-Key": str(wish.intent_id),
        },
    )
    with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
        found = json.load(answer)
    return Checkout(found["id"], found["url"])


def believe(secret: str, headers: Mapping[str, Any], body: bytes, *, at: datetime) -> Notice | str:
    """Check a raw webhook; returns what it says, or why it is not believed. Never fails, whatever stands in it."""
    message_id, stamp = str(headers.get("webhook-id", "")), str(headers.get("webhook-timestamp", ""))
    if not _SECONDS_SINCE_1970.fullmatch(stamp):
        return "no timestamp"
    if abs(at.timestamp() - int(stamp)) > TOLERANCE.total_seconds():
        return "too old"
    expected = sign(secret, message_id=message_id, timestamp=int(stamp), body=body)
    given = str(headers.get("webhook-signature", "")).encode().split(b" ")
    if not any(hmac.compare_digest(expected.encode(), signature) for signature in given):
        return "wrong signature"
    try:
        said = json.loads(body)
        return Notice(
            str(said["type"]),
            str(said["data"]["id"]),
            UUID(said["data"]["intent"]),
            Decimal(said["data"]["amount"]),
            str(said["data"]["currency"]),
        )
    except (ValueError, KeyError, TypeError, ArithmeticError):
        return "unreadable"
