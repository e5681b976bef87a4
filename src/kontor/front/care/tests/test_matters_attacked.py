"""Matters under attack: two clerks, second clicks, circles, races with the customer, a killed worker, foreign eyes."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from conftest import PlaneClient, make_account, stranger
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kontor.bridge.cases.actions import Matter, open_case, write_again
from kontor.bridge.cases.models import Attachment, Case, Interaction
from kontor.bridge.documents.models import Document, DocumentFile
from kontor.bridge.parties.middleware import VISIT_COOKIE
from kontor.bridge.parties.models import House, Party, Token
from kontor.front.care.matters import actions, answering, errors, merging
from kontor.front.care.matters.answering import Answer
from kontor.front.care.matters.receiving import hear_again, receive_cases
from kontor.front.care.matters.telling import send_replies
from kontor.front.care.models import Draft, Snippet
from kontor.kernel.actor.identity import Actor, ActorKind, the_house
from kontor.kernel.errors import NotAllowed, Refusal
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.events.models import Event
from kontor.kernel.ids import uuid7
from kontor.kernel.membrane.session import new_token, token_hash
from kontor.kernel.tasks.models import Mail
from tests.trade import Trade, found_test_house

XSS = Path(__file__).resolve().parents[6] / "shared" / "data" / "strings" / "xss.txt"


def clerk_named(name: str) -> Actor:
    return Actor(ActorKind.STAFF, id=uuid7(), name=name, rights=frozenset({"cases.read", "cases.write"}))


LINDA, KIM = clerk_named("Linda"), clerk_named("Kim")


def now() -> datetime:
    return timezone.now()


def brought(**said: Any) -> Case:
    facts: dict[str, Any] = {
        "kind": "question",
        "channel": "form",
        "subject": "Bremse",
        "text": "Sie quietscht.",
    }
    facts |= {"party_id": None, "email": "eva@example.org", "name": "Eva Lund", "id": uuid7()} | said
    open_case(matter=Matter(**facts), by=the_house(), at=now())
    deliver_all()
    return Case.objects.get(id=facts["id"])


def answer(**said: Any) -> Answer:
    facts: dict[str, Any] = {
        "id": uuid7(),
        "text": "Wir helfen.",
        "sent_to": "eva@example.org",
        "seen": 1,
    } | said
    return Answer(**facts)


def written(case: Case, words: str = "Noch etwas.") -> Interaction:
    """What the customer adds, not yet heard."""
    party = Actor(ActorKind.CUSTOMER, party_id=case.party_id)
    key = uuid7()
    write_again(number=case.number, interaction_id=key, text=words, files=(), by=party, at=now())
    return Interaction.objects.get(id=key)


def link_of(party_id: Any) -> str:
    token = new_token()
    Token.objects.create(
        hash=token_hash(token), party_id=party_id, kind="link", expires_at=datetime(2099, 1, 1, tzinfo=UTC)
    )
    return token


def test_a_second_clerk_is_told_who_has_it(house: House) -> None:
    case = brought()
    actions.claim(number=case.number, by=LINDA, at=now())
    actions.claim(number=case.number, by=LINDA, at=now())
    for refused in (
        lambda: actions.claim(number=case.number, by=KIM, at=now()),
        lambda: actions.close(number=case.number, reason="solved", seen=1, by=KIM, at=now()),
        lambda: answering.reply(number=case.number, answer=answer(), by=KIM, at=now()),
    ):
        with pytest.raises(errors.HeldByOther, match="Linda"):
            refused()
    case.refresh_from_db()
    assert (case.claimed_by_name, case.state) == ("Linda", "open") and not Mail.objects.filter(
        key__contains="reply"
    )


@pytest.mark.usefixtures("own_database")
def test_of_two_clerks_at_the_same_instant_exactly_one_has_it() -> None:
    found_test_house()
    case = brought()
    told: list[str] = []

    def take(by: Actor) -> None:
        try:
            actions.claim(number=case.number, by=by, at=now())
            told.append("has it")
        except errors.HeldByOther as refusal:
            told.append(str(refusal.values["name"]))
        finally:
            connections.close_all()

    clerks = [clerk_named(f"Clerk {count}") for count in range(6)]
    threads = [Thread(target=take, args=(by,)) for by in clerks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    case.refresh_from_db()
    assert told.count("has it") == 1 and set(told) == {"has it", case.claimed_by_name}
    assert Event.objects.filter(type="care.CaseHandled", fact__what="claimed").count() == 1


def test_whoever_lacks_the_right_changes_nothing(house: House) -> None:
    case = brought()
    nobody = Actor(ActorKind.STAFF, id=uuid7(), name="Max", rights=frozenset({"cases.read"}))
    before = Case.objects.values().get()
    for refused in (
        lambda: actions.claim(number=case.number, by=nobody, at=now()),
        lambda: actions.put_back(number=case.number, by=nobody, at=now()),
        lambda: actions.close(number=case.number, reason="spam", seen=9, by=nobody, at=now()),
        lambda: actions.reopen(number=case.number, by=nobody, at=now()),
        lambda: answering.reply(number=case.number, answer=answer(), by=nobody, at=now()),
        lambda: answering.note(number=case.number, key=uuid7(), text="x", by=nobody, at=now()),
        lambda: answering.keep_draft(number=case.number, text="x", by=nobody, at=now()),
        lambda: merging.merge(number=case.number, into="V-1", by=nobody, at=now()),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert Case.objects.values().get() == before and not Draft.objects.exists()


def test_an_answer_that_is_sent_twice_is_one_mail(house: House) -> None:
    case, said = brought(), answer()
    assert answering.reply(number=case.number, answer=said, by=LINDA, at=now())
    assert not answering.reply(number=case.number, answer=said, by=LINDA, at=now())
    deliver_all()
    deliver_all()
    assert Interaction.objects.filter(direction="out").count() == 1
    assert Mail.objects.filter(key=f"cases.reply:{said.id}").count() == 1


def test_a_worker_killed_before_its_commit_mails_once_in_the_end(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, said = brought(), answer()
    answering.reply(number=case.number, answer=said, by=LINDA, at=now())

    def killed(_mail: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr("kontor.front.care.matters.telling.queue_mail", killed)
        with pytest.raises(KeyboardInterrupt):
            send_replies(ids=[said.id], by=the_house(), at=now())
    for _ in range(2):
        send_replies(ids=[said.id], by=the_house(), at=now())
    assert Mail.objects.filter(key=f"cases.reply:{said.id}").count() == 1
    assert Token.objects.filter(kind="link").count() == 2  # the receipt's and the answer's


def test_receiving_twice_changes_and_tells_nothing_more(house: House) -> None:
    case = brought()
    before = Case.objects.values().get()
    assert receive_cases(ids=[case.id], by=the_house(), at=now()) == 0
    assert Case.objects.values().get() == before and Mail.objects.count() == 1


def test_nobody_closes_or_answers_what_was_not_read(house: House) -> None:
    case = brought()
    late = written(case)
    with pytest.raises(errors.WrittenMeanwhile):
        actions.close(number=case.number, reason="solved", seen=1, by=LINDA, at=now())
    with pytest.raises(errors.WrittenMeanwhile):
        answering.reply(number=case.number, answer=answer(), by=LINDA, at=now())
    assert not Interaction.objects.filter(direction="out").exists()
    actions.close(number=case.number, reason="solved", seen=2, by=LINDA, at=now())
    # Closed by somebody who has read it, and heard by the worker only now: it is open again, once.
    assert hear_again(interactions=[late.id], by=the_house(), at=now()) == 1
    case.refresh_from_db()
    assert case.state == "open" and case.due_at is not None
    actions.close(number=case.number, reason="solved", seen=2, by=LINDA, at=now())
    assert hear_again(interactions=[late.id], by=the_house(), at=now()) == 0
    case.refresh_from_db()
    assert case.state == "closed"
    assert Event.objects.filter(type="cases.CaseReopened").count() == 1


def test_a_customer_who_writes_to_a_closed_matter_opens_it(house: House) -> None:
    case = brought()
    actions.close(number=case.number, reason="solved", seen=1, by=LINDA, at=now())
    deliver_all()
    assert Mail.objects.filter(key__startswith=f"cases.closed:{case.id}").count() == 1
    written(case)
    deliver_all()
    case.refresh_from_db()
    assert (case.state, case.closed_at, case.close_reason) == ("open", None, "")


def test_merging_copies_nothing_and_is_undone_without_loss(house: House) -> None:
    first, second, third = brought(), brought(text="Es quietscht wieder."), brought(text="Und noch einmal.")
    before = list(Case.objects.order_by("id").values("state", "due_at", "party_id", "claimed_by_id"))
    assert merging.merge(number=second.number, into=first.number, by=LINDA, at=now()) == first.number
    assert merging.merge(number=second.number, into=first.number, by=LINDA, at=now()) == first.number
    assert merging.merge(number=third.number, into=second.number, by=LINDA, at=now()) == first.number
    assert Interaction.objects.count() == 3
    with pytest.raises(errors.IsMerged, match=first.number):
        actions.claim(number=second.number, by=LINDA, at=now())
    merging.part(number=second.number, by=LINDA, at=now())
    merging.part(number=third.number, by=LINDA, at=now())
    with pytest.raises(errors.NotMerged):
        merging.part(number=third.number, by=LINDA, at=now())
    assert list(Case.objects.order_by("id").values("state", "due_at", "party_id", "claimed_by_id")) == before
    assert not Case.objects.exclude(merged_into=None).exists()


def test_no_merging_makes_a_circle(house: House) -> None:
    one, two, three = (brought() for _ in range(3))
    merging.merge(number=one.number, into=two.number, by=LINDA, at=now())
    merging.merge(number=two.number, into=three.number, by=LINDA, at=now())
    for into in (one.number, two.number, three.number):
        with pytest.raises(errors.MergedIntoItself):
            merging.merge(number=three.number, into=into, by=LINDA, at=now())


@pytest.mark.usefixtures("own_database")
def test_merging_round_in_a_ring_at_once_leaves_a_root() -> None:
    found_test_house()
    cases = [brought(text=f"Nummer {count}") for count in range(4)]

    def join(number: str, into: str) -> None:
        try:
            merging.merge(number=number, into=into, by=LINDA, at=now())
        except Refusal:
            pass
        finally:
            connections.close_all()

    ring = [(case.number, cases[(place + 1) % 4].number) for place, case in enumerate(cases)]
    threads = [Thread(target=join, args=pair) for pair in ring]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Case.objects.filter(merged_into=None).count() == 1


def test_what_customers_write_to_a_merged_matter_opens_its_target(house: House) -> None:
    target, merged = brought(), brought()
    merging.merge(number=merged.number, into=target.number, by=LINDA, at=now())
    actions.close(number=target.number, reason="solved", seen=2, by=LINDA, at=now())
    written(merged)
    deliver_all()
    target.refresh_from_db()
    assert target.state == "open"


def test_letters_of_two_customers_are_never_put_together(trade: Trade) -> None:
    anna, bert = trade.party(), trade.party(given_name="Bert")
    one = brought(party_id=anna.id, email=anna.email)
    two = brought(party_id=bert.id, email=bert.email)
    with pytest.raises(errors.OfOtherCustomers):
        merging.merge(number=one.number, into=two.number, by=LINDA, at=now())


def test_the_customers_page_follows_a_merging_and_shows_no_note(trade: Trade) -> None:
    anna = trade.party()
    target, merged = (
        brought(party_id=anna.id, email=anna.email, text=words) for words in ("Erstens", "Zweitens")
    )
    answering.note(number=target.number, key=uuid7(), text="Schwieriger Fall", by=LINDA, at=now())
    merging.merge(number=merged.number, into=target.number, by=LINDA, at=now())
    reader, token = stranger(), link_of(anna.id)
    page = reader.get(f"/o/{token}/matters/{merged.number}/", follow=True)
    words = page.content.decode()
    assert page.redirect_chain[-1][0].endswith(f"/matters/{target.number}/")
    assert "Erstens" in words and "Zweitens" in words and "Schwieriger Fall" not in words
    assert merged.number not in reader.get(f"/o/{token}/matters/").content.decode()


def test_another_customer_finds_neither_matter_nor_file(trade: Trade) -> None:
    anna, bert = trade.party(), trade.party(given_name="Bert")
    case = brought(party_id=anna.id, email=anna.email)
    file = Attachment.objects.create(
        interaction=Interaction.objects.get(), party_id=anna.id, name="a.txt", media_type="text/plain", size=1,
        sha256=b"1", content=b"1",
    )  # fmt: skip
    own = brought(party_id=bert.id, email=bert.email)
    reader, token = stranger(), link_of(bert.id)
    for path in (
        f"/o/{token}/matters/{case.number}/",
        f"/o/{token}/matters/{case.number}/rate/5/",
        f"/o/{token}/matters/{own.number}/files/{file.id}/",
        f"/o/{new_token()}/matters/{case.number}/",
        f"/o/{token}/matters/V-0/",
        f"/o/{token}/matters/%00/",
    ):
        assert reader.get(path).status_code == 404, path
    # Behind the login a stranger is asked to log in, for every number alike; whoever is somebody else finds nothing.
    for number in (case.number, "V-0"):
        for path in (f"/account/matters/{number}/", f"/account/matters/{number}/rate/5/"):
            page = reader.get(path)
            assert page.status_code == 302 and page["Location"].startswith("/account/login/?next="), path
    reader.cookies[VISIT_COOKIE] = token
    assert reader.get(f"/account/matters/{own.number}/").status_code == 200
    assert reader.get(f"/account/matters/{case.number}/").status_code == 404
    assert reader.get(f"/account/matters/{case.number}/rate/5/").status_code == 404
    response = reader.post(f"/o/{token}/matters/{case.number}/write/", {"key": str(uuid7()), "text": "Hallo"})
    assert response.status_code == 404 and Interaction.objects.count() == 2
    assert reader.post(f"/o/{token}/matters/{case.number}/rate/", {"rating": "1"}).status_code == 404


def test_a_link_that_opens_everything_of_a_customer_goes_to_their_own_address_only(trade: Trade) -> None:
    anna = trade.party()
    brought(party_id=anna.id, email="somebody.else@example.net")
    brought(party_id=anna.id, email=anna.email)
    away, home = (mail.text for mail in Mail.objects.order_by("queued_at", "id"))
    assert "/account/matters/" in away and "/o/" not in away
    assert "/o/" in home


def test_a_stranger_who_names_a_customers_address_sees_nothing_of_theirs(trade: Trade) -> None:
    """Neither their own form nor the link that is mailed opens more than that one case."""
    anna = trade.party()
    other = brought(party_id=anna.id, email=anna.email)
    case = brought(party_id=uuid7(), email=anna.email)
    assert case.party_id and case.party_id != anna.id and not Party.objects.filter(id=case.party_id).exists()
    reader = stranger()
    token = Mail.objects.get(key=f"cases.received:{case.id}").text.split("/o/")[1].split("/")[0]
    assert reader.get(f"/o/{token}/matters/{case.number}/").status_code == 200
    assert reader.get(f"/o/{token}/matters/{other.number}/").status_code == 404


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "{{ 7*7 }} {% csrf_token %}", "=HYPERLINK(1)", "田中 🚲 \u202eabc"]
)
def test_words_are_words_wherever_they_are_shown(
    house: House, staff_client: Callable[..., PlaneClient], words: str
) -> None:
    case = brought(subject=words, text=words, name=words, email="eva@example.org", stated_order=words)
    Snippet.objects.create(title=words, text_de=words + "{name}")
    clerk = staff_client("desk", "care")
    for path in ("/inbox/", f"/inbox/{case.number}/", "/inbox/snippets/", f"/inbox/?q={words[:5]}"):
        page = clerk.get(path).content.decode()
        assert "<script>alert" not in page and "49 " not in page
    token = Mail.objects.get().text.split("/o/")[1].split("/")[0]
    assert "<script>alert" not in stranger().get(f"/o/{token}/matters/{case.number}/").content.decode()


@pytest.mark.skipif(not XSS.is_file(), reason="the list of attacks lies beside the project only")
def test_a_thousand_attacks_are_shown_as_text(house: House, staff_client: Callable[..., PlaneClient]) -> None:
    lines = [line for line in XSS.read_text("utf-8", "replace").splitlines() if line.strip()]
    case = brought(text="\n\n".join(lines)[:19_000])
    page = staff_client("desk", "care").get(f"/inbox/{case.number}/").content.decode()
    thread = page.split('<ol class="thread">')[1].split("</ol>")[0]
    plain: tuple[str, ...] = (
        "<li",
        "</li",
        "<header",
        "</header",
        "<svg",
        "</svg",
        "<use",
        "<strong",
        "</strong",
        "<span",
        "</span",
    )
    plain += ("<time", "</time", "<div", "</div", "<p", "</p", "<br")
    assert all(f"<{tag}".startswith(plain) for tag in thread.split("<")[1:])


def test_files_that_are_too_many_too_large_or_empty_are_refused_with_the_reason(
    house: House, staff_client: Callable[..., PlaneClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = brought()
    clerk = staff_client("desk", "care")
    monkeypatch.setattr("kontor.bridge.cases.files.MOST_BYTES", 10)

    def send(*files: bytes) -> str:
        said = {"key": str(uuid7()), "seen": "1", "text": "Hallo", "to": case.email}
        named = [BytesIO(content) for content in files]
        for place, file in enumerate(named):
            file.name = f"{place}.txt"
        return clerk.post(
            f"/inbox/{case.number}/answer/", said | {"files": named}, follow=True
        ).content.decode()

    assert "größer als" in send(b"12345678901")
    assert "ist leer" in send(b"")
    assert "mehr als 10 Dateien" in send(*[b"1"] * 11)
    assert not Interaction.objects.filter(direction="out").exists()
    assert Draft.objects.get().text == "Hallo"


def test_drafts_are_each_clerks_own_and_go_when_sent(
    house: House, staff_client: Callable[..., PlaneClient]
) -> None:
    case = brought()
    linda, kim = staff_client("desk", "care"), staff_client("desk", "care")
    for client, words in ((linda, "Von Linda"), (kim, "Von Kim"), (linda, "Von Linda, besser")):
        assert client.post(f"/inbox/{case.number}/draft/", {"text": words}).status_code == 200
    assert "Von Linda, besser" in linda.get(f"/inbox/{case.number}/").content.decode()
    page = kim.get(f"/inbox/{case.number}/").content.decode()
    assert "Von Kim" in page and "Von Linda" not in page
    linda.post(
        f"/inbox/{case.number}/answer/", {"key": str(uuid7()), "seen": "1", "text": "Ja", "to": case.email}
    )
    assert list(Draft.objects.values_list("text", flat=True)) == ["Von Kim"]


def test_only_documents_of_the_customer_go_along(trade: Trade) -> None:
    anna, bert = trade.party(), trade.party(given_name="Bert")
    papers = []
    for party in (anna, bert):
        paper = Document.objects.create(
            kind="invoice", number=f"RE-{party.given_name}", party_id=party.id, subject_id=uuid7(),
            template_version="1", frozen={}, is_public=True,
        )  # fmt: skip
        DocumentFile.objects.create(
            document=paper, party_id=party.id, is_public=True, name=f"{paper.number}.pdf", media_type="application/pdf",
            content=b"%PDF", sha256=b"1",
        )  # fmt: skip
        papers.append(paper.id)
    case = brought(party_id=anna.id, email=anna.email)
    answering.reply(number=case.number, answer=answer(sent_to=anna.email, papers=papers), by=LINDA, at=now())
    assert list(Attachment.objects.values_list("name", flat=True)) == ["RE-Anna.pdf"]


def test_handing_over_needs_a_clerk_and_the_present_holder(house: House) -> None:
    case = brought()
    kim, stock = make_account("care"), make_account("warehouse")
    actions.claim(number=case.number, by=LINDA, at=now())
    with pytest.raises(errors.NoSuchClerk):
        actions.hand_over(number=case.number, to=stock.id, held_by=LINDA.id, by=LINDA, at=now())
    with pytest.raises(errors.HeldByOther):
        actions.hand_over(number=case.number, to=kim.id, held_by=KIM.id, by=KIM, at=now())
    assert actions.hand_over(number=case.number, to=kim.id, held_by=LINDA.id, by=KIM, at=now()) == kim.name
    case.refresh_from_db()
    assert case.claimed_by_id == kim.id


def test_the_inbox_costs_the_same_for_three_and_for_three_thousand(
    house: House, staff_client: Callable[..., PlaneClient]
) -> None:
    clerk = staff_client("desk", "care")
    case = brought()

    def cost(path: str) -> int:
        clerk.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert clerk.get(path).status_code == 200
        return sum("set_config" not in query["sql"] and "SET ROLE" not in query["sql"] for query in captured)

    paths = [f"/inbox/?view={view}" for view in ("mine", "unclaimed", "all", "waiting", "closed")]
    paths += ["/inbox/?q=Bremse", f"/inbox/{case.number}/"]
    few = [cost(path) for path in paths]
    row = Case.objects.values().get()
    Case.objects.bulk_create(
        Case(**row | {"id": uuid7(), "number": f"V-9{count}", "subject": f"Bremse {count}"})
        for count in range(3000)
    )
    many = [cost(path) for path in paths]
    assert few == many and max(many) <= 12, many
