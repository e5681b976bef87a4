"""How webhooks are signed (Standard Webhooks); standard library only, so that the test provider can use it."""

import base64
import hashlib
import hmac


def sign(secret: str, *, message_id: str, timestamp: int, body: bytes) -> str:
    """The signature header of a message."""
    mac = hmac.new(secret.encode(), f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256)
    return "v1," + base64.b64encode(mac.digest()).decode()
