"""Tests of the wall have a database of their own: real logins, real commits; a victim, and an attacker with a token."""

from hashlib import sha256

import pytest

from kontor.kernel.membrane.session import new_token
from tests.clone import clone
from tests.wall.attack import Forgery

__all__ = ["clone"]


@pytest.fixture(scope="module")
def victim(clone):
    """A customer with an order, and somebody's token."""
    trade = clone.trade
    article = trade.offering(price="50.00", stock=100, name="Schloss")
    party = trade.party(given_name="Vera", family_name="Victim")
    order = trade.order((article, 2), party=party)
    return {"party": party, "order": order, "article": article, "token": clone.token_for(party.id)}


@pytest.fixture
def mallory(clone):
    """A party of the attacker's own, with a valid token, as any visitor gets one."""
    token = new_token()
    with clone.login("public") as visitor:
        row = visitor.execute("SELECT kontor_open_visit(%s)", [sha256(token.encode()).digest()]).fetchone()
    with clone.customer(token) as customer:
        customer.execute(
            "INSERT INTO parties_party"
            " (id, kind, given_name, family_name, organisation, email, phone, language, vat_id)"
            " VALUES (%s, 'person', 'Mallory', '', '', 'm@example.org', '', 'de', '')",
            row,
        )
    return {"party": row[0], "token": token}


@pytest.fixture
def forgery(clone, victim, mallory):
    """An order of the attacker's that is right as long as nothing is changed in it."""
    return Forgery(clone, mallory, victim["article"])
