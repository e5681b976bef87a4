"""Mails that mean harm: bombs of headers and parts, loops without any sign, hidden words, files beyond counting."""

import time
from email.message import EmailMessage

import pytest

from kontor.bridge.cases.models import Attachment, Case, Interaction
from kontor.bridge.parties.models import House
from kontor.front.care.mail_in.parsing import MOST_FILES, read_mail
from kontor.front.care.mail_in.taking import Outcome
from kontor.front.care.models import IncomingMail
from kontor.front.care.tests.test_mail_in import case_of, mail, take
from kontor.kernel.tasks.models import Mail

HEAD = b"From: eva@example.org\nSubject: Bremse\n"
NESTED = b"".join(
    b"Content-Type: multipart/mixed; boundary=a%d\n\n--a%d\n" % (level, level) for level in range(150)
)


@pytest.mark.parametrize(
    ("raw", "fate"),
    [
        (b"".join(b"X-%d: y\n" % count for count in range(10_000)) + HEAD + b"\nHallo", "opened"),
        (b"To: kontor@weserrad.example\n" * 10_000 + HEAD + b"\nHallo", "opened"),
        (b"From: %s@\n" % (b"a" * 200) * 10_000 + b"\nHallo", "kept"),
        (HEAD + b"References: <a@b>\n" + b" <c@d>\n" * 100_000 + b"\nHallo", "opened"),
        (HEAD + b"Content-Type: image/png" + b";" * 1_000_000 + b"\n\nHallo", "opened"),
        (HEAD + b"Content-Type: image/png; name=" + b'"\\"' * 30_000 + b"\n\nHallo", "opened"),
        (HEAD + b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n\n" * 200_000, "kept"),
        (HEAD + NESTED + b"\n" * 300_000, "kept"),
        (HEAD + b"\n" + b"\n" * 2_000_000, "kept"),
        (HEAD + b"Content-Type: text/html\n\n" + b"<div>" * 400_000, "opened"),
        (HEAD + b"Content-Type: message/rfc822\n\n" * 5_000 + b"\nHallo", "kept"),
    ],
    ids=[
        *(
            "10,000 headers",
            "10,000 addressees",
            "10,000 senders",
            "100,000 references",
            "a header of semicolons",
        ),
        *("a header of quotes", "200,000 parts", "150 parts within parts", "2,000,000 lines", "deep HTML"),
        "5,000 mails within mails",
    ],
)
def test_a_bomb_is_taken_or_kept_within_seconds(house: House, raw: bytes, fate: str) -> None:
    begun = time.monotonic()
    assert take(raw).fate == fate
    # Before the limits, a megabyte of semicolons took a minute; on a busy machine this takes a second.
    assert time.monotonic() - begun < 15
    assert bytes(IncomingMail.objects.get().raw) == raw


def test_a_mail_of_twenty_megabytes_is_taken_with_its_file(house: House) -> None:
    message = mail()
    content = bytes(range(256)) * 57_000
    message.add_attachment(content, maintype="video", subtype="mp4", filename="bremse.mp4")
    assert 19_000_000 < len(message.as_bytes()) < 25 * 1024 * 1024
    assert take(message).fate == "opened"
    assert bytes(Attachment.objects.get().content) == content


def test_files_beyond_counting_are_kept_within_the_whole_mail(house: House) -> None:
    message = mail()
    for number in range(MOST_FILES + 15):
        message.add_attachment(b"x%d" % number, maintype="image", subtype="png", filename=f"{number}.png")
    raw = message.as_bytes()
    take(raw)
    names = list(Attachment.objects.order_by("id").values_list("name", flat=True))
    assert names == [*(f"{number}.png" for number in range(MOST_FILES)), "mail.eml"]
    whole = Attachment.objects.get(name="mail.eml")
    assert bytes(whole.content) == raw and whole.media_type == "message/rfc822"


def test_a_foot_in_plain_text_hides_no_words_in_html(house: House) -> None:
    message = EmailMessage()
    message.make_mixed()
    for content, subtype in (
        ("<p>Die Bremse ist <b>gebrochen</b>.</p>", "html"),
        ("Geprüft von AV", "plain"),
    ):
        part = EmailMessage()
        part.set_content(content, subtype=subtype)
        message.attach(part)
    message["From"], message["Subject"] = "eva@example.org", "Bremse"
    take(message)
    text = Interaction.objects.get().text
    assert "Die Bremse ist gebrochen." in text and "Geprüft von AV" in text


def test_what_is_said_in_two_ways_is_read_once() -> None:
    message = mail("Die Bremse quietscht.")
    message.add_alternative("<p>Die Bremse <i>quietscht</i>.</p>", subtype="html")
    assert read_mail(message.as_bytes()).text == "Die Bremse quietscht."


def test_a_machine_without_any_sign_that_answers_our_receipts_ends_there(house: House) -> None:
    """A ticket system that sets no header and answers each mail anew: its answers join, and no receipt follows one."""
    opened = case_of(take(mail("Bitte um ein Angebot.", From="tickets@example.net")))
    for count in range(5):
        last = Mail.objects.filter(recipient="tickets@example.net").latest("queued_at")
        answer = mail(
            f"[Ticket {count}] We have received your mail.", From="tickets@example.net", To=last.reply_to
        )
        assert take(answer) == Outcome("joined", opened.number)
    assert Case.objects.count() == 1
    assert Mail.objects.filter(recipient="tickets@example.net").count() == 1


def test_an_answer_that_comes_before_what_it_answers_finds_it_later(house: House) -> None:
    second = take(mail("Nachtrag: hinten.", In_Reply_To="<first@example.org>"))
    assert take(mail("Bremse quietscht.", Message_ID="<first@example.org>")) == Outcome(
        "joined", second.number
    )
    # Nobody else's mail is drawn into it by naming itself so.
    stranger = take(mail("Geld her.", Message_ID="<first@example.org>", From="mallory@example.net"))
    assert stranger.fate == "opened" and stranger.number != second.number
