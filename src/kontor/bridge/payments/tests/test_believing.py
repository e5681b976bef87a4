"""What a provider says is believed when it is signed, fresh and readable; whatever else comes in stops nobody."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kontor.bridge.payments.provider import TOLERANCE, Notice, believe
from kontor.bridge.payments.signing import sign
from kontor.kernel.ids import uuid7

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
STAMP = int(NOW.timestamp())
SECRET = "a secret between the two"
INTENT = uuid7()
BODY = json.dumps(
    {
        "type": "payment.paid",
        "data": {"id": "pay_1", "intent": str(INTENT), "amount": "55.95", "currency": "EUR"},
    }
).encode()


def signed(body: bytes = BODY, *, stamp: int = STAMP, secret: str = SECRET) -> dict[str, str]:
    signature = sign(secret, message_id="msg_1", timestamp=stamp, body=body)
    return {"webhook-id": "msg_1", "webhook-timestamp": str(stamp), "webhook-signature": signature}


def test_a_signed_message_is_believed_and_says_what_it_says():
    notice = believe(SECRET, signed(), BODY, at=NOW)
    assert notice == Notice("payment.paid", "pay_1", UUID(str(INTENT)), Decimal("55.95"), "EUR")


def test_one_right_signature_among_several_is_enough():
    headers = signed()
    headers["webhook-signature"] = "v1,b2xkIGtleQ== " + headers["webhook-signature"]
    assert isinstance(believe(SECRET, headers, BODY, at=NOW), Notice)


@pytest.mark.parametrize(
    ("headers", "body", "why"),
    [
        (signed(secret="another secret"), BODY, "wrong signature"),
        (signed(), BODY.replace(b"55.95", b"0.01"), "wrong signature"),
        (signed() | {"webhook-id": "msg_2"}, BODY, "wrong signature"),
        (signed() | {"webhook-timestamp": str(STAMP + 1)}, BODY, "wrong signature"),
        (signed() | {"webhook-signature": ""}, BODY, "wrong signature"),
        (signed() | {"webhook-signature": "v1,Ü"}, BODY, "wrong signature"),
        (signed(stamp=STAMP - int(TOLERANCE.total_seconds()) - 1), BODY, "too old"),
        (signed(stamp=STAMP + int(TOLERANCE.total_seconds()) + 1), BODY, "too old"),
        (signed() | {"webhook-timestamp": "²"}, BODY, "no timestamp"),
        (signed() | {"webhook-timestamp": "-1"}, BODY, "no timestamp"),
        (signed() | {"webhook-timestamp": "9" * 13}, BODY, "no timestamp"),
        ({}, BODY, "no timestamp"),
        (signed(b"not json"), b"not json", "unreadable"),
        (signed(b"[]"), b"[]", "unreadable"),
        (signed(b"{}"), b"{}", "unreadable"),
    ],
)
def test_everything_else_is_not_believed_and_says_why(headers, body, why):
    assert believe(SECRET, headers, body, at=NOW) == why


def test_a_message_as_old_as_the_tolerance_is_still_believed():
    headers = signed(stamp=STAMP - int(TOLERANCE.total_seconds()))
    assert isinstance(believe(SECRET, headers, BODY, at=NOW), Notice)
    assert timedelta(minutes=5) <= TOLERANCE <= timedelta(hours=1)


@given(
    some.dictionaries(
        some.sampled_from(["webhook-id", "webhook-timestamp", "webhook-signature", "x"]),
        some.text() | some.integers() | some.none() | some.lists(some.text(max_size=3)),
    ),
    some.binary(),
)
def test_no_header_and_no_body_ever_fails(headers, body):
    assert isinstance(believe(SECRET, headers, body, at=NOW), str)
