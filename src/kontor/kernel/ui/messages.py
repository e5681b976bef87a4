"""Messages that say what is now true, with an undo where one exists.

They travel in a signed cookie of the plane, not in the session: customers have none, and no page needs a statement for
them. Only these parts of django.contrib.messages are used; the app is not installed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest

from kontor.kernel.ui.shapes import Tone

_LEVELS: dict[Tone, int] = {
    "neutral": messages.INFO,
    "ok": messages.SUCCESS,
    "warn": messages.WARNING,
    "bad": messages.ERROR,
}
_TONES: dict[int, Tone] = {level: tone for tone, level in _LEVELS.items()}
_ICONS: dict[Tone, str] = {
    "neutral": "info",
    "ok": "circle-check",
    "warn": "triangle-alert",
    "bad": "circle-alert",
}
UNDO = "undo:"


def say(request: HttpRequest, text: str, *, tone: Tone = "ok", undo_url: str = "") -> None:
    """Show ``text`` on the next page. ``undo_url`` takes a POST that takes the thing back."""
    messages.add_message(request, _LEVELS[tone], text, extra_tags=f"{UNDO}{undo_url}" if undo_url else "")


class PlaneMessages(CookieStorage):
    """The cookie of this plane: on one host, planes are told apart by cookie names only."""

    cookie_name = f"kontor_{settings.PLANE.name}_messages"


class MessagesMiddleware(MessageMiddleware):
    """Gives each request its messages and keeps the unread ones for the next page."""

    def process_request(self, request: HttpRequest) -> None:
        """Look for messages when somebody asks for them."""
        request._messages = PlaneMessages(request)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Toast:
    """A message as the page shows it."""

    text: str
    tone: Tone
    icon: str
    undo_url: str


def shown(stored: Iterable[Message] | None) -> list[Toast]:
    """Return the stored messages as toasts; reading them forgets them."""
    return [_toast(message) for message in stored or ()]


def _toast(message: Message) -> Toast:
    tone = _TONES.get(message.level, "neutral")
    extra = message.extra_tags or ""
    undo_url = extra.removeprefix(UNDO) if extra.startswith(UNDO) else ""
    return Toast(str(message.message), tone, _ICONS[tone], undo_url)
