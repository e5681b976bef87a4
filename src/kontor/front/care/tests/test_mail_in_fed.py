"""150 real mails through the real taking: in order, in reverse, twice. Nothing is lost, doubled or run.

Figures are printed with ``-s -n 0``.
"""

import email
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from conftest import PlaneClient
from django.utils import timezone

from kontor.bridge.cases.actions import SentFile
from kontor.bridge.cases.models import Attachment, Case, CaseInteraction, Interaction
from kontor.bridge.parties.models import House
from kontor.front.care.mail_in.parsing import read_mail
from kontor.front.care.mail_in.sorting import sort_of
from kontor.front.care.mail_in.taking import Outcome, take_mail
from kontor.front.care.models import IncomingMail
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.events.models import Delivery
from kontor.kernel.ids import uuid7
from kontor.kernel.tasks.models import Mail

CORPUS = Path(__file__).resolve().parents[6] / "shared" / "data" / "mail"
pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpus of mails lies beside the project only"
)


@pytest.fixture
def clerk(house: House, staff_client: Callable[..., PlaneClient]) -> PlaneClient:
    return staff_client("desk", "care")


def _paths() -> list[Path]:
    found = [path for path in sorted(CORPUS.rglob("*")) if path.is_file()]
    return [path for path in found if "LICENSE" not in path.name and path.suffix not in (".md", ".sha256")]


def _files_of_a_person(path: Path) -> tuple[SentFile, ...]:
    mail = read_mail(path.read_bytes())
    return mail.files if sort_of(mail) == "person" else ()


def _feed(paths: Iterable[Path]) -> dict[str, Outcome]:
    fates = {}
    for path in paths:
        fates[path.relative_to(CORPUS).as_posix()] = take_mail(
            raw=path.read_bytes(), source="drop", by=the_house(), at=timezone.now()
        )
    deliver_all()
    assert list(Delivery.objects.exclude(error="").values_list("error", flat=True)) == []
    return fates


def _state() -> object:
    """All that mails can change."""
    return [
        list(IncomingMail.objects.order_by("id").values_list("id", "state", "reason", "case_number")),
        list(Case.objects.order_by("id").values_list("id", "state", "last_at", "email", "order_id")),
        list(CaseInteraction.objects.order_by("id").values_list("id", "case_id", "interaction_id")),
        list(Interaction.objects.order_by("id").values_list("id", "text", "quoted", "message_id")),
        list(Attachment.objects.order_by("id").values_list("id", "name", "size")),
        list(Mail.objects.order_by("id").values_list("id", "recipient", "subject")),
    ]


def _threads() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """What the corpus says: which mails of one sender name one another, and which have one Message-ID."""
    mails = {path.relative_to(CORPUS).as_posix(): read_mail(path.read_bytes()) for path in _paths()}
    linked, twins = defaultdict(set), defaultdict(set)
    for name, mail in mails.items():
        for other, found in mails.items():
            if name != other and mail.sender and mail.sender == found.sender and found.message_id:
                if found.message_id in mail.references:
                    linked[name].add(other)
                    linked[other].add(name)
                if found.message_id == mail.message_id:
                    twins[name].add(other)
    return linked, twins


@pytest.mark.parametrize("is_reversed", [False, True], ids=["in order", "in reverse"])
def test_real_mails_are_all_taken_or_kept_with_the_reason_and_once(house: House, is_reversed: bool) -> None:
    paths = _paths()[::-1] if is_reversed else _paths()
    fates = _feed(paths)
    contents = {path.read_bytes() for path in paths}
    assert {bytes(raw) for raw in IncomingMail.objects.values_list("raw", flat=True)} == contents
    for name, outcome in fates.items():
        assert outcome.fate != "kept" or outcome.reason, name
        assert outcome.fate not in ("opened", "joined") or outcome.number, name
    assert not IncomingMail.objects.filter(state="taken", case_number="").exists()
    assert not IncomingMail.objects.filter(state="kept", reason__in=("", "broken")).exists()
    _judge_threads(fates)

    before = _state()
    assert {outcome.fate for outcome in _feed(paths[::-1]).values()} == {"duplicate"}
    assert _state() == before
    # The same words under the same Message-ID are known, but not with files that nobody has yet.
    kept = {bytes(digest) for digest in Attachment.objects.values_list("sha256", flat=True)}
    assert kept == {sha256(file.content).digest() for path in paths for file in _files_of_a_person(path)}
    counts: dict[str, int] = defaultdict(int)
    for outcome in fates.values():
        counts[f"{outcome.fate} {outcome.reason}".strip()] += 1
    print(f"{len(fates)} mails: {dict(counts)}; {Attachment.objects.count()} files")


def _judge_threads(fates: dict[str, Outcome]) -> None:
    linked, twins = _threads()
    matters = defaultdict(set)
    for name, outcome in fates.items():
        if outcome.number:
            matters[outcome.number].add(name)
    placed = {name for names in matters.values() for name in names}
    wrong = []
    for name in placed:
        beside = matters[fates[name].number] - {name}
        related = linked[name] | {twin for other in linked[name] for twin in twins[other]} | twins[name]
        strangers = {
            other for other in beside if not linked[other] & (linked[name] | {name}) and other not in related
        }
        if strangers or (linked[name] and not beside & related):
            wrong.append(name)
    in_one = sum(1 for name in placed if linked[name])
    share = 1 - len(wrong) / len(placed)
    print(
        f"{share:.1%} of {len(placed)} mails lie in their thread; {in_one} name one another, wrong: {wrong}"
    )
    assert wrong == []


