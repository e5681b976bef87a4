"""Tokens and sessions: not guessed, not planted, not carried to the other side of the house, gone when ended."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from conftest import PlaneClient, make_account
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import F
from django.db.transaction import atomic
from django.test import override_settings

from kontor.bridge.parties.middleware import VISIT_COOKIE
from kontor.bridge.parties.models import Login, LoginFailure, LoginRequest, Token
from kontor.config.planes import PLANES
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.membrane.session import acting_with, new_token, token_hash
from kontor.kernel.tasks.models import Mail
from tests.wall.world import World

HOUR = timedelta(hours=1)


def seen(client: PlaneClient, world: World) -> int:
    """What the page of Anna's order answers."""
    return int(client.get(f"/orders/{world.shipped.number}/").status_code)


@pytest.fixture
def world(trade):
    return World(trade)


# Customers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cookie", ["", "x", "A" * 43, "A" * 44, "'; --", "0" * 4000, "ÄÖÜ" * 15])
def test_a_guessed_cookie_is_a_stranger(world, cookie):
    client = world.browser("public", "stranger")
    client.cookies[VISIT_COOKIE] = cookie
    assert seen(client, world) == 404


def test_the_hash_in_the_database_opens_nothing(world):
    client = world.browser("public", "stranger")
    client.cookies[VISIT_COOKIE] = sha256(world.sessions["customer"].encode()).hexdigest()[:43]
    assert seen(client, world) == 404


def test_logging_out_ends_the_token_and_not_the_cookie_only(world):
    client, kept = world.browser("public", "customer"), world.browser("public", "customer")
    assert seen(client, world) == 200
    client.post("/account/logout/")
    assert seen(kept, world) == 404


def test_a_token_ends_when_it_expires(world):
    client = world.browser("public", "customer")
    Token.objects.filter(hash=token_hash(world.sessions["customer"])).update(
        expires_at=datetime.now(UTC) - HOUR
    )
    assert seen(client, world) == 404


def test_a_mailed_link_opens_its_own_pages_and_no_account(world):
    client = world.browser("public", "stranger")
    assert client.get(f"/o/{world.token}/{world.shipped.number}/").status_code == 200
    assert VISIT_COOKIE not in client.cookies or not client.cookies[VISIT_COOKIE].value
    assert client.get("/account/").status_code == 302
    Token.objects.filter(hash=token_hash(world.token)).update(expires_at=datetime.now(UTC) - HOUR)
    assert client.get(f"/o/{world.token}/{world.shipped.number}/").status_code == 404


def test_the_visit_cookie_is_the_browsers_own_business(world):
    client = world.browser("public", "stranger")
    client.post("/basket/put/", {"number": world.bike.number, "quantity": "1"})
    cookie = client.cookies[VISIT_COOKIE]
    assert (cookie["httponly"], cookie["samesite"], bool(cookie["secure"])) == (True, "Lax", False)
    secure = world.browser("public", "stranger")
    secure.post("/basket/put/", {"number": world.bike.number, "quantity": "1"}, secure=True)
    assert secure.cookies[VISIT_COOKIE]["secure"]
    assert VISIT_COOKIE not in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)


class Person:
    """Somebody who signs up, at the level of the database's own functions."""

    def __init__(self, as_role: Any) -> None:
        self.as_role = as_role
        self.visit = new_token()
        with self.acting(None):
            self.party = self.ask("SELECT kontor_open_visit(%s)", token_hash(self.visit))

    @contextmanager
    def acting(self, token: str | None):
        with acting_with(token), self.as_role("kontor_public", token=token):
            yield

    @staticmethod
    def ask(query: str, *values: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchone()[0]

    def become_party(self, email: str) -> None:
        with self.acting(self.visit), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO parties_party"
                " (id, kind, given_name, family_name, organisation, email, phone, language, vat_id)"
                " VALUES (%s, 'person', 'Kim', 'Kim', '', %s, '', 'de', '')",
                [self.party, email],
            )

    def ask_for_account(self, email: str) -> str:
        """Returns the link's token, which the worker mails to the address."""
        link = new_token()
        LoginRequest.objects.create(
            kind="sign_up", party_id=self.party, email=email, salt=b"s" * 16, verifier=sha256(b"proof").digest(),
            token_hash=token_hash(link), expires_at=datetime.now(UTC) + HOUR,
        )  # fmt: skip
        return link

    def confirm(self, link: str, proof: bytes | None = None) -> tuple[Any, str]:
        session = new_token()
        with self.acting(self.visit), atomic():
            return self.ask(
                "SELECT kontor_confirm_sign_up(%s, %s, %s)", token_hash(link), token_hash(session), proof
            ), session


