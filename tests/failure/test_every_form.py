"""Every form and every address of the three planes, sent what nobody should send: refused in words, never broken.

The addresses come from the planes themselves and the forms from their pages, so that a new one joins by itself. In the
suite every second field gets one value, taken in turn from the lists in ``naughty.py``. All values for all fields, and
the big list of naughty strings where it lies beside this checkout, take an hour:

    KONTOR_EVERY_VALUE=1 ./kontor test tests/failure/test_every_form.py
"""

import itertools
import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from conftest import PlaneClient
from django.db import DatabaseError
from django.urls import reverse

from kontor.config.planes import PLANES
from kontor.kernel.actor.models import Department
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.events.models import Delivery
from tests.failure.forms import Control, Form, Value, asked_in, forms_of, query
from tests.failure.naughty import ADDRESSES, ANYWHERE, BY_KIND, MARKS, SCRIPT, big_list
from tests.wall.urls import BY_PLANE
from tests.wall.world import World, addresses, undone

EVERY_VALUE = os.environ.get("KONTOR_EVERY_VALUE") == "1"
# Who walks through which plane, and in how many parts, so that no part takes long.
PARTS = {
    ("public", "stranger"): 1,
    ("public", "customer"): 1,
    ("desk", "everything"): 2,
    ("back", "everything"): 6,
}
TIMES = 30 if EVERY_VALUE else 1
WALKS = [(*who, part, parts * TIMES) for who, parts in PARTS.items() for part in range(parts * TIMES)]
LEFT_OUT = (
    "/preferences/",
    "/logout/",
    "/account/logout/",
    "http",
)  # they would only change the visitor themselves


class Visitor:
    """Somebody who may do everything on a plane, and what went wrong for them."""

    def __init__(self, world: World, plane: str, who: str) -> None:
        self.world, self.plane, self.who = world, plane, who
        if who == "everything":
            self.who = "order-administration"  # whose views and files the world holds
            world.staff[self.who].departments.set(Department.objects.all())
        self.client: PlaneClient = world.browser(plane, self.who)
        self.client.raise_request_exception = False
        if who == "stranger":
            self.client.post("/basket/put/", {"number": world.bike.number, "quantity": "2"})
            self.client.post("/checkout/begin/")
        self.cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}
        self.wrong: list[str] = []
        self.sent = 0

    def pages(self) -> Iterator[tuple[str, list[str], str]]:
        """Every address of the plane with what it names: its name, the names of its parts, the address itself."""
        for name, (_pattern, parts) in addresses(self.plane).items():
            url = reverse(name, PLANES[self.plane].urlconf, kwargs=self.world.arguments(name, parts))
            if not url.startswith(LEFT_OUT):
                yield name, parts, url

    def forms(self) -> list[Form]:
        """Every form that the pages show, each once."""
        found: dict[Any, Form] = {}
        for name, _parts, url in self.pages():
            if getattr(BY_PLANE[self.plane][name], "get", None) is not None:
                page = self.page(url)
                for form in forms_of(url, page) if page else ():
                    if form.method in ("get", "post") and not form.action.startswith(LEFT_OUT):
                        found.setdefault(form.shape, form)
        return list(found.values())

    def page(self, url: str) -> str:
        with undone():
            response = self.ask("GET", url)
        if response is None or response.status_code != 200 or response.streaming:
            return ""
        return response.content.decode() if response["Content-Type"].startswith("text/html") else ""

    def ask(self, method: str, url: str, body: bytes = b"", kind: str = "", *, said: str = "") -> Any:
        """Send it and look at the answer; what is wrong with it is noted with ``said``."""
        self.sent += 1
        note = f"{self.plane} {self.who} {method} {url[:150]} {said}:"
        self.client.cookies.clear()
        for name, value in self.cookies.items():
            self.client.cookies[name] = value
        try:
            response = self.client.generic(method, url, body, kind or "application/octet-stream")
        except DatabaseError as error:
            self.wrong.append(f"{note} the database refused: {error}")
            return None
        if response.status_code >= 500:
            raised = (getattr(response, "exc_info", None) or ("", ""))[1]
            self.wrong.append(f"{note} {response.status_code} {type(raised).__name__} {raised}"[:700])
        elif not response.streaming and response["Content-Type"].startswith("text/html"):
            self._read(note, response.status_code, response.content.decode())
        elif response.status_code == 400 or response.status_code > 404:
            self.wrong.append(f"{note} {response.status_code} without a page")
        return response

    def _read(self, note: str, status: int, page: str) -> None:
        held = [mark for mark in MARKS if mark in page]
        if held:
            self.wrong.append(f"{note} the page holds {held} as it was sent")
        if "Traceback (most" in page:
            self.wrong.append(f"{note} a traceback")
        if status in (400, 409, 413, 422) and not any(word in page for word in _SAID):
            self.wrong.append(f"{note} {status} and no word why")

    def send(self, form: Form, fields: list[tuple[str, Value]], said: str) -> Any:
        """Send a form as it is filled in here."""
        url = form.action if form.action.startswith("/") else urlsplit(form.page).path + form.action
        if form.method == "post":
            return self.ask("POST", url, *form.body(fields), said=said)
        return self.ask("GET", f"{url.partition('?')[0]}?{query(fields).decode()}", said=said)


