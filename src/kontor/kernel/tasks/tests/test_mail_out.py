"""Mails out that cannot be sent: one keeps no other back, a server that is away loses none, none is tried for ever."""

from datetime import timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from typing import Any

import pytest
from django.utils import timezone

from kontor.kernel.tasks import mail
from kontor.kernel.tasks.mail import MOST_REFUSALS, NewMail, deliver, queue_mail, send_waiting_mails
from kontor.kernel.tasks.models import Mail, Task
from kontor.kernel.transactions import transaction

pytestmark = pytest.mark.django_db


@transaction
def queue(*recipients: str) -> None:
    for recipient in recipients:
        queue_mail(NewMail(key=f"test:{recipient}", recipient=recipient, subject="Hallo", text="Moin."))


@pytest.fixture
def outbox(settings: Any, tmp_path: Any) -> Any:
    settings.SMTP_URL = ""
    settings.HOUSE = type("Folder", (), {"outbox": tmp_path})()
    return tmp_path


@pytest.fixture
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, Exception]:
    """A mail server that answers as it is told to, by recipient; a mail it takes leaves no trace."""
    answers: dict[str, Exception] = {}
    settings.SMTP_URL = "smtp://localhost:25?tls=no"

    def hand_over(message: Any) -> None:
        recipient = str(message["To"])
        if recipient in answers:
            raise answers[recipient]

    monkeypatch.setattr(mail, "_hand_to_server", hand_over)
    return answers


def found(recipient: str) -> Mail:
    return Mail.objects.get(recipient=recipient)


def make_due() -> None:
    Mail.objects.filter(next_try_at__isnull=False).update(next_try_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.parametrize(
    "address", ["a..b@c.example", "ü@x.example", "a@x..example", "nobody", "x y@x.example"]
)
def test_an_address_that_is_none_is_given_up_at_once_and_the_next_mail_goes(
    outbox: Any, address: str
) -> None:
    queue(address, "eva@example.org")
    assert send_waiting_mails(older_than_seconds=-1) == 1
    assert found("eva@example.org").sent_at is not None and len(list(outbox.glob("*.eml"))) == 1
    lost = found(address)
    assert lost.given_up_at is not None and lost.last_error
    task = Task.objects.get(kind="mail.undeliverable")
    assert (task.department, task.subject_id) == ("administration", lost.id)
    assert send_waiting_mails(older_than_seconds=-1) == 0 and deliver(lost.id) == "not_waiting"
    assert Task.objects.count() == 1


@pytest.mark.parametrize(
    "answer", [SMTPRecipientsRefused({"x": (550, b"no such user")}), SMTPDataError(554, b"not wanted")]
)
def test_what_the_server_refuses_for_good_is_given_up_after_some_attempts(
    server: dict[str, Exception], answer: Exception
) -> None:
    server["gone@example.org"] = answer
    queue("gone@example.org", "eva@example.org")
    assert send_waiting_mails(older_than_seconds=-1) == 1
    for attempt in range(1, MOST_REFUSALS + 1):
        lost = found("gone@example.org")
        assert (lost.attempts, lost.given_up_at) == (attempt, None) or attempt == MOST_REFUSALS
        assert send_waiting_mails(older_than_seconds=-1) == 0, "it waits until it falls due"
        assert found("gone@example.org").attempts == attempt
        make_due()
        send_waiting_mails()
    lost = found("gone@example.org")
    assert (lost.refusals, lost.attempts) == (MOST_REFUSALS, MOST_REFUSALS) and lost.given_up_at is not None
    assert Task.objects.filter(kind="mail.undeliverable", subject_id=lost.id).count() == 1


@pytest.mark.parametrize(
    "answer",
    [
        ConnectionRefusedError("down"),
        TimeoutError("slow"),
        SMTPServerDisconnected("gone"),
        SMTPConnectError(554, b"no service"),
        SMTPAuthenticationError(535, b"wrong password"),
        SMTPSenderRefused(550, b"who are you", "kontor@weserrad.example"),
        SMTPRecipientsRefused({"x": (450, b"later")}),
        SMTPRecipientsRefused({"x": (530, b"log in first")}),
        SMTPDataError(451, b"later"),
        ValueError("Port could not be cast"),
    ],
)
def test_a_server_that_is_away_loses_no_mail_however_long(
    server: dict[str, Exception], answer: Exception
) -> None:
    server["eva@example.org"] = answer
    queue("eva@example.org")
    for _ in range(3 * MOST_REFUSALS):
        assert send_waiting_mails(older_than_seconds=-1) == 0
        make_due()
    waiting = found("eva@example.org")
    assert (waiting.attempts, waiting.refusals, waiting.given_up_at) == (3 * MOST_REFUSALS, 0, None)
    assert not Task.objects.exists()
    del server["eva@example.org"]
    assert send_waiting_mails() == 1 and found("eva@example.org").sent_at is not None


def test_where_the_server_is_away_one_mail_asks_for_all(server: dict[str, Exception]) -> None:
    server["a@example.org"] = server["b@example.org"] = ConnectionRefusedError("down")
    queue("a@example.org", "b@example.org")
    send_waiting_mails(older_than_seconds=-1)
    assert sorted(Mail.objects.values_list("attempts", flat=True)) == [0, 1]


def test_the_wait_grows_up_to_six_hours(server: dict[str, Exception]) -> None:
    server["eva@example.org"] = TimeoutError("slow")
    queue("eva@example.org")
    waits = []
    for _ in range(7):
        deliver(found("eva@example.org").id)
        due = found("eva@example.org").next_try_at
        assert due is not None
        waits.append(round((due - timezone.now()).total_seconds() / 60))
    assert waits == [1, 4, 16, 64, 256, 360, 360]


def test_a_house_whose_own_address_is_wrong_gives_nothing_up(outbox: Any, settings: Any) -> None:
    settings.MAIL_FROM = "a..b@house.example"
    queue("eva@example.org")
    send_waiting_mails(older_than_seconds=-1)
    assert found("eva@example.org").given_up_at is None and found("eva@example.org").attempts == 1