def whose(token: str) -> Any:
    with acting_with(token):
        connection.begin_reading()  # type: ignore[attr-defined]  # Kontor's own database wrapper
        return Person.ask("SELECT kontor_party()")


def test_an_account_takes_over_the_visit_it_was_asked_for_in(house, as_role):
    kim = Person(as_role)
    kim.become_party("kim@example.org")
    party, session = kim.confirm(kim.ask_for_account("kim@example.org"))
    assert party == kim.party == whose(session)


def test_a_visit_that_was_planted_before_does_not_become_a_session(house, as_role):
    """Whoever slipped somebody their own cookie is out when that person opens an account."""
    kim = Person(as_role)
    kim.become_party("kim@example.org")
    kim.confirm(kim.ask_for_account("kim@example.org"))
    assert whose(kim.visit) is None


def test_an_account_asked_for_in_somebody_elses_name_does_not_share_its_visit(house, as_role):
    mallory, victim = Person(as_role), Person(as_role)
    mallory.become_party("victim@example.org")
    link = mallory.ask_for_account("victim@example.org")
    for proof in (None, b"another"):
        with pytest.raises(DatabaseError, match="not the password"):
            victim.confirm(link, proof)
    party, session = victim.confirm(link, b"proof")
    assert party not in (mallory.party, None)
    assert whose(session) == party
    assert whose(mallory.visit) == mallory.party


def test_a_link_works_once_and_not_when_it_is_old(house, as_role):
    kim = Person(as_role)
    link = kim.ask_for_account("kim@example.org")
    LoginRequest.objects.update(expires_at=datetime.now(UTC) - HOUR)
    assert kim.confirm(link)[0] is None
    link = kim.ask_for_account("kim@example.org")
    assert kim.confirm(link)[0] is not None
    assert kim.confirm(link)[0] is None
    assert kim.confirm(kim.ask_for_account("KIM@example.org"))[0] is None
    assert Login.objects.count() == 1


def test_a_new_password_ends_all_other_sessions(house, as_role):
    kim = Person(as_role)
    kim.become_party("kim@example.org")
    party, session = kim.confirm(kim.ask_for_account("kim@example.org"))
    link, fresh = new_token(), new_token()
    LoginRequest.objects.create(
        kind="reset",
        party_id=kim.party,
        email="kim@example.org",
        token_hash=token_hash(link),
        expires_at=datetime.now(UTC) + HOUR,
    )
    with kim.acting(None):
        opened = kim.ask(
            "SELECT kontor_reset_password(%s, %s, %s, %s)",
            token_hash(link),
            b"t" * 16,
            sha256(b"new").digest(),
            token_hash(fresh),
        )
    assert opened == party == whose(fresh)
    assert whose(session) is None


def test_guessing_passwords_is_slowed_down_and_an_unknown_e_mail_looks_the_same(house, as_role):
    kim = Person(as_role)
    kim.confirm(kim.ask_for_account("kim@example.org"))
    with kim.acting(None):
        salts = {
            email: bytes(kim.ask("SELECT kontor_login_salt(%s)", email))
            for email in ("KIM@example.org", "no@example.org")
        }
        assert salts["KIM@example.org"] == b"s" * 16
        assert len(salts["no@example.org"]) == 16
        assert bytes(kim.ask("SELECT kontor_login_salt(%s)", "NO@example.org")) == salts["no@example.org"]
        for _ in range(10):
            assert (
                kim.ask("SELECT kontor_log_in(%s, %s, %s)", "kim@example.org", b"wrong", token_hash("x"))
                is None
            )
    assert LoginFailure.objects.count() == 10
    with kim.acting(None), pytest.raises(DatabaseError, match="too many failed logins"), atomic():
        kim.ask("SELECT kontor_log_in(%s, %s, %s)", "kim@example.org", b"proof", token_hash("x"))