_SAID = ('role="alert"', "field-error", "Das war nicht möglich", "nicht verstanden werden", 'class="notice')


@pytest.fixture
def visitor(trade, request):
    plane, who, *_part = request.param
    return Visitor(World(trade), plane, who)


@pytest.fixture
def part(request):
    """Which part of all there is this walk takes."""
    _plane, _who, part, parts = request.param
    return slice(part, None, parts)


def in_parts(test: Any) -> Any:
    """Walk through everything in several parts."""
    named = ["-".join(map(str, walk)) for walk in WALKS]
    return pytest.mark.parametrize(
        ("visitor", "part"), [(walk, walk) for walk in WALKS], indirect=True, ids=named
    )(test)


def values_for(control: Control) -> list[tuple[str, Value]]:
    """What may arrive in a field."""
    own = BY_KIND.get(control.kind, BY_KIND["text"])
    return [*ANYWHERE.items(), *own.items()]


def _chosen(control: Control, turn: "itertools.cycle[int]") -> Iterator[tuple[str, Value]]:
    """All values for the thorough; else every second field gets the next one."""
    if EVERY_VALUE:
        yield from values_for(control)
        if control.kind == "text":
            yield from ((f"blns {place}", text) for place, text in enumerate(big_list()))
        return
    values, place = values_for(control), next(turn)
    if place % 2:
        yield values[place // 2 % len(values)]


@in_parts
def test_no_field_of_any_form_breaks_anything(visitor, part):
    forms, turn = visitor.forms(), itertools.cycle(range(997))
    assert len(forms) > 20
    for form in forms[part]:
        for said, fields in _odd(form, turn):
            with undone():
                visitor.send(form, fields, said)
    assert visitor.wrong == []


def _odd(form: Form, turn: "itertools.cycle[int]") -> Iterator[tuple[str, list[tuple[str, Value]]]]:
    """The form as it is, empty, sent twice over, without what the page hid in it, and with something odd in a field."""
    plain = form.filled()
    yield "as it is", plain
    if form.method == "post":
        yield from (("nothing at all", []), ("twice", plain + plain))
    for one in form.controls:
        if one.is_hidden and one.name != "csrfmiddlewaretoken":
            yield f"without {one.name}", [pair for pair in plain if pair[0] != one.name]
        for name, value in _chosen(one, turn) if one.name != "csrfmiddlewaretoken" else ():
            yield f"{one.name} = {name}", form.with_value(one.name, value)


@in_parts
def test_no_address_breaks_anything(visitor, part):
    """What stands in an address may be anything: numbers, ids, days, sorting, filters, the key of the next page."""
    turn = itertools.cycle(range(997))
    for name, parts, url in list(visitor.pages())[part]:
        page = visitor.page(url)
        asked = ["q", "page", "sort", *asked_in(url, page)] if page else []
        for said in dict.fromkeys(asked):
            for what, value in _chosen(Control(said, "choice", ()), turn):
                if value is not ANYWHERE["a megabyte"]:
                    with undone():
                        visitor.ask("GET", f"{url}?{query([(said, value)]).decode()}", said=what)
        for sample in visitor.world.arguments(name, parts).values():
            some = ADDRESSES if EVERY_VALUE else [ADDRESSES[next(turn) % len(ADDRESSES)]]
            for odd in some:
                with undone():
                    visitor.ask("GET", _elsewhere(url, str(sample), odd.decode()), said=name)
    assert visitor.wrong == []


def _elsewhere(url: str, sample: str, odd: str) -> str:
    """The address with something else where the sample stands."""
    before, _sample, after = url.rpartition(sample)
    return f"{before}{odd}{after}"


def test_what_was_written_is_shown_as_text_everywhere(trade):
    """A script and a line for a letter's head in every text of every form: the house hears it, and shows it as text."""
    world, stored, wrong = World(trade), 0, []
    for plane, who in PARTS:
        writer = Visitor(world, plane, who)
        for form in writer.forms():
            texts = [one for one in form.controls if one.kind == "text" and one.name != "number"]
            fields = [
                (one.name, SCRIPT if one in texts else value) for one in form.controls for value in one.good
            ]
            if form.method == "post" and texts:
                response = writer.send(form, fields, "scripts")
                stored += response is not None and response.status_code == 302
        wrong += writer.wrong
    deliver_all()
    wrong += [f"{row.handler} failed: {row.error[-600:]}" for row in Delivery.objects.exclude(error="")]
    for plane, who in PARTS:
        reader = Visitor(world, plane, who)
        for _name, _parts, url in reader.pages():
            reader.page(url)
        wrong += reader.wrong
    assert stored > 20
    assert wrong == []
