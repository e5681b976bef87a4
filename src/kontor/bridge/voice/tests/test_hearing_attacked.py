"""Hearing under attack: two workers at once, out of order, strings made to hurt, endless ones, forged facts."""

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from kontor.bridge.cases.actions import Matter, SentFile, open_case
from kontor.bridge.cases.models import Case, Interaction
from kontor.bridge.voice.actions import hear_cases, hear_signals
from kontor.bridge.voice.hearing import NewSignal
from kontor.bridge.voice.models import Signal, SignalOrigin
from kontor.kernel.actor.identity import the_house
from kontor.kernel.events.models import Event
from kontor.kernel.ids import uuid7
from tests.trade import NOW, Trade, found_test_house

STRINGS = Path(__file__).resolve().parents[6] / "shared" / "data" / "strings"


def _bring(trade: Trade, text: str = "Die Bremse quietscht.", **changes: Any) -> Any:
    matter = Matter(
        id=uuid7(), kind="complaint", channel="mail", text=text, party_id=None,
        subject=changes.pop("subject", "Bremse"), **changes,
    )  # fmt: skip
    open_case(matter=matter, by=trade.by, at=NOW)
    return matter.id


def test_two_workers_hear_the_same_matters_at_once_and_write_them_once(own_database: None) -> None:
    """Delivered at least once, to whoever is there: one signal, one origin, one fact each."""
    found_test_house()
    trade = Trade()
    cases = [_bring(trade, f"Bremse {number}") for number in range(20)]
    begin, failed = threading.Barrier(4), list[BaseException]()

    def hear(ids: list[Any]) -> None:
        begin.wait()
        try:
            hear_cases(ids=ids, by=the_house(), at=NOW)
        except BaseException as problem:
            failed.append(problem)
            raise
        finally:
            connection.close()

    orders = (cases, cases[::-1], cases[10:] + cases[:10], cases)
    threads = [threading.Thread(target=hear, args=(order,)) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert failed == []
    assert (Signal.objects.count(), SignalOrigin.objects.count()) == (20, 20)
    assert Event.objects.filter(type="voice.SignalHeard").count() == 20


def test_names_of_files_and_later_letters_stay_behind_the_wall(trade: Trade) -> None:
    """Only the first letter's words are heard; what a file is called says who somebody is."""
    file = SentFile("Rechnung Wilhelmine Querfeld.pdf", "application/pdf", b"%PDF-")
    case = _bring(trade, "Rad klappert.", subject="Querfeld: Rad", name="Wilhelmine Querfeld", files=(file,))
    Interaction.objects.create(
        direction="internal", kind="note", text="Frau Querfeld ist die Chefin von Otto."
    )
    hear_cases(ids=[case], by=the_house(), at=NOW)
    assert Signal.objects.get().words == "[Name]: Rad\n\nRad klappert."


def test_who_a_matter_belongs_to_may_be_found_later(trade: Trade) -> None:
    """A clerk links the customer: the words are masked anew with what is known now, the origin follows."""
    party = trade.party(given_name="Ottokar", family_name="Zwirbel")
    case = _bring(trade, "Zwirbel hier, die Bremse quietscht.")
    hear_cases(ids=[case], by=the_house(), at=NOW)
    assert "Zwirbel" in Signal.objects.get().words
    Case.objects.filter(id=case).update(party_id=party.id)
    hear_cases(ids=[case], by=the_house(), at=NOW)
    assert Signal.objects.get().words == "Bremse\n\n[Name] hier, die Bremse quietscht."
    assert SignalOrigin.objects.get().party_id == party.id


def test_an_endless_letter_is_heard_up_to_four_thousand_characters(trade: Trade) -> None:
    """A mail may be longer than any form allows."""
    case = _bring(trade)
    Interaction.objects.update(text="Die Bremse quietscht. " * 50_000)
    hear_cases(ids=[case], by=the_house(), at=NOW)
    assert 3_000 < len(Signal.objects.get().words) <= 4_000


@pytest.mark.shared
def test_naughty_strings_are_heard_as_words(trade: Trade, staff_client: Any) -> None:
    """Hundreds of them at once; the feed shows them as text, and nothing is lost."""
    if not STRINGS.exists():
        pytest.skip("needs ../shared/data/strings, which lies outside the project")
    texts = json.loads((STRINGS / "blns.json").read_text("utf-8"))
    texts += (STRINGS / "xss.txt").read_text("utf-8").splitlines() + (STRINGS / "sqli.txt").read_text(
        "utf-8"
    ).splitlines()
    texts = [text for text in texts if text.strip()][:1500]
    hear_signals(
        signals=[
            NewSignal(key=f"n:{number}", kind="problem", source="case", text=text)
            for number, text in enumerate(texts)
        ],
        by=the_house(),
        at=NOW,
    )
    assert Signal.objects.count() == len(texts)
    client = staff_client("back", "product-conception")
    page = client.get("/design/?q=alert(").content.decode()
    assert "<script>alert" not in page.replace("&lt;script&gt;alert", "")
    assert client.get("/design/?q=%27%20OR%201%3D1").status_code == 200
    assert client.get("/design/?q=%00%25_%5C").status_code == 200
