"""Signals are grouped by what their writers said, not by what the house's own forms say for them."""

import tomllib
from importlib import resources

import pytest

from kontor.back.improvement.models import Group, Membership
from kontor.bridge.cases.declaring import withdrawal_text, written_in
from kontor.bridge.cases.models import Case
from kontor.bridge.voice.models import Signal
from kontor.front.shop.tests.conftest import shop, visitor
from kontor.kernel.events.dispatching import deliver_all
from kontor.kernel.ids import uuid7
from tests.improvement.walk import complain

__all__ = ["shop", "visitor"]

REASONS = ("die Klingel klappert", "das Licht flackert bei Regen", "der Sattel rutscht")


def test_withdrawals_are_no_group_of_their_forms_sentence(shop, visitor):
    """Each is a signal of a withdrawal with what its writer said; who said a number only said nothing."""
    for place, reason in enumerate(REASONS):
        for language in ("de", "en"):
            visitor.client.cookies["kontor_language"] = language
            contract = f"A-47{place}{len(language)}1, weil {reason}"
            visitor.post(
                "/withdraw/", name="Anna Behrens", contract=contract, email=f"{language}{place}@example.org"
            )
    visitor.post("/withdraw/", name="Anna Behrens", contract="A-99123", email="anna@example.org")
    deliver_all()
    signals = list(Signal.objects.filter(reason="withdrawal"))
    assert len(signals) == 7 and Case.objects.filter(kind="withdrawal").count() == 7
    said = " ".join(signal.words for signal in signals)
    assert all(reason in said for reason in REASONS)
    for ours in ("widerrufe", "withdraw", "Vertrag", "contract", "Behrens", "Widerruf"):
        assert ours not in said
    assert sum(not signal.words for signal in signals) == 1
    assert max(Group.objects.values_list("size", flat=True)) == 2


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_topic_of_the_contact_form_is_nobodys_words(shop, visitor, language):
    visitor.client.cookies["kontor_language"] = language
    for text in ("Die Klingel klappert.", "Der Sattel rutscht nach hinten."):
        said = {"kind": "complaint", "order": "", "name": "Eva", "email": "eva@example.org", "message": text}
        assert "V-" in visitor.post("/site/contact/write/", key=str(uuid7()), **said)
    deliver_all()
    assert set(Signal.objects.values_list("words", flat=True)) == {
        "Die Klingel klappert.",
        "Der Sattel rutscht nach hinten.",
    }
    assert Group.objects.count() == 2


def test_a_mails_subject_is_its_writers(house):
    case = complain("Sie quietscht.", email="eva@example.org")
    Case.objects.filter(id=case.id).update(channel="mail", subject="Bremse hinten")
    deliver_all()
    assert Signal.objects.get().words == "Bremse hinten\n\nSie quietscht."


def test_wishes_of_the_demo_house_stand_in_groups_of_their_own(house):
    """A smaller frame is no kickstand, though both are wishes."""
    path = resources.files("kontor.config.demo").joinpath("voices.toml")
    wishes = [one for one in tomllib.loads(path.read_text("utf-8"))["matter"] if one["kind"] == "wish"]
    for place, wish in enumerate(wishes):
        complain(
            wish["text"], email=f"w{place}@example.org", kind="wish", language=wish.get("language", "de")
        )
    deliver_all()
    groups = dict(Membership.objects.values_list("signal__words", "group_id"))
    (frame,) = (group for words, group in groups.items() if "Rahmenhöhe" in words)
    stands = {group for words, group in groups.items() if "Ständer" in words}
    assert len(stands) == 1 and frame not in stands


def test_the_sentence_of_a_withdrawal_comes_off_again():
    for contract in ("A-1", "", "A-1, weil: zu groß. Name"):
        text = withdrawal_text(contract=contract, name="Anna", email="a@example.org")
        assert written_in(text) == contract
    assert written_in("Ich widerrufe.") == "Ich widerrufe."
