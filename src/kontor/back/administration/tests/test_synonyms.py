"""Synonyms as somebody in product conception keeps them: from a search in vain to a search that finds."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection
from django.db.transaction import atomic

from kontor.bridge.catalogue.errors import TooFewSynonyms
from kontor.bridge.catalogue.models import SynonymGroup
from kontor.bridge.catalogue.synonyms import keep_synonyms
from kontor.bridge.voice.models import Signal
from kontor.kernel.actor.identity import the_house
from kontor.kernel.ids import uuid7

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
PAGE = "/offerings/synonyms/"


@pytest.fixture
def clerk(house, staff_client):
    return staff_client("back", "product-conception")


def synonyms_of(word):
    with connection.cursor() as cursor:
        cursor.execute("SELECT kontor_synonyms(ARRAY[kontor_fold(%s)])", [word])
        return cursor.fetchone()[0] or []


def test_a_group_is_added_changed_and_taken_back(clerk):
    key = str(uuid7())
    answer = clerk.post(PAGE, {"key": key, "words": "Lampe, Licht;Lampe\nlight"})
    assert answer.status_code == 302 and SynonymGroup.objects.get().words == ["Lampe", "Licht", "light"]
    assert {"licht", "light"} <= set(synonyms_of("Lampen"))
    clerk.post(PAGE, {"key": key, "words": "Lampe, Licht, light"})
    assert SynonymGroup.objects.count() == 1, "the second press of the button finds the first group"
    clerk.post(f"{PAGE}{key}/", {"key": str(uuid7()), "words": "Lampe, Funzel"})
    assert SynonymGroup.objects.get().words == ["Lampe", "Funzel"] and "licht" not in synonyms_of("Lampe")
    for _ in range(2):
        assert clerk.post(f"{PAGE}{key}/remove/").status_code == 302
    assert not SynonymGroup.objects.exists() and synonyms_of("Lampe") == []


@pytest.mark.parametrize(
    "words",
    ["", "Lampe", "Lampe, lampe", "Lampe, rote Lampe!", "a, b", "<script>, Licht", "\0, Licht", "x" * 41 + ", Licht",
     ", ".join(f"wort{place}" for place in range(21)), "Licht, " * 200, "--, Licht", "Licht, %, _"],
)  # fmt: skip
def test_what_is_no_group_of_words_is_refused_with_words(clerk, words):
    answer = clerk.post(PAGE, {"key": str(uuid7()), "words": words})
    assert answer.status_code == 422 and not SynonymGroup.objects.exists()
    assert 'role="alert"' in answer.content.decode() or "error" in answer.content.decode()


def test_who_may_only_read_sees_no_form_and_cannot_write(house, staff_client):
    buyer = staff_client("back", "purchasing")
    page = buyer.get(PAGE)
    assert page.status_code == 200 and 'name="words"' not in page.content.decode()
    assert buyer.post(PAGE, {"key": str(uuid7()), "words": "Lampe, Licht"}).status_code == 403


def test_the_database_refuses_a_lonely_word(db):
    with pytest.raises(IntegrityError, match="synonyms_are_two_words_or_more"), atomic():
        SynonymGroup.objects.create(words=["Lampe"])
    with pytest.raises(TooFewSynonyms):
        keep_synonyms(key=uuid7(), words=["Lampe", "LAMPE"], by=the_house(), at=NOW)


def test_a_search_in_vain_leads_to_the_form_with_its_word(clerk, staff_client):
    heard = Signal.objects.create(
        key="search:1", kind="need", source="search", words="Stirnlampe & mehr", language="de", at=NOW
    )
    other = Signal.objects.create(
        key="wish:1", kind="need", source="wish", words="Rot", language="de", at=NOW
    )
    page = clerk.get(f"/design/signals/{heard.id}/").content.decode()
    assert f'href="{PAGE}?word=Stirnlampe%20%26%20mehr"' in page
    assert PAGE not in clerk.get(f"/design/signals/{other.id}/").content.decode()
    form = clerk.get(f"{PAGE}?word=Stirnlampe").content.decode()
    assert ">Stirnlampe</textarea>" in form.replace("\n", "").replace("\r", "")
