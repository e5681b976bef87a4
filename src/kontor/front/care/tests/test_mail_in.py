"""Mails that come in: joined, opened, kept aside; forged, looping, lying, broken and huge ones."""

import os
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from socket import create_server
from threading import Thread
from typing import Any

import pytest
from conftest import PlaneClient
from django.utils import timezone

from kontor.bridge.cases.models import Attachment, Case, Interaction
from kontor.bridge.parties.models import House
from kontor.front.care.mail_in import taking
from kontor.front.care.mail_in.fetching import take_dropped, take_from_mailbox
from kontor.front.care.mail_in.splitting import Split, split
from kontor.front.care.mail_in.taking import MOST_AN_HOUR, Outcome, take_mail
from kontor.front.care.matters.tokens import case_number_in, reply_address, token_of
from kontor.front.care.models import IncomingMail
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.events.models import Delivery
from kontor.kernel.ids import uuid7
from kontor.kernel.tasks.mail import deliver
from kontor.kernel.tasks.models import Mail
from tests.trade import Trade

EVA = "Eva Lund <eva@example.org>"


def mail(text: str = "Die Bremse quietscht.", **headers: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    stated = {
        "From": EVA,
        "To": "kontor@weserrad.example",
        "Subject": "Bremse",
        "Message-ID": f"<{uuid7()}@example.org>",
    }
    for name, value in (stated | {key.replace("_", "-"): value for key, value in headers.items()}).items():
        message[name] = value
    message.set_content(text)
    return message


def take(message: EmailMessage | bytes) -> Outcome:
    raw = message if isinstance(message, bytes) else message.as_bytes()
    outcome = take_mail(raw=raw, source="drop", by=the_house(), at=timezone.now())
    deliver_all()
    assert list(Delivery.objects.exclude(error="").values_list("error", flat=True)) == []
    return outcome


def case_of(outcome: Outcome) -> Case:
    return Case.objects.get(number=outcome.number)


@pytest.fixture
def opened(house: House) -> Case:
    return case_of(take(mail()))


def test_a_mail_becomes_a_matter_with_a_receipt_that_can_be_answered(opened: Case, house: House) -> None:
    assert (opened.channel, opened.email, opened.name, opened.kind) == (
        "mail",
        "eva@example.org",
        "Eva Lund",
        "question",
    )
    receipt = Mail.objects.get(key=f"cases.received:{opened.id}")
    assert receipt.reply_to == reply_address(opened.number) and token_of(opened.number) in receipt.subject
    first = Interaction.objects.get()
    assert receipt.in_reply_to == first.message_id
    assert deliver(receipt.id) == "sent"

    reply = mail(
        "Sie quietscht immer noch.\n\nAm 22.11.2026 um 10:00 schrieb Weserrad:\n> Hallo", To=receipt.reply_to
    )
    outcome = take(reply)
    assert outcome == Outcome("joined", opened.number)
    again = Interaction.objects.order_by("id")[1]
    assert again.text == "Sie quietscht immer noch." and "> Hallo" in again.quoted


def test_answers_join_by_subject_mark_by_our_message_id_and_by_their_own(opened: Case) -> None:
    first = Interaction.objects.get()
    for headers in (
        {"Subject": f"AW: Bremse [{token_of(opened.number).lower()}]"},
        {"In_Reply_To": f"<{opened.id}@weserrad.example>", "From": "kollege@example.org"},
        {"References": f"<x@y> {first.message_id}"},
    ):
        assert take(mail(f"Noch etwas zu {headers}", **headers)).number == opened.number
    assert Case.objects.count() == 1 and Interaction.objects.count() == 4


@pytest.mark.parametrize(
    "forged",
    [
        {"To": "kontor+v-100001.aaaaaaaaaaaa@weserrad.example"},
        {"Subject": "Re: Bremse [V-100001.ABCDEFGHIJKL]"},
        {"Subject": "Re: Bremse [V-100001]"},
        {"In_Reply_To": f"<{uuid7()}@weserrad.example>"},
    ],
)
def test_a_forged_mark_opens_a_matter_of_its_own(opened: Case, forged: dict[str, str]) -> None:
    forged = {name: text.replace("V-100001", opened.number) for name, text in forged.items()}
    outcome = take(mail("Überweisen Sie an mich.", From="mallory@example.net", **forged))
    assert outcome.fate == "opened" and outcome.number != opened.number
    assert Interaction.objects.filter(cases__case=opened).count() == 1


def test_somebody_elses_message_id_is_no_key(opened: Case) -> None:
    known = Interaction.objects.get().message_id or ""
    outcome = take(mail("Ich auch!", From="mallory@example.net", In_Reply_To=known))
    assert outcome.fate == "opened" and outcome.number != opened.number


def test_marks_are_bound_to_their_number(house: House) -> None:
    mark = token_of("V-100001")
    assert case_number_in(f"x {mark.lower()} y") == "V-100001"
    assert case_number_in(mark.replace("V-100001", "V-100002")) is None
    assert case_number_in(mark[:-1] + ("A" if mark[-1] != "A" else "B")) is None


def test_the_same_mail_is_taken_once_however_it_comes(opened: Case) -> None:
    known = Interaction.objects.get()
    copy = mail(known.text, Message_ID=str(known.message_id), X_Path="another")
    assert take(copy).fate == "duplicate"
    assert take(copy).fate == "duplicate"
    other = mail("Ganz andere Worte.", Message_ID=str(known.message_id))
    assert take(other).fate == "opened"
    assert Case.objects.count() == 2 and IncomingMail.objects.count() == 3


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"Auto_Submitted": "auto-replied"}, "automatic"),
        ({"Subject": "Abwesenheitsnotiz: Urlaub"}, "automatic"),
        ({"Return_Path": "<>"}, "automatic"),
        ({"Precedence": "bulk"}, "bulk"),
        ({"List_Unsubscribe": "<mailto:x@y>"}, "bulk"),
        ({"From": "MAILER-DAEMON@example.org"}, "bounce"),
        ({"X_Kontor_Mail": "1"}, "own"),
        ({"From": "kontor@weserrad.example"}, "own"),
    ],
)
def test_machines_open_nothing_and_are_answered_by_nobody(
    house: House, headers: dict[str, str], reason: str
) -> None:
    assert take(mail(**headers)) == Outcome("kept", reason=reason)
    assert not Case.objects.exists() and not Mail.objects.exists()
    assert IncomingMail.objects.get().state == "kept"


