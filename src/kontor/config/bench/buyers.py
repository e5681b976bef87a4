"""A buyer as a program: a browser's cookies and forms over real HTTP, one connection a request."""

import http.client
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from threading import Barrier
from urllib.parse import urlencode

_CSRF = "kontor_public_csrf"
_ADDRESS = {
    "email": "buyer@example.org",
    "name": "Anna Behrens",
    "street": "Am Deich 12",
    "postal_code": "28199",
    "city": "Bremen",
    "country": "DE",
}
_TRIES = 10
_TIMEOUT = 120.0


@dataclass(slots=True)
class Page:
    """An answer: status, where it sends to, text and the seconds it took."""

    status: int
    location: str
    text: str
    seconds: float


@dataclass(slots=True, kw_only=True)
class Buyer:
    """Somebody who wants one piece. ``number`` is the order's when it was sold, ``refusal`` says why it was not."""

    port: int
    article: str
    number: str = ""
    refusal: str = ""
    tries: int = 0
    pages: list[Page] = field(default_factory=list)
    cookies: dict[str, str] = field(default_factory=dict)

    def put_in_basket(self) -> None:
        """Before the rush: the piece lies in the basket, which promises nothing."""
        self.cookies[_CSRF] = secrets.token_hex(16)
        self.post("/basket/put/", {"number": self.article, "quantity": "1"})

    def buy(self, together: Barrier) -> None:
        """When everybody is ready: to the checkout and through it, as long as the house lets us."""
        together.wait()
        while not self.number and self.tries < _TRIES:
            self.tries += 1
            if self._through():
                return
            self.refusal = self._why()
            if "Try again in a moment" not in self.refusal:
                return  # not busy but refused: nothing is left

    def _through(self) -> bool:
        if not self._leads_to("/checkout/begin/", {}, "/checkout/"):
            return False
        if not self._leads_to("/checkout/", _ADDRESS, "/checkout/review/"):
            return False
        shown = hidden_fields(self.get("/checkout/review/").text, action="/checkout/order/")
        page = self.post("/checkout/order/", shown)
        if not page.location.startswith("/orders/"):
            return False
        self.number = page.location.split("/")[2]
        return True

    def _leads_to(self, path: str, values: Mapping[str, str], target: str) -> bool:
        return self.post(path, values).location == target

    def _why(self) -> str:
        """What the basket says now: the messages of the last refusal."""
        return messages(self.get("/basket/").text)

    @property
    def address(self) -> dict[str, str]:
        """What the buyer types on the page for the address."""
        return dict(_ADDRESS)

    def get(self, path: str) -> Page:
        """Open a page."""
        return self._ask("GET", path)

    def post(self, path: str, values: Mapping[str, str]) -> Page:
        """Send a form."""
        return self._ask("POST", path, urlencode({**values, "csrfmiddlewaretoken": self.cookies[_CSRF]}))

    def _ask(self, method: str, path: str, body: str | None = None) -> Page:
        caller = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_TIMEOUT)
        began = time.perf_counter()
        try:
            caller.request(
                method,
                path,
                body,
                {
                    "Accept-Language": "en",
                    "Connection": "close",
                    "Content-Type": "application/x-www-form-urlencoded",
                    "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
                },
            )
            answer = caller.getresponse()
            text = answer.read().decode()
        finally:
            caller.close()
        for header in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value
        page = Page(answer.status, answer.headers.get("Location", ""), text, time.perf_counter() - began)
        self.pages.append(page)
        return page


class _Reader(HTMLParser):
    """The hidden fields of one form, and the words of the messages."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action = action
        self.fields: dict[str, str] = {}
        self.words: list[str] = []
        self._inside = False
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Fields of the form; messages carry the class ``toast``."""
        named = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = named.get("action") == self.action
        elif tag == "input" and self._inside and named.get("type") == "hidden":
            self.fields[named.get("name", "")] = named.get("value", "")
        if tag == "div" and (self._depth or "toast" in named.get("class", "").split()):
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        """Leave a form or a message."""
        if tag == "form":
            self._inside = False
        if tag == "div" and self._depth:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        """The words of a message."""
        if self._depth and data.strip():
            self.words.append(data.strip())


def hidden_fields(text: str, *, action: str) -> dict[str, str]:
    """What the form that leads to ``action`` would send without anybody typing."""
    reader = _Reader(action)
    reader.feed(text)
    return reader.fields


def messages(text: str) -> str:
    """The messages on a page."""
    reader = _Reader("")
    reader.feed(text)
    return " ".join(reader.words)
