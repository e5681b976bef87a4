"""Topics of live pages: what a page may watch, signed and expiring. Opaque: a topic says nothing about its subject.

Standard library only: the live process imports no Django.
"""

import base64
import hashlib
import hmac
import time

VALID_SECONDS = 12 * 3600


def topic_of(subject: str) -> str:
    """The opaque name under which a subject's changes are notified (bridge/progress/wall.sql says the same)."""
    return hashlib.sha256(subject.encode()).hexdigest()[:32]


def signed_topic(secret: str, subject: str, *, now: float | None = None) -> str:
    """What a page carries: the topic, when it expires, and a signature."""
    expires = int((time.time() if now is None else now) + VALID_SECONDS)
    text = f"{topic_of(subject)}.{expires}"
    return f"{text}.{_sign(secret, text)}"


def read_topic(secret: str, signed: str, *, now: float | None = None) -> str | None:
    """The topic of a signed, unexpired text; None for anything else."""
    text, _, signature = signed.rpartition(".")
    if not signature.isascii() or not hmac.compare_digest(_sign(secret, text), signature):
        return None
    topic, _, expires = text.rpartition(".")
    return topic if expires.isdigit() and int(expires) > (time.time() if now is None else now) else None


def _sign(secret: str, text: str) -> str:
    mac = hmac.new(secret.encode(), f"page:{text}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")
