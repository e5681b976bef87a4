"""The proof in a mail's address and subject that it belongs to a matter: only the worker can make and check it.

60 bits of an HMAC over the case's number: whoever knows the number alone cannot join its thread.
"""

import base64
import hashlib
import hmac
import re

from django.conf import settings

_CHARACTERS = 12
_IN_TEXT = re.compile(r"(?<![A-Z0-9])(V-\d{1,12})[.-]([A-Z2-7]{12})(?![A-Z0-9])", re.IGNORECASE)


def token_of(number: str) -> str:
    """The mark of a case in mails: ``V-100001.ABCDEFGHIJKL``. Mail systems may change its case."""
    return f"{number}.{_proof(number)}"


def case_number_in(text: str) -> str | None:
    """The number of the case a text proves to know; None for none, a guessed or a changed one."""
    for number, proof in _IN_TEXT.findall(text):
        if hmac.compare_digest(_proof(number.upper()), proof.upper()):
            return str(number.upper())
    return None


def reply_address(number: str) -> str:
    """Where answers to a matter go: the house's own address with the mark behind a plus sign (RFC 5233)."""
    local, _, domain = settings.MAIL_FROM.rpartition("@")
    return f"{local}+{token_of(number).lower()}@{domain}"


def _proof(number: str) -> str:
    secret = settings.HOUSE.secret("mail-threads")
    mac = hmac.new(secret.encode(), f"case:{number}".encode(), hashlib.sha256).digest()
    return base64.b32encode(mac).decode()[:_CHARACTERS]
