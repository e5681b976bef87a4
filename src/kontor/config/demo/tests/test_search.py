"""What a visitor of the demo shop finds who types as people type: in two languages, with slips, in compounds."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import connection

from kontor.bridge.catalogue.actions import publish
from kontor.bridge.catalogue.models import StorefrontGroup
from kontor.bridge.catalogue.synonyms import forget_synonyms, keep_synonyms
from kontor.config.demo.goods import load_catalogue
from kontor.kernel.actor.identity import the_house
from kontor.kernel.ids import uuid7
from kontor.kernel.transactions import transaction

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)

# What is typed, and the shelf that all the first three found stand on.
FINDS = {
    # The shop's main word, with one slip or two that sound the same.
    "Fahrrad": "bikes", "farrad": "bikes", "farad": "bikes", "fahrad": "bikes", "Fahrrd": "bikes", "fahrat": "bikes",
    "bicycle": "bikes", "bycicle": "bikes", "rotes Fahrrad": "bikes", "mountian bike": "bikes",
    # Letters exchanged, left out, doubled, others.
    "hlem": "helme", "helmt": "helme", "helmet": "helme", "Satel": "saettel", "sattl": "saettel", "Sadle": "saettel",
    "saddel": "saettel", "Handschue": "handschuhe", "handshuhe": "handschuhe", "glovs": "handschuhe",
    "tricot": "trikots", "jersy": "trikots", "lihgt": "beleuchtung", "Brmese": "bremsen", "peddals": "pedale",
    "chian": "ketten", "Kete": "ketten", "pmup": "luftpumpen", "sokcen": "socken",
    # Compounds are what their last part says.
    "Fahrradhelm": "helme", "fahradhelm": "helme", "Kinderhelm": "helme", "Rennrad-Helm": "helme",
    "Fahrradschloss": "schloesser", "Fahrradpumpe": "luftpumpen", "Fahrradkette": "ketten",
    "Fahrradlicht": "beleuchtung", "trinkflashe": "flaschen-und-halter", "waterbottle": "flaschen-und-halter",
    # Words that never stand together: the one that says more.
    "Fahrrad Helm": "helme", "bike helmet": "helme",
    # What means the same, as the house says: also misspelt, in compounds, in the plural, in the other language.
    "Lampe": "beleuchtung", "Lampen": "beleuchtung", "Lmape": "beleuchtung", "Fahrradlampe": "beleuchtung",
    "Leuchte": "beleuchtung", "Velo": "bikes", "Drahtesel": "bikes", "Shirt": "trikots", "Schirt": "trikots",
    "Oberteil": "trikots", "Diebstahlschutz": "schloesser", "padlock": "schloesser", "Mantel": "reifen-und-schlaeuche",
    "tire": "reifen-und-schlaeuche", "Kotflügel": "schutzbleche", "fenders": "schutzbleche",
    "Bidon": "flaschen-und-halter",
    "Satteltasche": "packtaschen", "Rucksack": "trinkrucksaecke", "Kappe": "muetzen", "Strümpfe": "socken",
    "Kopfschutz": "helme", "Lampe Fahrrad": "beleuchtung",
}  # fmt: skip
NONSENSE = (
    "Klavier", "rotes Klavier", "Waschmaschine", "Katzenfutter", "Zeitalter", "Handtasche", "Turnschuhe",
    "laptop", "sonne", "dose", "gumboots", "zzzzqqqq",
)  # fmt: skip


@transaction
def _load() -> None:
    load_catalogue(at=NOW)


@pytest.fixture
def shown(house) -> None:
    _load()
    publish(by=the_house(), at=NOW)


@pytest.fixture
def house_says():
    def say(*words: str) -> UUID:
        return keep_synonyms(key=uuid7(), words=words, by=the_house(), at=NOW).id

    return say


def found(text: str) -> list[StorefrontGroup]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT group_id, rank FROM kontor_search(%s)", [text])
        rank = dict(cursor.fetchall())
    groups = StorefrontGroup.objects.filter(group_id__in=rank)
    return sorted(groups, key=lambda group: (-rank[group.group_id], group.position))


def shelves(text: str) -> set[str]:
    return {
        "bikes" if group.top_category_slug == "fahrraeder" else group.category_slug
        for group in found(text)[:3]
    }


def test_words_are_found_as_people_type_them(shown):
    assert {text: shelves(text) for text in FINDS} == {text: {shelf} for text, shelf in FINDS.items()}


def test_no_hit_is_better_than_nonsense(shown):
    assert {text: [group.name_de for group in found(text)] for text in NONSENSE} == {
        text: [] for text in NONSENSE
    }


def test_what_a_thing_is_comes_before_what_it_is_for(shown):
    assert [group.name_de for group in found("Schlauch")][:3] == [
        "Mountainbike-Schlauch", "Tourenrad-Schlauch", "Rennrad-Schlauch",
    ]  # fmt: skip
    assert found("Flasche")[0].name_de.startswith("Trinkflasche")
    assert found("Fahrrad")[0].top_category_slug == "fahrraeder", "not the cleaner for bicycles"


def test_the_word_itself_comes_before_what_means_the_same(shown):
    plain = found("Scheinwerfer")
    assert plain[0].name_de.startswith(("Scheinwerfer", "Doppelscheinwerfer"))
    assert {group.slug for group in found("Lampe")} >= {group.slug for group in plain}


def test_a_synonym_counts_only_where_it_says_what_a_thing_is(shown, house_says):
    house_says("Gaul", "Rahmen")
    assert found("Gaul") and all(
        "rahmen" in f"{group.words_de} {group.category_slug}" for group in found("Gaul")
    )
    house_says("Knilch", "Road")  # it begins the names of bicycles, and ends none
    StorefrontGroup.objects.exclude(words_en__contains="roadx").update(
        words_de="roadwerk", words_en="roadwork"
    )
    assert found("Knilch") == []


def test_what_the_house_takes_back_means_nothing_any_more(shown, house_says):
    key = house_says("Zossen", "Helm")
    assert {group.category_slug for group in found("Zossen")} == {"helme"}
    forget_synonyms(key=key, by=the_house(), at=NOW)
    assert found("Zossen") == []


def test_words_of_what_is_no_longer_shown_lead_nowhere(shown):
    StorefrontGroup.objects.filter(category_slug="helme").delete()
    assert found("hlem") == [] == found("Fahrradhelm")


def test_the_public_plane_may_search(shown, as_role):
    with as_role("kontor_public"):
        assert found("hlem") and found("Fahrradhelm")


@pytest.mark.parametrize(
    ("typed", "meant", "is_slip"),
    [("hlem", "helm", True), ("helmm", "helm", True), ("hel", "helm", True), ("halm", "helm", False),
     ("lampe", "pumpe", False), ("lampe", "rampe", False), ("satter", "sattel", True), ("helm", "helm", True),
     ("tikort", "trikot", False), ("", "a", False)],
)  # fmt: skip
def test_a_slip_is_one_letter_or_two_exchanged(db, typed, meant, is_slip):
    with connection.cursor() as cursor:
        cursor.execute("SELECT kontor_is_slip(%s, %s)", [typed, meant])
        assert cursor.fetchone() == (is_slip,)


def test_near_words_are_found_by_indexes_never_by_comparing_them_all(shown):
    asked = {
        "catalogue_word_by_slips": "SELECT FROM catalogue_word WHERE slips && kontor_slips('hlem')",
        "catalogue_word_by_sound": "SELECT FROM catalogue_word WHERE sound = ANY (ARRAY[kontor_sound('farrad')])",
        "storefront_words": "SELECT FROM catalogue_storefrontgroup WHERE words_de || ' ' || words_en LIKE '%helm%'",
    }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for index, question in asked.items():
            cursor.execute(f"EXPLAIN {question}")
            assert index in "".join(row[0] for row in cursor.fetchall())
