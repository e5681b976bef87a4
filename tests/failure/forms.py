"""The forms of a page as a browser sees them, filled in as somebody would, and sent byte for byte as one likes."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, quote_from_bytes, urlsplit

from lxml import html

type Value = str | bytes | Sent

BOUNDARY = "every-form"


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that goes along."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Control:
    """A field of a form: its name, its kind (text, number, date, choice, file …) and what a person would enter."""

    name: str
    kind: str
    good: tuple[Value, ...]
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a page: where it goes and what it holds."""

    page: str
    action: str
    method: str
    is_multipart: bool
    is_in_frame: bool = False  # on every page the same, as the search is
    controls: tuple[Control, ...] = field(default=())

    @property
    def shape(self) -> tuple[Any, ...]:
        """What makes it the same form elsewhere: its fields, not their values or the number in its address."""
        where = tuple("#" if any(map(str.isdigit, word)) else word for word in self.action.split("/"))
        fields = [(one.name, one.kind) for one in self.controls]
        return (self.method, *fields) if self.is_in_frame else (where, self.method, *fields)

    def filled(self) -> list[tuple[str, Value]]:
        """What a person would send."""
        return [(control.name, value) for control in self.controls for value in control.good]

    def with_value(self, name: str, *values: Value) -> list[tuple[str, Value]]:
        """The same, with other values in one field."""
        return [
            (one.name, value) for one in self.controls for value in (values if one.name == name else one.good)
        ]

    def body(self, fields: list[tuple[str, Value]]) -> tuple[bytes, str]:
        """The bytes a browser would send, and their type."""
        if not self.is_multipart:
            return query(fields), "application/x-www-form-urlencoded"
        parts = [_part(name, value) for name, value in fields]
        return b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()]), f"multipart/form-data; boundary={BOUNDARY}"


def query(fields: list[tuple[str, Value]]) -> bytes:
    """The fields as they stand in an address."""
    return "&".join(
        f"{quote_from_bytes(name.encode())}={quote_from_bytes(_bytes(value))}" for name, value in fields
    ).encode()


def _bytes(value: Value) -> bytes:
    if isinstance(value, Sent):
        return value.name.encode()
    return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")


def _part(name: str, value: Value) -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"'
    if isinstance(value, Sent):
        head += f'; filename="{value.name}"\r\nContent-Type: {value.media_type}'
        return f"{head}\r\n\r\n".encode() + value.content + b"\r\n"
    return f"{head}\r\n\r\n".encode() + _bytes(value) + b"\r\n"


def forms_of(page: str, text: str) -> Iterator[Form]:
    """The forms of a page; a control outside that names its form belongs to it, and each button makes one form."""
    root = html.fromstring(text)
    outside = root.xpath("//*[@form and @name]")
    for element in root.iter("form"):
        own = [one for one in element.iter("input", "select", "textarea", "button") if not one.get("form")]
        own += [one for one in outside if one.get("form") == element.get("id", "")]
        named = [one for one in own if one.get("name") and one.get("disabled") is None]
        buttons = [one for one in named if _is_button(one)]
        fields = tuple(_controls([one for one in named if not _is_button(one)]))
        form = Form(
            page=page,
            action=element.get("action") or page,
            method=(element.get("method") or "get").lower(),
            is_multipart="multipart" in (element.get("enctype") or ""),
            is_in_frame=element.get("role") == "search",
            controls=fields,
        )
        yield from _by_button(form, buttons)


def _is_button(element: Any) -> bool:
    return element.tag == "button" or element.get("type") in ("submit", "image", "button", "reset")


def _by_button(form: Form, buttons: list[Any]) -> Iterator[Form]:
    seen = set()
    for button in buttons:
        name = button.get("name")
        if name not in seen:
            pressed = Control(name, "choice", (button.get("value") or "",))
            yield replace(
                form, action=button.get("formaction") or form.action, controls=(*form.controls, pressed)
            )
        seen.add(name)
    if not buttons:
        yield form


def _controls(elements: list[Any]) -> Iterator[Control]:
    by_name: dict[str, list[Any]] = {}
    for element in elements:
        by_name.setdefault(element.get("name"), []).append(element)
    for name, same in by_name.items():
        first = same[0]
        kind = _kind(first)
        if kind in ("box", "radio"):
            chosen = [one.get("value") or "on" for one in same if one.get("checked") is not None]
            yield Control(name, "choice", tuple(chosen or [same[-1].get("value") or "on"]))
        elif first.tag == "select":
            values = [option.get("value", option.text or "") for option in first.iter("option")]
            chosen = [o.get("value") or "" for o in first.iter("option") if o.get("selected") is not None]
            good = [one for one in chosen if one] or [one for one in values if one] or [""]
            yield Control(name, "choice", (good[0],))
        else:
            values = [_good(one, kind) for one in same]
            yield Control(name, kind, tuple(values), is_hidden=first.get("type") == "hidden")


def _kind(element: Any) -> str:
    if element.tag == "textarea":
        return "text"
    typed, name = element.get("type") or "text", (element.get("name") or "").lower()
    if typed in ("checkbox", "radio"):
        return {"checkbox": "box"}.get(typed, typed)
    if typed in ("file", "email", "date", "time", "hidden"):
        return typed
    if typed == "datetime-local":
        return "moment"
    if typed == "number" or element.get("inputmode") in ("decimal", "numeric"):
        return "number"
    return "number" if name.endswith(("quantity", "amount", "price")) else "text"


_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360f8cf500f0003860180345d4a2a0000000049454e44ae426082"
)
_GOOD: dict[str, Value] = {
    "number": "1",
    "date": "2026-12-01",
    "moment": "2026-12-01T10:00",
    "time": "10:00",
    "email": "vera@example.org",
    "text": "Ein Wort",
    "password": "moin moin weser",
}


def _good(element: Any, kind: str) -> Value:
    given = element.text if element.tag == "textarea" else element.get("value")
    if kind == "file":
        is_table = "csv" in (element.get("accept") or "")
        return (
            Sent("a.csv", b"Nummer;Name\r\nA-1;Rad\r\n", "text/csv")
            if is_table
            else Sent("a.png", _PNG, "image/png")
        )
    if kind == "hidden" or (given and given.strip()):
        return given or ""
    typed, name = element.get("type"), element.get("name") or ""
    if typed == "password" or "password" in name:
        return _GOOD["password"]
    if "email" in name:
        return _GOOD["email"]
    if "postal" in name:
        return "28199"
    if "iban" in name:
        return "DE02120300000000202051"
    return _GOOD[kind]


def asked_in(page: str, text: str) -> dict[str, str]:
    """What the page's own links ask of this very page: sorting, filters, the key of the next one."""
    found: dict[str, str] = {}
    for link in html.fromstring(text).iter("a"):
        target = urlsplit(link.get("href") or "")
        if target.query and target.path in ("", page) and not target.netloc:
            found |= {name: value for name, value in parse_qsl(target.query) if name not in found}
    return found