def _replies() -> list[tuple[str, str]]:
    """Replies without any header, as customers write them to an address of ours."""
    folders = (CORPUS / "crisp_email_reply_parser", CORPUS / "email_reply_parser")
    return [
        (path.name, path.read_text("utf-8", "replace"))
        for folder in folders
        for path in sorted(folder.iterdir())
    ]


def test_real_replies_join_what_they_answer_by_each_of_the_ways_mail_programmes_have(house: House) -> None:
    """65 replies in thirteen languages, by turns with In-Reply-To, References, the mark in subject and address."""
    right = 0
    replies = _replies()
    for turn, (name, words) in enumerate(replies):
        sender = f"{turn}@example.org"
        opened = take_mail(
            raw=_dressed("Wann kommt es?", sender, {}), source="drop", by=the_house(), at=timezone.now()
        )
        deliver_all()
        receipt = Mail.objects.get(recipient=sender)
        ways: tuple[dict[str, str], ...] = (
            {"In-Reply-To": f"<{receipt.id}@weserrad.example>"},
            {"References": f"<unknown@example.net> <{receipt.id}@weserrad.example>"},
            {"Subject": f"Re: {receipt.subject}"},
            {"To": receipt.reply_to},
        )
        answer = _dressed(words, sender, ways[turn % 4])
        outcome = take_mail(raw=answer, source="drop", by=the_house(), at=timezone.now())
        assert outcome.fate == "joined", name
        right += outcome.number == opened.number
    print(f"{right} of {len(replies)} replies joined what they answer")
    assert right == len(replies)
    assert Case.objects.count() == len(replies) and Interaction.objects.filter(text="").count() == 0


def _dressed(words: str, sender: str, headers: dict[str, str]) -> bytes:
    message = EmailMessage()
    stated = {"From": sender, "To": "kontor@weserrad.example", "Message-ID": f"<{uuid7()}@example.org>"}
    for name, value in (stated | headers).items():
        message[name] = value
    message.set_content(words)
    return message.as_bytes()


def test_the_files_of_real_mails_are_kept_byte_for_byte(house: House) -> None:
    """Counted by the other parser that the standard library has; each file is there as it was sent."""
    counted = 0
    for path in _paths():
        if sort_of(read_mail(path.read_bytes())) != "person":
            continue
        before = set(Attachment.objects.values_list("id", flat=True))
        outcome = take_mail(raw=path.read_bytes(), source="drop", by=the_house(), at=timezone.now())
        kept = [
            bytes(content)
            for content in Attachment.objects.exclude(id__in=before).values_list("content", flat=True)
        ]
        sent = list(_sent_files(path.read_bytes()))
        if outcome.fate in ("opened", "joined"):
            assert Counter(sent) <= Counter(kept), path.name
            counted += len(sent)
    print(f"{counted} files kept byte for byte")
    assert counted >= 10


def _sent_files(raw: bytes) -> Iterator[bytes]:
    """Mails inside of a mail are files of their own."""
    waiting: list[Any] = [email.message_from_bytes(raw)]
    while waiting:
        part = waiting.pop(0)
        if part.get_content_type() == "message/rfc822":
            yield part.get_payload(0).as_bytes()
        elif part.is_multipart():
            waiting.extend(part.get_payload())
        elif "attachment" in str(part["Content-Disposition"]) or part.get_filename():
            yield part.get_payload(decode=True)


def test_nothing_of_real_mails_is_run_and_all_words_are_read(house: House, clerk: PlaneClient) -> None:
    fates = _feed(_paths())
    for number in {outcome.number for outcome in fates.values() if outcome.number}:
        page = clerk.get(f"/inbox/{number}/").content.decode()
        thread = page[page.index("<main") : page.index("</main>")]
        assert not re.search(
            r"(?i)<(?:script|iframe|img|object|style|link|form[^>]+action=.https?)\b[^>]*(?:http|cid:)",
            thread,
        )
        assert not re.search(r"(?i)<[^>]+\son(?:click|error|load|mouseover)=", thread)
    texts = {
        name: Interaction.objects.filter(cases__case__number=outcome.number).order_by("id")[0]
        for name, outcome in fates.items()
        if outcome.fate == "opened"
    }
    charsets = "mail_gem/emails/multi_charset/"
    for name in ("japanese.eml", "japanese_iso_2022.eml", "japanese_shift_jis.eml"):
        assert re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", texts[charsets + name].text), name
    for name, contact in texts.items():
        assert "\0" not in contact.text, name
        assert not re.search(r"(?i)</(?:p|div|td|html|body|font)>", contact.text), name
    subject = Case.objects.get(number=fates["mail_gem/emails/plain_emails/raw_email.eml"].number).subject
    assert re.search(r"[\uac00-\ud7af]", subject), subject
