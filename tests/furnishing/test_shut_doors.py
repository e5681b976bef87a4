"""With any door shut, no link of a letter, and none of a page that stays open, leads to a page that is not found."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import quote, urljoin, urlsplit

import pytest
from conftest import stranger
from django.conf import settings
from django.utils import timezone

from kontor.back.improvement.answering import answer_problem
from kontor.bridge.cases.models import Case
from kontor.bridge.orders.models import Order
from kontor.bridge.parties.furnishing import switch_door
from kontor.bridge.parties.queries import forget_house_terms
from kontor.config.founding import bring_departments_and_doors
from kontor.front.care.mailing.sending import send_confirmations
from kontor.front.care.matters.telling import tell_closed
from kontor.front.shop.tests.conftest import shop, visitor
from kontor.kernel.actor.identity import the_house
from kontor.kernel.doors import declared_doors
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.ids import uuid7
from kontor.kernel.tasks.models import Mail
from tests.improvement.walk import DONE, complain, improve, make_owner, problem_of_all
from tests.trade import NOW

__all__ = ["shop", "visitor"]

BY = the_house()
DOORS = sorted(door.code for door in declared_doors())
MOST_PAGES = 120


@pytest.fixture
def letters(shop, visitor, trade):
    """What a guest is written in a life with the house: order, matter, withdrawal, an answer, a closed matter."""
    bring_departments_and_doors()
    number = visitor.buy(shop.bike(), 1)
    order = Order.objects.get(number=number)
    trade.ship(order)
    said = {"key": str(uuid7()), "what": "complaint", "line": "", "text": "Die Bremse quietscht laut."}
    visitor.post(f"/orders/{number}/problem/", **said)
    matter = visitor.path
    visitor.post("/withdraw/", name=order.billing_name, contract=number, email=order.email)
    for email in (order.email, "else@example.org", "third@example.org"):
        complain("Meine Bremse quietscht bei jedem Bremsen laut", email=email)
    deliver_all()
    owner = make_owner()
    problem = problem_of_all(by=owner)
    improve(problem, owner)
    answer_problem(number=problem, answer=DONE, by=owner, at=NOW + timedelta(days=31))
    deliver_all()
    now = timezone.now()
    send_confirmations(ids=[order.id], by=BY, at=now)
    asked = Case.objects.exclude(kind="withdrawal").exclude(channel="order").exclude(email="").first()
    Case.objects.filter(id=asked.id).update(state="closed", close_reason="solved", closed_at=now)
    tell_closed(ids=[asked.id], by=BY, at=now)
    found = list(Mail.objects.order_by("queued_at", "id"))
    kinds = {mail.key.split(":")[0] for mail in found}
    assert kinds >= {"orders.confirmed", "cases.received", "voice.answer", "cases.closed"}
    return matter, number, found


def shut(code):
    """Shut one door; ``""``: none."""
    for door in declared_doors():
        switch_door(code=door.code, is_open=door.code != code, by=BY, at=NOW)
    forget_house_terms()


def links_of(letter):
    """The house's own addresses in a letter."""
    found = re.findall(rf"{re.escape(settings.PUBLIC_URL)}(/[^\s<>]*)", letter.text)
    assert found or not letter.key.startswith(("orders.confirmed", "cases.", "voice.")), letter.text
    return found


def leading_on(page, path):
    """Where a page leads: its links and forms, but not a log-out."""
    html = page.content.decode() if page["Content-Type"].startswith("text/html") else ""
    for found in re.findall(r'<(?:a|form)\b[^>]*?\b(?:href|action)="([^"#]+)', html):
        url = urlsplit(urljoin(path, unescape(found)))
        if not url.scheme or url.netloc in ("testserver", urlsplit(settings.PUBLIC_URL).netloc):
            yield url.path + (f"?{url.query}" if url.query else "")


def crawl(client, starts):
    """Every page within reach, breadth first; returns those that are not found, with the page that leads there."""
    seen, queue, dead, asked = set(starts), [(path, "a letter") for path in starts], [], 0
    while queue and asked < MOST_PAGES:
        path, source = queue.pop(0)
        page = client.get(path, follow=True)
        asked += 1
        if page.status_code == 404:
            dead.append(f"{path} from {source}")
        if page.status_code == 200:
            here = page.redirect_chain[-1][0] if page.redirect_chain else path
            for link in leading_on(page, here):
                if link not in seen:
                    seen.add(link)
                    queue.append((link, path))
    assert asked > 5
    return dead


@pytest.mark.parametrize("code", ["", *DOORS])
def test_no_letter_and_no_page_leads_to_a_shut_door(letters, visitor, code):
    matter, number, found = letters
    shut(code)
    mailed = [link for letter in found for link in links_of(letter)]
    assert crawl(stranger(), list(dict.fromkeys(mailed))) == []
    assert crawl(visitor.client, [f"/orders/{number}/", matter, "/", "/site/help/"]) == []


@pytest.mark.parametrize("code", DOORS)
def test_what_letters_lead_to_can_still_be_done(letters, code):
    """Read the receipt of a withdrawal, write about the order, write again, rate, say that it is still broken."""
    _matter, number, found = letters
    shut(code)
    links = [link for letter in found for link in links_of(letter)]
    token = next(link.split("/")[2] for link in links if link.endswith(f"/{number}/"))
    browser = stranger()
    said = {"key": str(uuid7()), "what": "question", "line": "", "text": "Kommt noch etwas?"}
    answer = browser.post(f"/o/{token}/{number}/problem/", said)
    assert answer.status_code == 302
    matter = answer["Location"]
    assert "Kommt noch etwas?" in browser.get(matter).content.decode()
    again = {"key": str(uuid7()), "text": "Noch etwas."}
    assert browser.post(f"{matter}write/", again).status_code == 302
    rating = next(link for link in links if "/rate/" in link)
    assert browser.get(rating, follow=True).status_code == 200
    withdrawal = Case.objects.get(kind="withdrawal")
    (receipt,) = [link for link in links if withdrawal.number in link]
    assert number in browser.get(receipt).content.decode()


def test_shut_accounts_are_shut(letters):
    shut("accounts")
    browser = stranger()
    for path in ("", "details/", "login/", "sign-up/", "forgotten/", "reset/", f"reset/{'a' * 43}/"):
        assert browser.get(f"/account/{path}").status_code == 404, path


def test_a_stranger_with_an_address_of_a_login_logs_in_first(letters):
    """And where nobody can, reads how to reach the house."""
    case = Case.objects.first()
    path = f"/account/matters/{case.number}/"
    assert stranger().get(path)["Location"] == f"/account/login/?next={quote(path, safe='')}"
    shut("accounts")
    assert stranger().get(path)["Location"] == "/site/contact/"
