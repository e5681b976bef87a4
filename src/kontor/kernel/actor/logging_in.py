"""Beginning and ending a session of a member of staff: one account, a session per plane, guessing slowed down."""

from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib import auth
from django.http import HttpRequest

from kontor.kernel.actor import errors
from kontor.kernel.actor.models import LoginAttempt, StaffAccount
from kontor.kernel.transactions import transaction

MOST_ATTEMPTS = 5
WAIT = timedelta(minutes=15)


def log_in(request: HttpRequest, *, email: str, password: str, at: datetime) -> StaffAccount:
    """Check e-mail address and password and begin a session. An unknown address costs as much time as a known one.

    Safe to repeat: a second login makes a second session.

    Raises:
        TooManyAttempts: five wrong attempts for this address within 15 minutes.
        WrongLogin: address and password do not match, or the account is closed.
    """
    guard_against_guessing(email, at)
    account = auth.authenticate(request, username=email.strip(), password=password)
    if not isinstance(account, StaffAccount):
        remember_failure(email, at)
        raise errors.WrongLogin
    enter(request, account)
    return account


def guard_against_guessing(email: str, at: datetime) -> None:
    """Refuse who has guessed too often for this e-mail address.

    Raises:
        TooManyAttempts: five wrong attempts for this address within 15 minutes.
    """
    if LoginAttempt.objects.filter(email_key=_key(email), at__gt=at - WAIT).count() >= MOST_ATTEMPTS:
        raise errors.TooManyAttempts


@transaction
def choose_language(*, account: StaffAccount, language: str) -> None:
    """Keep the language that somebody reads and is written to in. Safe to repeat."""
    StaffAccount.objects.filter(pk=account.pk).update(language=language)


@transaction
def enter(request: HttpRequest, account: StaffAccount) -> None:
    """Begin a session for an account whose password was just proved or chosen; failed attempts are forgotten."""
    LoginAttempt.objects.filter(email_key=_key(account.email)).delete()
    auth.login(request, account, backend="django.contrib.auth.backends.ModelBackend")


@transaction
def remember_failure(email: str, at: datetime) -> None:
    """Note a wrong password, so that guessing is slowed down."""
    LoginAttempt.objects.create(email_key=_key(email), at=at)
    LoginAttempt.objects.filter(at__lte=at - WAIT).delete()


@transaction
def log_out(request: HttpRequest) -> None:
    """End this plane's session; the other plane's goes on. Safe to repeat."""
    auth.logout(request)


def _key(email: str) -> str:
    return sha256(email.strip().casefold().encode()).hexdigest()
