"""A payment provider to try things with: a loopback process of its own that speaks real signed HTTP webhooks.

It behaves as real ones do, the bad days included: its page lets one send the webhook before the redirect, late,
twice, or with a wrong signature. It shares nothing with Kontor but the secret and the wire.
"""

import argparse
import hmac
import html
import json
import secrets
import threading
import time
from dataclasses import asdict, dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

from kontor.bridge.payments.signing import sign
from kontor.config.house import House, replace_file

LATE_SECONDS = 8
_MOST_BYTES = 64_000
_MANNERS = {
    "de": {
        "before": "Bezahlen",
        "after": "Bezahlen, Nachricht nach der Rückkehr",
        "late": "Bezahlen, Nachricht erst nach 8 Sekunden",
        "twice": "Bezahlen, Nachricht zweimal",
        "forged": "Bezahlen, Nachricht mit falscher Unterschrift",
        "fail": "Abbrechen",
    },
    "en": {
        "before": "Pay",
        "after": "Pay, message after the return",
        "late": "Pay, message 8 seconds late",
        "twice": "Pay, message sent twice",
        "forged": "Pay, message with a wrong signature",
        "fail": "Cancel",
    },
}
_PAGE = Path(__file__).with_name("pages") / "provider.html"
_STYLE = Path(__file__).with_name("pages") / "provider.css"


@dataclass(slots=True)
class Checkout:
    """A payment page and what became of it."""

    id: str
    intent: str
    amount: str
    currency: str
    reference: str
    return_url: str
    webhook_url: str
    language: str
    state: str = "open"


class Shelf:
    """The checkouts, kept in a file so that a restart forgets nothing."""

    def __init__(self, house: House) -> None:
        self._file = house.run / "testprovider.json"
        self._lock = threading.Lock()
        known = json.loads(self._file.read_text("utf-8")) if self._file.exists() else []
        self._by_intent = {row["intent"]: Checkout(**row) for row in known}

    def open(self, asked: dict[str, str]) -> Checkout:
        """The same intent gets the same page."""
        with self._lock:
            checkout = self._by_intent.get(asked["intent"])
            if checkout is None:
                checkout = Checkout(id=f"co_{secrets.token_hex(12)}", **asked)
                self._by_intent[checkout.intent] = checkout
                self._save()
            return checkout

    def find(self, checkout_id: str) -> Checkout | None:
        """A checkout by its id."""
        return next((item for item in self._by_intent.values() if item.id == checkout_id), None)

    def settle(self, checkout: Checkout, state: str) -> None:
        """Paid stays paid."""
        with self._lock:
            checkout.state = "paid" if checkout.state == "paid" else state
            self._save()

    def _save(self) -> None:
        replace_file(self._file, json.dumps([asdict(item) for item in self._by_intent.values()]))


class Provider(BaseHTTPRequestHandler):
    """The provider's API (``POST /v1/checkouts``) and its payment pages (``/pay/<id>``)."""

    shelf: Shelf
    secret: str
    address: str
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        checkout = self.shelf.find(path.removeprefix("/pay/"))
        if path == "/style.css":
            self._answer(200, _STYLE.read_bytes(), "text/css")
        elif path == "/ready":
            self._answer(200, b"ready", "text/plain")
        elif checkout is None:
            self._answer(404, b"not found", "text/plain")
        else:
            self._answer(200, _page(checkout), "text/html; charset=utf-8")

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > _MOST_BYTES:
            self._answer(413, b"too large", "text/plain")
            return
        body = self.rfile.read(length)
        if self.path == "/v1/checkouts":
            self._open(body)
            return
        checkout = self.shelf.find(self.path.removeprefix("/pay/"))
        manner = parse_qs(body.decode("utf-8", "replace")).get("manner", ["before"])[0]
        if checkout is None or manner not in _MANNERS["en"]:
            self._answer(404, b"not found", "text/plain")
            return
        self._settle(checkout, manner)
        self.send_response(303)
        self.send_header("Location", checkout.return_url)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def _open(self, body: bytes) -> None:
        given = self.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode("latin-1"), f"Bearer {self.secret}".encode()):
            self._answer(401, b"unauthorised", "text/plain")
            return
        checkout = self.shelf.open(json.loads(body))
        answer = {"id": checkout.id, "url": f"{self.address}/pay/{checkout.id}"}
        self._answer(200, json.dumps(answer).encode(), "application/json")

    def _settle(self, checkout: Checkout, manner: str) -> None:
        if manner == "fail":
            self.shelf.settle(checkout, "failed")
            notify(checkout, self.secret, kind="payment.failed")
            return
        self.shelf.settle(checkout, "paid")
        if manner in ("before", "twice"):
            message_id = notify(checkout, self.secret)
            if manner == "twice":
                notify(checkout, self.secret, message_id=message_id)
                notify(checkout, self.secret)
        elif manner == "forged":
            notify(checkout, "a wrong secret")
        else:
            wait = 0.5 if manner == "after" else LATE_SECONDS
            threading.Timer(wait, notify, (checkout, self.secret)).start()

    def _answer(self, status: int, body: bytes, media_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def notify(
    checkout: Checkout, secret: str, *, kind: str = "payment.paid", message_id: str = "", tries: int = 5
) -> str:
    """Send a signed webhook, again and again until it is taken; returns its id."""
    message_id = message_id or f"msg_{secrets.token_hex(12)}"
    data = {
        "id": checkout.id,
        "intent": checkout.intent,
        "amount": checkout.amount,
        "currency": checkout.currency,
    }
    body = json.dumps({"type": kind, "data": data}).encode()
    for attempt in range(tries):
        stamp = int(time.time())
        headers = {
            "Content-Type": "application/json",
            "webhook-id": message_id,
            "webhook-timestamp": str(stamp),
            "webhook-signature": sign(secret, message_id=message_id, timestamp=stamp, body=body),
        }
        try:
            with urlopen(Request(checkout.webhook_url, data=body, headers=headers), timeout=5):  # noqa: S310
                return message_id
        except OSError:
            time.sleep(0.3 * 2**attempt)
    return message_id


def _page(checkout: Checkout) -> bytes:
    language = "de" if checkout.language == "de" else "en"
    words = _MANNERS[language]
    return (
        _PAGE.read_text("utf-8")
        .format(
            language=language,
            title="Testzahlung" if language == "de" else "Test payment",
            reference=html.escape(checkout.reference),
            amount=html.escape(checkout.amount),
            currency=html.escape(checkout.currency),
            **{name: html.escape(word) for name, word in words.items()},
        )
        .encode()
    )


def main() -> None:
    """Serve on loopback until ended."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    port = parser.parse_args().port
    house = House.from_environment()
    Provider.shelf = Shelf(house)
    Provider.secret = house.secret("provider")
    Provider.address = f"http://127.0.0.1:{port}"
    ThreadingHTTPServer(("127.0.0.1", port), Provider).serve_forever()


if __name__ == "__main__":
    main()
