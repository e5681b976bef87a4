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
    key = sha256(email.strip().casefold().encode()).hexdigest()
    if LoginAttempt.objects.filter(email_key=key, at__gt=at - WAIT).count() >= MOST_ATTEMPTS:
        raise errors.TooManyAttempts
    account = auth.authenticate(request, username=email.strip(), password=password)
    if not isinstance(account, StaffAccount):
        _remember_failure(key, at)
        raise errors.WrongLogin
    _begin(request, account, key)
    return account


@transaction
def log_out(request: HttpRequest) -> None:
    """End this plane's session; the other plane's goes on. Safe to repeat."""
    auth.logout(request)


@transaction
def _begin(request: HttpRequest, account: StaffAccount, key: str) -> None:
    LoginAttempt.objects.filter(email_key=key).delete()
    auth.login(request, account)


@transaction
def _remember_failure(key: str, at: datetime) -> None:
    LoginAttempt.objects.create(email_key=key, at=at)
    LoginAttempt.objects.filter(at__lte=at - WAIT).delete()
