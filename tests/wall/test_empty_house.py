"""Every page of a house in which nothing stands yet answers: to visitors, and to staff who may see everything."""

import re
from collections.abc import Iterator
from itertools import product
from uuid import uuid4

import pytest
from conftest import PlaneClient, make_account
from django.urls import NoReverseMatch, reverse

from kontor.config.founding import Founding, found_house, open_the_house
from kontor.config.planes import PLANES
from kontor.kernel.actor.models import Department
from tests.wall.world import NOT_A_TOKEN, addresses, undone

ORGANISATION = {"name": "Neu GmbH", "street": "Am Anfang 1", "postal_code": "28195", "city": "Bremen"}
# Tried one after the other in each place of an address, until the address takes them.
SAMPLES = ("nothing", str(uuid4()), "1", NOT_A_TOKEN, "test", "claim", "0123abcd.svg", "2026-11-20")


@pytest.fixture(params=["as it is opened", "with an organisation and nothing else"])
def empty_house(request, db):
    open_the_house()
    if request.param.startswith("with"):
        found_house(founding=Founding(house=ORGANISATION))


def _urls(plane: str) -> Iterator[tuple[str, str]]:
    for name, (pattern, parameters) in addresses(plane).items():
        samples = [_samples(pattern.pattern.regex.pattern, each) for each in parameters]
        yield name, _url(name, PLANES[plane].urlconf, parameters, samples)


def _samples(regex: str, parameter: str) -> tuple[str, ...]:
    """The first of the words that the address names itself, if it does; else ours."""
    words = re.search(rf"\(\?P<{parameter}>([\w-]+(?:\|[\w-]+)+)\)", regex)
    return (words[1].split("|")[0],) if words else SAMPLES


def _url(name: str, urlconf: str, parameters: list[str], choices: list[tuple[str, ...]]) -> str:
    for samples in product(*choices):
        try:
            return reverse(name, urlconf, kwargs=dict(zip(parameters, samples, strict=True)))
        except NoReverseMatch:
            continue
    raise LookupError(f"None of the samples fits the address {name}: add one that does.")


def _browsers(plane: str) -> Iterator[tuple[str, PlaneClient]]:
    yield "a visitor", PlaneClient(PLANES[plane])
    if PLANES[plane].has_staff:
        clerk, account = PlaneClient(PLANES[plane]), make_account("management")
        account.departments.set(Department.objects.all())
        with clerk.inside():
            clerk.force_login(account)
        yield "a clerk", clerk


@pytest.mark.parametrize("plane", ["public", "desk", "back"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_page_of_an_empty_house_breaks(empty_house, plane, method):
    broken = []
    for who, browser in _browsers(plane):
        browser.raise_request_exception = False
        for name, url in _urls(plane):
            cookies = dict(browser.cookies)
            with undone():
                status = getattr(browser, method)(url).status_code
            browser.cookies.clear()
            browser.cookies.update(cookies)
            if status >= 500:
                broken.append(f"{who}: {method} {name} {url} → {status}")
    assert broken == []