def test_an_absence_note_lies_in_its_thread_and_wakes_nobody(opened: Case) -> None:
    Case.objects.update(state="closed", closed_at=timezone.now(), close_reason="answered")
    mails = Mail.objects.count()
    outcome = take(mail("Bin im Urlaub.", Auto_Submitted="auto-replied", To=reply_address(opened.number)))
    opened.refresh_from_db()
    assert outcome.fate == "joined" and opened.state == "closed" and Mail.objects.count() == mails
    assert Interaction.objects.get(is_automatic=True).text == "Bin im Urlaub."


def test_two_machines_that_answer_each_other_stop_at_once(house: House) -> None:
    for count in range(5):
        take(
            mail(
                f"Ticket {count} received",
                Auto_Submitted="auto-generated",
                Subject=f"[#{count}] Re: received",
            )
        )
    assert not Case.objects.exists() and not Mail.objects.exists()


def test_a_flood_from_one_sender_is_kept_aside(house: House) -> None:
    for count in range(MOST_AN_HOUR + 3):
        take(mail(f"Nummer {count}"))
    assert Case.objects.count() == MOST_AN_HOUR
    assert IncomingMail.objects.filter(reason="too_many").count() == 3
    assert Mail.objects.filter(key__startswith="cases.received").count() <= 5


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0\0\0",
        b"From eva\n\nno headers",
        b"Content-Type: multipart/mixed; boundary=\n\n--\n",
        b"From: =?utf-8?q?=ZZ?= <eva@example.org>\nSubject: =?nonsense?x?abc?=\n\nHi \xff\xfe",
        b"From: eva@example.org\nContent-Type: text/plain; charset=klingon\n\n\xe4\xf6\xfc",
        b"From: eva@example.org\nContent-Transfer-Encoding: base64\n\n!!!not base64!!!",
        b"From: eva@example.org\n" + b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 200,
        b"From: " + b"a" * 100_000 + b"@example.org\nSubject: " + b"x" * 100_000 + b"\n\nHi",
        b"From: eva@example.org\nContent-Type: text/plain; charset=utf-7\n\nHi +2AA-",
        b"From: eva@example.org\nContent-Type: text/html; charset=utf-7\n\n<p>Hi +2AA-",
        b"From: =?utf-7?q?+2AA-?= <eva@example.org>\nSubject: =?utf-7?q?+2AA-?=\n\nHi",
        b"From: eva@example.org\nContent-Type: image/x\0y; name*=utf-7''%2B2AA-.png\n\nHi",
        b"From: eva@example.org\nMessage-ID: <a\0b@example.org>\nReferences: <c\0d@example.org>\n\nHi",
        b"From: a..b@example.org\n\nHi",
        "From: ü@example.org\n\nHi".encode(),
    ],
)
def test_broken_mails_are_kept_whole_and_break_nothing(house: House, raw: bytes) -> None:
    outcome = take(raw)
    kept = IncomingMail.objects.get()
    assert bytes(kept.raw) == raw
    assert outcome.fate in ("kept", "opened") and (kept.state == "taken") == (outcome.fate == "opened")


