"""Choosing a password: by a link that is used once, or by knowing the present one. In the back office only.

A new password ends every other session of the login (Django compares the session with the password's hash).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
    validate_password,
)
from django.core.exceptions import ValidationError

from kontor.kernel.actor import errors
from kontor.kernel.actor.identity import Actor
from kontor.kernel.actor.logging_in import guard_against_guessing, remember_failure
from kontor.kernel.actor.models import PasswordLink, StaffAccount
from kontor.kernel.membrane.session import is_token, new_token, token_hash
from kontor.kernel.transactions import in_transaction, transaction

LINK_HOLDS = timedelta(days=7)
SHORTEST = 10
_RULES: Sequence[Any] = (
    MinimumLengthValidator(SHORTEST),
    CommonPasswordValidator(),
    UserAttributeSimilarityValidator(("email", "name")),
)


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom an open link belongs to; without an account it is the first administrator's."""

    account: StaffAccount | None


@in_transaction
def make_link(*, account_id: UUID | None, at: datetime) -> str:
    """Make a link for a login (None: the first administrator) and end the earlier ones; returns the token."""
    PasswordLink.objects.filter(account_id=account_id, used_at=None).delete()
    token = new_token()
    PasswordLink.objects.create(
        hash=token_hash(token), account_id=account_id, made_at=at, expires_at=at + LINK_HOLDS
    )
    return token


def invited(*, token: str, at: datetime) -> Invited:
    """Whom this link is for.

    Raises:
        LinkEnded: it has been used, has expired, or never was one.
    """
    if not is_token(token):
        raise errors.LinkEnded
    links = PasswordLink.objects.select_related("account").filter(expires_at__gt=at, used_at=None)
    link = links.filter(hash=token_hash(token)).first()
    if link is None or (link.account is not None and not link.account.is_active):
        raise errors.LinkEnded
    return Invited(link.account)


@in_transaction
def use_link(*, token: str, at: datetime) -> Invited:
    """End a link, by exactly one who comes with it.

    Raises:
        LinkEnded: somebody was first, or it has expired.
    """
    found = invited(token=token, at=at)
    used = PasswordLink.objects.filter(hash=token_hash(token), used_at=None, expires_at__gt=at)
    if not used.update(used_at=at):
        raise errors.LinkEnded
    return found


def set_password(*, token: str, password: str, at: datetime) -> StaffAccount:
    """Choose a password by a link. A second time is refused: the link is used once.

    Raises:
        LinkEnded: the link has been used or has expired.
        WeakPassword: too short, too common, or too much like the person's name.
    """
    account = invited(token=token, at=at).account
    if account is None:  # the first administrator's link: it begins a house, see back.people
        raise errors.LinkEnded
    return _write_by_link(token, hashed(password, email=account.email, name=account.name), at)


@transaction
def _write_by_link(token: str, encoded: str, at: datetime) -> StaffAccount:
    account = use_link(token=token, at=at).account
    if account is None:
        raise errors.LinkEnded
    account.password = encoded
    account.save(update_fields=["password"])
    return account


def change_password(*, old: str, new: str, by: Actor, at: datetime) -> StaffAccount:
    """Change one's own password. Guessing the present one is slowed down as at the login.

    Raises:
        WrongPassword: ``old`` is not the present password.
        WeakPassword: too short, too common, or too much like the person's name.
        TooManyAttempts: five wrong attempts within 15 minutes.
    """
    account = StaffAccount.objects.get(pk=str(by.id))
    guard_against_guessing(account.email, at)
    if not check_password(old, account.password):
        remember_failure(account.email, at)
        raise errors.WrongPassword
    return _write_own(account, hashed(new, email=account.email, name=account.name))


@transaction
def _write_own(account: StaffAccount, encoded: str) -> StaffAccount:
    # Compare and set: a password changed meanwhile (by a link) is not overwritten.
    if not StaffAccount.objects.filter(pk=account.pk, password=account.password).update(password=encoded):
        raise errors.WrongPassword
    account.password = encoded
    return account


@in_transaction
def open_account(*, email: str, name: str, language: str, password: str) -> StaffAccount:
    """A login with a password as it is kept (``hashed``), without departments yet.

    A repeat is refused by the database: an address logs one person in.
    """
    return StaffAccount.objects.create(email=email, name=name, language=language, password=password)


def has_staff() -> bool:
    """Whether anybody has a login, open or closed."""
    return StaffAccount.objects.exists()


def hashed(password: str, *, email: str, name: str) -> str:
    """The password as it is kept, of the person with this address and name.

    Raises:
        WeakPassword: the reason says what is wrong with it.
    """
    try:
        validate_password(password, StaffAccount(email=email, name=name), password_validators=_RULES)
    except ValidationError as problem:
        raise errors.WeakPassword(reason=" ".join(problem.messages)) from problem
    return make_password(password)
