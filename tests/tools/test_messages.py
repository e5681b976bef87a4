"""The catalogue, seen by a German reader and by whoever forgot to translate."""

import gettext
import io
import os

import pytest

from kontor.config import catalogue
from tools.messages import problems, skeleton, uses_in

GERMAN = """
# a comment
msgid "Order %(number)s is cancelled."
msgstr "Der Auftrag %(number)s ist storniert."

msgctxt "till"
msgid "Open"
msgstr "Öffnen"

msgid "%(count)d order"
msgid_plural "%(count)d orders"
msgstr[0] "%(count)d Auftrag"
msgstr[1] ""
"%(count)d "
"Aufträge"
"""
PYTHON = """
_("Order %(number)s is cancelled.")
pgettext("till", "Open")
translation.ngettext("%(count)d order", "%(count)d orders", 3)
"""


@pytest.fixture
def room(tmp_path):
    (tmp_path / "templates" / "orders").mkdir(parents=True)
    return tmp_path


def messages(tmp_path, text=GERMAN):
    file = tmp_path / "orders.po"
    file.write_text(text, "utf-8")
    return list(catalogue.read_part(file))


def complaints(room, python=PYTHON, german=GERMAN, same=()):
    (room / "views.py").write_text(python, "utf-8")
    return problems(uses_in(room), messages(room, german), frozenset(same))


def test_a_complete_catalogue_is_well(room):
    assert complaints(room) == []


@pytest.mark.parametrize(
    ("complaint", "python", "german"),
    [
        ("no German for 'Stock'", PYTHON + '_("Stock")', GERMAN),
        ("no German for 'Order", PYTHON, GERMAN.replace("Der Auftrag %(number)s ist storniert.", "")),
        ("fuzzy", PYTHON, GERMAN.replace("# a comment", "#, fuzzy")),
        ("obsolete", PYTHON.replace('_("Order %(number)s is cancelled.")', ""), GERMAN),
        ("other placeholders", PYTHON, GERMAN.replace("Auftrag %(number)s", "Auftrag")),
        ("other placeholders", PYTHON, GERMAN.replace("Auftrag %(number)s", "Auftrag %(nummer)s")),
        ("percent sign", PYTHON, GERMAN.replace("storniert", "100 % storniert")),
        ("equals the English", PYTHON, GERMAN.replace("Öffnen", "Open")),
        ("translated otherwise", PYTHON, GERMAN + '\nmsgctxt "till"\nmsgid "Open"\nmsgstr "Auf"\n'),
    ],
)
def test_what_is_wrong_is_named(room, complaint, python, german):
    found = complaints(room, python, german)
    assert len(found) == 1
    assert complaint in found[0]


def test_a_word_that_is_the_same_in_both_languages_can_be_listed(room):
    assert complaints(room, german=GERMAN.replace("Öffnen", "Open"), same=["Open"]) == []


def test_sentences_of_templates_are_found_as_django_looks_them_up(room):
    (room / "templates" / "orders" / "page.html").write_text(
        '{% translate "Save" %}{% blocktranslate count n=orders|length trimmed %}\n  one {{ n }}\n'
        "{% plural %}\n  many {{ n }}\n{% endblocktranslate %}"
        '{{ _("Shown") }}{% button label=_("Press") %}{{ x|default:_("Nothing") }}'
        '{% translate "50 %" context "tax" %}',
        "utf-8",
    )
    assert {use.key for use in uses_in(room)} == {
        ("", "Save", ""),
        ("", "one %(n)s", "many %(n)s"),
        ("", "Shown", ""),
        ("", "Press", ""),
        ("", "Nothing", ""),
        ("tax", "50 %%", ""),
    }


def test_tests_and_migrations_have_no_words_for_people(room):
    for folder in ("tests", "migrations"):
        (room / folder).mkdir()
        (room / folder / "x.py").write_text('_("Hidden")', "utf-8")
    assert list(uses_in(room)) == []


def test_what_is_missing_is_printed_ready_to_be_filled_in(room):
    (room / "views.py").write_text('_("New \\"one\\"")\nngettext("%(n)d a", "%(n)d b", 2)', "utf-8")
    text = skeleton(uses_in(room), [])
    assert 'msgid "New \\"one\\""\nmsgstr ""' in text
    assert 'msgid_plural "%(n)d b"\nmsgstr[0] ""\nmsgstr[1] ""' in text
    assert len(messages(room, text)) == 2


def test_the_compiled_catalogue_is_what_gettext_reads(tmp_path):
    found = messages(tmp_path)
    read = gettext.GNUTranslations(io.BytesIO(catalogue.compiled(found)))
    assert read.gettext("Order %(number)s is cancelled.") == "Der Auftrag %(number)s ist storniert."
    assert read.pgettext("till", "Open") == "Öffnen"
    assert read.ngettext("%(count)d order", "%(count)d orders", 2) == "%(count)d Aufträge"
    assert read.gettext("unknown") == "unknown"


def test_a_line_that_is_not_gettext_is_refused_by_name(tmp_path):
    with pytest.raises(catalogue.CatalogueError, match=r"orders\.po:1"):
        messages(tmp_path, "msgid no quotes")


def test_the_catalogue_is_compiled_when_a_part_is_newer_and_only_then(tmp_path, monkeypatch):
    parts, target = tmp_path / "parts", tmp_path / "out" / "django.mo"
    parts.mkdir()
    monkeypatch.setattr(catalogue, "PARTS", parts)
    monkeypatch.setattr(catalogue, "COMPILED", target)
    monkeypatch.setattr(catalogue.read_parts, "__defaults__", (parts,))
    part = parts / "orders.po"
    part.write_text(GERMAN, "utf-8")
    os.utime(part, (1_000, 1_000))
    os.utime(parts, (1_000, 1_000))
    catalogue.ensure_compiled()
    first = target.stat().st_ino
    catalogue.ensure_compiled()
    assert target.stat().st_ino == first
    part.write_text(GERMAN.replace("storniert", "gestrichen"), "utf-8")
    os.utime(part, (4_000_000_000, 4_000_000_000))
    catalogue.ensure_compiled()
    with target.open("rb") as stream:
        assert "gestrichen" in gettext.GNUTranslations(stream).gettext("Order %(number)s is cancelled.")