def test_a_mail_that_cannot_be_placed_is_kept_and_the_next_one_is_taken(
    house: House, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAIL_DROP = tmp_path
    (tmp_path / "1.eml").write_bytes(mail("Eins").as_bytes())
    (tmp_path / "2.eml").write_bytes(mail("Zwei").as_bytes())

    def split_but_one(text: str) -> Split:
        return split("\ud800" if text == "Eins" else text)

    monkeypatch.setattr(taking, "split", split_but_one)
    assert take_dropped() == 2 and list(tmp_path.iterdir()) == []
    assert [(kept.state, kept.reason, kept.sender) for kept in IncomingMail.objects.order_by("id")] == [
        ("kept", "broken", "eva@example.org"),
        ("taken", "", "eva@example.org"),
    ]
    assert Case.objects.count() == 1


def test_an_address_no_mail_can_be_written_to_is_no_sender(house: House) -> None:
    for address in ("a..b@example.org", "ü@example.org", "a@example..org"):
        assert take(f"From: {address}\n\nHi".encode()) == Outcome("kept", reason="no_sender")
    answered = take(b"From: a..b@example.org\nReply-To: Eva <eva@example.org>\n\nHi")
    assert case_of(answered).email == "eva@example.org"


def test_a_mail_of_signature_marks_ends() -> None:
    marks = "--\n" * 66_000
    assert split("\n" * 66_000 + "Hallo\n" + marks).new.startswith("Hallo")
    assert split("Hallo\n--\nEva").new == "Hallo"
    below = "\n".join(str(number) for number in range(14))
    assert split(f"Hallo\n--\n{below}") == Split("Hallo", f"--\n{below}")
    assert split(f"Hallo\n--\n{below}\n15").rest == ""


def test_files_are_what_their_bytes_say_and_liars_are_marked(house: House, clerk: PlaneClient) -> None:
    message = mail()
    message.add_attachment(
        b"<script>alert(1)</script>", maintype="image", subtype="png", filename="../../foto.png"
    )
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="Rechnung.pdf")
    case = case_of(take(message))
    lie, paper = Attachment.objects.order_by("id")
    assert (lie.name, lie.media_type, lie.stated_type) == ("foto.png", "text/html", "image/png")
    assert (paper.media_type, paper.stated_type) == ("application/pdf", "")

    assert "gibt sich als image/png aus" in clerk.get(f"/inbox/{case.number}/").content.decode()
    response = clerk.get(f"/inbox/files/{lie.id}/")
    assert (
        response["Content-Type"] == "application/octet-stream"
        and "attachment" in response["Content-Disposition"]
    )
    assert (
        response["X-Content-Type-Options"] == "nosniff" and "sandbox" in response["Content-Security-Policy"]
    )


