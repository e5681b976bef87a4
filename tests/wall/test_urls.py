"""Every address × {stranger, customer, another customer, each department} × status; an unlisted address fails."""

from collections.abc import Iterator
from typing import Any

import pytest
from conftest import PlaneClient
from django.urls import reverse

from kontor.config.planes import PLANES
from tests.wall.urls import BY_PLANE, EVERYBODY, Public, Staff
from tests.wall.world import World, addresses, undone

VISITORS = ("stranger", "customer", "another")
TO_LOGIN = "to the login"
# Only processes with staff have it, as they find when they begin; this process is what its first browser was.
SOMETIMES = {"ui:components"}
ROOMS = sorted({(plane, name.split(":")[0]) for plane, rows in BY_PLANE.items() for name in rows})


@pytest.mark.parametrize("plane", sorted(BY_PLANE))
def test_every_address_is_listed_and_every_listed_one_is_there(plane):
    there = set(addresses(plane))
    assert there - set(BY_PLANE[plane]) == set(), "list them in tests/wall/urls.py"
    assert set(BY_PLANE[plane]) - there - SOMETIMES == set(), "these are gone: take them off the list"


def _expected(row: Public | Staff, method: str, who: str) -> int | str:
    status = getattr(row, method)
    if status is None:
        return 405
    if isinstance(row, Public):
        return status[VISITORS.index(who)] if isinstance(status, tuple) else int(status)
    if who == "stranger" and not row.open:
        return TO_LOGIN
    if who != "stranger" and who not in row.may:
        return 403
    return int(status[who]) if isinstance(status, dict) else int(status)


def _asked(client: PlaneClient, method: str, url: str) -> int | str:
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    with undone():
        response = getattr(client, method)(url)
    client.cookies.clear()
    for name, value in cookies.items():
        client.cookies[name] = value
    if response.status_code == 302 and response.headers["Location"].startswith(
        ("/login/", "/account/login/")
    ):
        return TO_LOGIN
    return int(response.status_code)


def _questions(plane: str, room: str) -> Iterator[tuple[str, Public | Staff, str, tuple[str, ...]]]:
    everybody = VISITORS if plane == "public" else ("stranger", *EVERYBODY)
    for name, row in BY_PLANE[plane].items():
        if name.split(":")[0] == room and (name not in SOMETIMES or name in addresses(plane)):
            for method in ("get", "post"):
                yield name, row, method, everybody if getattr(row, method) is not None else everybody[:2]


@pytest.mark.parametrize(("plane", "room"), ROOMS)
def test_everybody_gets_what_the_table_says(trade, plane, room):
    world = World(trade)
    browsers: dict[str, PlaneClient] = {}
    wrong: dict[tuple[str, str, str], Any] = {}
    parameters = {name: names for name, (_pattern, names) in addresses(plane).items()}
    for name, row, method, visitors in _questions(plane, room):
        url = reverse(name, PLANES[plane].urlconf, kwargs=world.arguments(name, parameters[name]))
        for who in visitors:
            client = browsers[who] = browsers.get(who) or world.browser(plane, who)
            got, expected = _asked(client, method, url), _expected(row, method, who)
            if got == TO_LOGIN and expected == 302 and (isinstance(row, Public) or row.open):
                got = 302
            if got != expected:
                wrong[name, method, who] = (got, expected)
    assert wrong == {}


def test_a_forgotten_csrf_token_is_refused_everywhere_but_in_the_inbox_of_the_provider(trade):
    world = World(trade)
    let_in = []
    for plane, who in (("public", "customer"), ("desk", "management"), ("back", "management")):
        client = world.browser(plane, who)
        client.handler.enforce_csrf_checks = True
        for name, (_pattern, names) in addresses(plane).items():
            if getattr(BY_PLANE[plane][name], "post", None) is not None:
                url = reverse(name, PLANES[plane].urlconf, kwargs=world.arguments(name, names))
                if _asked(client, "post", url) != 403:
                    let_in.append(name)
    # Withdrawing works without cookies, too; the visitor's own does not come along from foreign pages (SameSite).
    # The receipt, sealed, is only given back as a file.
    assert let_in == ["shop:webhook", "site:withdraw", "site:receipt", "site:mailed_withdraw"]


def test_what_belongs_to_another_member_of_staff_is_not_taken_away(trade):
    """Whoever names the id of somebody else's view or file removes nothing."""
    world = World(trade)
    client = world.browser("back", "management")
    for name, kept in (
        ("administration:remove_view", world.view),
        ("administration:remove_export", world.export),
    ):
        (_pattern, names) = addresses("back")[name]
        client.post(reverse(name, PLANES["back"].urlconf, kwargs=world.arguments(name, names)))
        assert type(kept).objects.filter(pk=kept.pk).exists(), name


def test_who_asked_for_a_refund_does_not_approve_it(trade):
    world = World(trade)
    client = world.browser("back", "accounting")
    url = reverse("banking:approve", PLANES["back"].urlconf, kwargs={"refund_id": world.refund.id})
    client.post(url)
    world.refund.refresh_from_db()
    assert world.refund.approved_at is None
