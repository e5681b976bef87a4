"""Journeys go through a house that really runs, with a browser before its doors."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from kontor.kernel.ui.tests.browser import CHROMIUM, chromium
from tests.journeys.open_house import PASSWORD, OpenHouse, open_house

PATIENCE = 30_000  # milliseconds: two processors are shared by six processes, a database and a browser
OWN_ANSWER = "status of 4"

type Enter = Callable[..., Page]


@pytest.fixture(scope="session")
def running() -> Iterator[OpenHouse]:
    """One furnished house for all journeys."""
    with open_house() as house:
        yield house


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the journeys of a file."""
    if not Path(CHROMIUM).exists() and not os.environ.get("CI"):
        pytest.skip("no Chromium on this machine")
    with chromium() as browser:
        yield browser


def _is_fault(said: ConsoleMessage) -> bool:
    """A refused form comes again with 422, an unknown address with 404: the page itself, which the test sees."""
    is_the_page = said.page is not None and said.location["url"] == said.page.url
    return said.type == "error" and not (is_the_page and OWN_ANSWER in said.text)


@pytest.fixture(scope="module")
def enter(browser: Browser) -> Iterator[Enter]:
    """``enter("de", width=360)``: a person with a browser of their own; every complaint of the browser fails."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def visitor(
        language: Literal["de", "en"],
        *,
        width: int,
        theme: Literal["light", "dark"] = "light",
        has_scripts: bool = True,
    ) -> Page:
        context = browser.new_context(
            locale={"de": "de-DE", "en": "en-GB"}[language],
            viewport={"width": width, "height": 800},
            color_scheme=theme,
            java_script_enabled=has_scripts,
            accept_downloads=True,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on(
            "console", lambda said: complaints.append(f"{page.url}: {said.text}") if _is_fault(said) else None
        )
        page.on(
            "response",
            lambda answer: (
                complaints.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None
            ),
        )
        return page

    yield visitor
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="module")
def colleague(enter: Enter, running: OpenHouse) -> Callable[..., Page]:
    """``colleague("deborah.poe")``: a member of staff who has logged in to the office."""

    def log_in(name: str, *, door: str = "", language: Literal["de", "en"] = "de", width: int = 1280) -> Page:
        page = enter(language, width=width)
        page.goto(f"{door or running.back}/")
        page.locator("input[name=username], input[name=email]").fill(f"{name}@weserrad.example")
        page.locator("input[type=password]").fill(PASSWORD)
        page.locator("main form button:not([name])").last.click()
        page.wait_for_url(lambda address: "/login/" not in address)
        return page

    return log_in