def test_html_is_shown_as_words_only(house: House, clerk: PlaneClient) -> None:
    message = mail()
    message.set_content(
        "<p onclick=x>Hallo <b>Welt</b><script>alert(1)</script><img src=x onerror=alert(2)></p>",
        subtype="html",
    )
    case = case_of(take(message))
    assert Interaction.objects.get().text == "Hallo Welt"
    assert "alert(" not in clerk.get(f"/inbox/{case.number}/").content.decode()


def test_an_answer_to_an_order_mail_is_about_that_order(trade: Trade) -> None:
    order = trade.order((trade.offering(), 1))
    told = Mail.objects.create(
        key=f"orders.confirmed:{order.id}", recipient=order.email, subject="x", text="x"
    )
    reply = mail("Wann kommt es?", From=order.email, In_Reply_To=f"<{told.id}@weserrad.example>")
    case = case_of(take(reply))
    assert case.order_id == order.id and case.stated_order == order.number


def test_an_order_of_somebody_else_is_left_to_the_clerk(trade: Trade) -> None:
    order = trade.order((trade.offering(), 1))
    case = case_of(take(mail(f"Was ist mit {order.number}?", From="mallory@example.net")))
    assert case.order_id is None and case.stated_order == order.number


def test_files_in_the_drop_folder_are_taken_once_and_leave_it(
    house: House, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAIL_DROP = tmp_path
    (tmp_path / "1.eml").write_bytes(mail().as_bytes())
    (tmp_path / ".2.eml").write_bytes(b"still being written")
    with monkeypatch.context() as killed:
        # Killed after the commit and before the file is gone.
        killed.setattr(Path, "unlink", lambda *_args, **_more: None)
        assert take_dropped() == 1
    assert take_dropped() == 1
    assert sorted(os.listdir(tmp_path)) == [".2.eml"]
    deliver_all()
    assert Case.objects.count() == 1 and Interaction.objects.count() == 1


def test_a_mail_that_is_too_large_is_kept_where_nothing_is_lost(
    house: House, settings: Any, tmp_path: Path
) -> None:
    settings.MAIL_DROP = tmp_path
    whole = mail().as_bytes() + b"x" * (25 * 1024 * 1024)
    (tmp_path / "large.eml").write_bytes(whole)
    assert take_dropped() == 1
    kept = IncomingMail.objects.get()
    assert (kept.reason, kept.size, kept.sender) == ("too_large", len(whole), "eva@example.org")
    [file] = (tmp_path / "kept").iterdir()
    assert file.stat().st_size == len(whole) and not Case.objects.exists()


def test_what_was_kept_aside_becomes_a_matter_by_hand_once(house: House, clerk: PlaneClient) -> None:
    take(mail("Bitte um Rückruf.", Precedence="bulk"))
    kept = IncomingMail.objects.get()
    assert "Massenmail" in clerk.get("/inbox/kept/").content.decode()
    for _ in range(2):
        response = clerk.post(f"/inbox/kept/{kept.id}/take/")
    case = Case.objects.get()
    assert response["Location"] == f"/inbox/{case.number}/" and case.email == "eva@example.org"
    assert clerk.get(f"/inbox/kept/{kept.id}/original/").content == bytes(kept.raw)


@pytest.fixture
def clerk(house: House, staff_client: Callable[..., PlaneClient]) -> PlaneClient:
    return staff_client("desk", "care")


class FakeMailbox(Thread):
    """A mail server that speaks as much of IMAP4rev1 as is asked of it. One folder, and what was moved to another."""

    def __init__(self, mails: list[bytes]) -> None:
        super().__init__(daemon=True)
        self.mails = {str(number): raw for number, raw in enumerate(mails, start=1)}
        self.moved: list[str] = []
        self.deleted: set[str] = set()
        self.refuses_copies = False
        self.listener = create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.start()

    def run(self) -> None:
        while True:
            try:
                connected, _address = self.listener.accept()
            except OSError:
                return
            with connected, connected.makefile("rwb") as stream:
                self._say(stream, b"* OK ready")
                while line := stream.readline():
                    if not self._answer(stream, line.decode().strip()):
                        break

    @staticmethod
    def _say(stream: Any, line: bytes) -> None:
        stream.write(line + b"\r\n")
        stream.flush()

    def _answer(self, stream: Any, line: str) -> bool:
        tag, _, said = line.partition(" ")
        verb = (
            " ".join(said.split(" ")[:2]).upper()
            if said.upper().startswith("UID")
            else said.split(" ")[0].upper()
        )
        words = said.split(" ")
        status = "OK"
        if verb == "CAPABILITY":
            self._say(stream, b"* CAPABILITY IMAP4rev1")
        elif verb == "SELECT":
            self._say(stream, f"* {len(self.mails)} EXISTS".encode())
        elif verb == "UID SEARCH":
            self._say(stream, f"* SEARCH {' '.join(self.mails)}".encode())
        elif verb == "UID FETCH":
            self._fetch(stream, words[2], said)
        elif verb == "UID COPY":
            status = "NO" if self.refuses_copies else "OK"
            if not self.refuses_copies:
                self.moved.append(words[2])
        elif verb == "UID STORE":
            self.deleted.add(words[2])
        elif verb == "EXPUNGE":
            self.mails = {uid: raw for uid, raw in self.mails.items() if uid not in self.deleted}
        elif verb == "CREATE":
            status = "NO"
        elif verb == "LOGOUT":
            self._say(stream, b"* BYE")
        self._say(stream, f"{tag} {status} done".encode())
        return verb != "LOGOUT"

    def _fetch(self, stream: Any, uid: str, said: str) -> None:
        raw = self.mails[uid]
        if "RFC822.SIZE" in said:
            self._say(stream, f"* {uid} FETCH (UID {uid} RFC822.SIZE {len(raw)})".encode())
            return
        part = raw[:65_536] if "<0." in said else raw
        stream.write(f"* {uid} FETCH (UID {uid} BODY[] {{{len(part)}}}\r\n".encode() + part + b")\r\n")
        stream.flush()


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Callable[..., FakeMailbox]]:
    opened: list[FakeMailbox] = []

    def with_mails(*mails: bytes) -> FakeMailbox:
        box = FakeMailbox(list(mails))
        opened.append(box)
        settings.IMAP_URL = f"imap://kontor:geheim@127.0.0.1:{box.port}/INBOX?tls=no&done=Kontor"
        return box

    yield with_mails
    for box in opened:
        box.listener.close()


