"""Logging in and out, as a member of staff sees it."""

from datetime import timedelta

import pytest
from conftest import PlaneClient, make_account
from django.conf import settings
from django.contrib.auth.hashers import make_password

from kontor.kernel.actor.models import LoginAttempt, StaffAccount

PASSWORD = "moin-weserrad"


@pytest.fixture
def clerk(house) -> StaffAccount:
    account = make_account("order-administration", email="clerk@example.org")
    account.password = make_password(PASSWORD)
    account.save()
    return account


@pytest.fixture
def browser(clerk, staff_client) -> PlaneClient:
    """A fresh browser before the back office."""
    return PlaneClient(staff_client("back").plane)


def log_in(browser, email="clerk@example.org", password=PASSWORD, **more):
    return browser.post("/login/", {"email": email, "password": password, **more})


def test_a_stranger_is_sent_to_the_login_and_back_to_where_they_wanted_to_go(browser):
    asked = browser.get("/orders/?step=held")
    assert asked.status_code == 302
    assert asked.url == "/login/?next=%2Forders%2F%3Fstep%3Dheld"
    answer = log_in(browser, next="/orders/?step=held")
    assert answer.status_code == 302
    assert answer.url == "/orders/?step=held"
    assert browser.get("/orders/?step=held").status_code == 200


def test_the_address_is_found_whatever_its_capitals(browser):
    assert log_in(browser, email="CLERK@Example.org").status_code == 302


@pytest.mark.parametrize("email", ["clerk@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_words(browser, email):
    answer = log_in(browser, email=email, password="wrong")
    assert answer.status_code == 401
    assert "passen nicht zusammen" in answer.content.decode()
    assert browser.get("/orders/").status_code == 302


def test_after_five_wrong_attempts_even_the_right_password_waits(browser, clerk):
    for _ in range(5):
        log_in(browser, password="wrong")
    assert log_in(browser).status_code == 429
    LoginAttempt.objects.update(at=LoginAttempt.objects.first().at - timedelta(minutes=16))
    assert log_in(browser).status_code == 302
    assert LoginAttempt.objects.count() == 0


def test_a_closed_login_opens_nothing(browser, clerk):
    StaffAccount.objects.filter(pk=clerk.pk).update(is_active=False)
    assert log_in(browser).status_code == 401


def test_closing_a_login_ends_its_sessions_with_the_next_request(browser, clerk):
    log_in(browser)
    assert browser.get("/orders/").status_code == 200
    StaffAccount.objects.filter(pk=clerk.pk).update(is_active=False)
    assert browser.get("/orders/").status_code == 302


def test_nobody_is_sent_to_another_house_after_the_login(browser):
    assert log_in(browser, next="https://evil.example/").url == "/"
    assert log_in(browser, next="//evil.example/").url == "/"


def test_logging_out_ends_the_session(browser):
    log_in(browser)
    assert browser.post("/logout/").status_code == 302
    assert browser.get("/orders/").status_code == 302


def test_the_session_changes_its_key_at_the_login(browser):
    log_in(browser)
    first = browser.cookies["kontor_back_session"].value
    browser.post("/logout/")
    log_in(browser)
    assert browser.cookies["kontor_back_session"].value != first


def test_who_belongs_to_the_counter_only_does_not_enter_the_back_office(staff_client, house):
    front = staff_client("back", "care")
    answer = front.get("/orders/")
    assert answer.status_code == 403


def test_a_department_gives_exactly_its_rights(staff_client, house):
    warehouse = staff_client("back", "warehouse")
    assert warehouse.get("/warehouse/").status_code == 200
    assert warehouse.get("/people/").status_code == 403
    assert warehouse.get("/administration/").status_code == 403


@pytest.mark.parametrize("field", ["email", "password"])
def test_odd_characters_are_refused_in_words_not_with_a_crash(browser, field):
    for text in ("a\0b", "x" * 100_000, "😀@example.org", "' OR 1=1 --"):
        answer = log_in(browser, **{field: text})
        assert answer.status_code in (401, 422)


def test_whoever_chose_no_language_reads_that_of_the_browser(browser, clerk):
    StaffAccount.objects.update(language="")
    log_in(browser)
    assert settings.LANGUAGE_COOKIE_NAME not in browser.cookies
    assert '<html lang="en"' in browser.get("/house/", headers={"accept-language": "en-GB"}).content.decode()
    assert '<html lang="de"' in browser.get("/house/", headers={"accept-language": "de-DE"}).content.decode()


def test_a_chosen_language_goes_along_to_every_browser_and_into_the_mails(browser, clerk, staff_client):
    StaffAccount.objects.update(language="")
    assert StaffAccount.objects.get(pk=clerk.pk).mail_language == "de"
    log_in(browser)
    browser.post("/my/preferences/", {"language": "en", "next": "/house/"})
    browser.post("/my/preferences/", {"language": "xx"})
    browser.post("/my/preferences/", {"theme": "dark"})
    clerk.refresh_from_db()
    assert (clerk.language, clerk.mail_language) == ("en", "en")
    other = PlaneClient(browser.plane)
    log_in(other)
    assert '<html lang="en"' in other.get("/house/", headers={"accept-language": "de-DE"}).content.decode()


def test_a_stranger_chooses_for_the_browser_only(browser, clerk):
    StaffAccount.objects.update(language="")
    browser.post("/my/preferences/", {"language": "en"})
    assert set(StaffAccount.objects.values_list("language", flat=True)) == {""}