def test_nobodys_mailbox_is_filled_from_our_form(world):
    client = world.browser("public", "stranger")
    for _ in range(9):
        client.post(
            "/account/sign-up/", {"name": "Vera", "email": "vera@example.org", "password": "moin moin weser"}
        )
        # Inside the one transaction of a test all instants are the same: let a little time pass.
        LoginRequest.objects.update(requested_at=F("requested_at") - timedelta(minutes=1))
    deliver_all()
    assert Mail.objects.filter(recipient="vera@example.org").count() == 5


# Staff --------------------------------------------------------------------------------------------------------


@contextmanager
def process_of(plane: str):
    """Each plane's process has a key of its own (see kontor.config.settings)."""
    with override_settings(SECRET_KEY=f"the key of {plane}, which no other process has"):
        yield


def log_in(plane: str, account: Any) -> PlaneClient:
    client = PlaneClient(PLANES[plane])
    with process_of(plane), client.inside():
        client.force_login(account)
    return client


def test_a_session_of_the_counter_does_not_open_the_office(house):
    """One person may have rights on both sides, and yet logs in on each: the keys differ, and so do the cookies."""
    boss = make_account("management")
    counter, office = log_in("desk", boss), PlaneClient(PLANES["back"])
    with process_of("desk"):
        assert counter.get("/customers/").status_code == 200
    office.cookies[PLANES["back"].session_cookie] = counter.cookies[PLANES["desk"].session_cookie].value
    with process_of("back"):
        answer = office.get("/orders/")
    assert (answer.status_code, answer.headers["Location"][:7]) == (302, "/login/")


def test_every_plane_has_cookies_of_its_own():
    web = [plane for plane in PLANES.values() if plane.is_web]
    names = [name for plane in web for name in (plane.session_cookie, plane.csrf_cookie)]
    assert len(set(names)) == len(names) == 6


def test_a_session_that_was_planted_before_does_not_survive_the_login(house):
    account = make_account("warehouse", email="w@example.org")
    account.set_password("moin moin weser")
    account.save()
    client = PlaneClient(PLANES["back"])
    cookie = PLANES["back"].session_cookie
    client.cookies[cookie] = "planted0planted0planted0planted0"
    answer = client.post("/login/", {"email": "w@example.org", "password": "moin moin weser"})
    assert answer.status_code == 302
    given = client.cookies[cookie]
    assert given.value != "planted0planted0planted0planted0"
    assert (given["httponly"], given["samesite"]) == (True, "Lax")


def test_who_left_the_house_is_out_at_once_and_who_lost_a_department_too(house):
    account = make_account("warehouse")
    client = log_in("back", account)
    with process_of("back"):
        assert client.get("/warehouse/").status_code == 200
        account.departments.clear()
        assert client.get("/warehouse/").status_code == 403
        account.is_active = False
        account.save()
        assert client.get("/warehouse/").status_code == 302


def test_logging_out_ends_the_session_and_not_the_cookie_only(house):
    client = log_in("back", make_account("warehouse"))
    kept = PlaneClient(PLANES["back"])
    kept.cookies[PLANES["back"].session_cookie] = client.cookies[PLANES["back"].session_cookie].value
    with process_of("back"):
        assert kept.get("/warehouse/").status_code == 200
        client.post("/logout/")
        assert kept.get("/warehouse/").status_code == 302


def test_a_customers_cookie_is_nothing_to_the_counter_and_the_office(world):
    for plane, page in (("desk", "/customers/"), ("back", "/orders/")):
        client = PlaneClient(PLANES[plane])
        client.cookies[VISIT_COOKIE] = world.sessions["customer"]
        client.cookies[PLANES[plane].session_cookie] = world.sessions["customer"]
        assert client.get(page).status_code == 302


def test_the_shop_does_not_even_install_staff_logins_and_the_office():
    public = PLANES["public"]
    assert not public.has_staff
    assert not any(".back." in room or room.endswith((".actor", ".tasks")) for room in public.rooms)
    assert "django.contrib.auth.middleware.AuthenticationMiddleware" not in public.middleware