def test_mails_of_the_mailbox_are_taken_in_and_move_only_then(
    house: House, mailbox: Callable[..., FakeMailbox]
) -> None:
    box = mailbox(mail("Eins").as_bytes(), b"\0broken", mail("Drei").as_bytes())
    box.refuses_copies = True
    assert take_from_mailbox() == 0  # the server fails behind the first commit: the mail stays where it is
    assert box.moved == [] and len(box.mails) == 3
    box.refuses_copies = False
    assert take_from_mailbox() == 3
    assert box.moved == ["1", "2", "3"] and box.mails == {}
    deliver_all()
    assert Case.objects.count() == 2 and IncomingMail.objects.count() == 3


def test_a_large_mail_of_the_mailbox_is_noted_with_its_beginning(
    house: House, mailbox: Callable[..., FakeMailbox]
) -> None:
    box = mailbox(mail().as_bytes() + b"x" * (25 * 1024 * 1024))
    assert take_from_mailbox() == 1
    kept = IncomingMail.objects.get()
    assert kept.reason == "too_large" and len(kept.raw) == 65_536 and box.moved == ["1"]


def test_a_mailbox_that_is_away_or_refuses_the_password_stops_nothing(house: House, settings: Any) -> None:
    settings.IMAP_URL = "imap://kontor:x@127.0.0.1:1/INBOX?tls=no"
    assert take_from_mailbox() == 0
