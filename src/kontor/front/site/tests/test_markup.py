"""What people write never becomes foreign code, and facts of the house are put in as words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontor.front.site.markup import first_words, questions_in, to_html, to_plain

FACTS = {"name": "A*B & <Sons>", "email": "moin@example.org"}


def html(text):
    return str(to_html(text, FACTS, lambda part: f"<hr data-part={part}>"))


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,AAAA)",
        "![x](https://example.org/pixel.png)",
        "<p>[[imprint]]</p>",
    ],
)
def test_no_foreign_code_and_no_foreign_pictures(text):
    drawn = html(text)
    for bad in ("<script", "<img", 'href="javascript', 'href="data', "<hr"):
        assert bad not in drawn


@given(st.text())
def test_any_text_can_be_drawn(text):
    drawn = html(text)
    assert "<script" not in drawn.lower() and isinstance(first_words(text, FACTS), str)
    to_plain(text, FACTS, base_url="https://example.org")


def test_facts_are_words_and_parts_stand_alone():
    assert "A*B &amp; &lt;Sons&gt;" in html("We are [[name]].")
    assert "<hr data-part=imprint>" in html("Before\n\n[[imprint]]\n\nAfter")
    assert "<hr" not in html("In a line [[imprint]] it stays")
    assert "[[unknown]]" in html("A word [[unknown]] nobody knows")


def test_headings_begin_below_the_pages_own():
    assert "<h1" not in html("# Big\n\n## Small") and html("# Big").startswith("<h2>")


def test_questions_unfold():
    before, found = questions_in("Hello\n\n## How?\n\nLike *this*\n\n## Why?\n\nSo", FACTS, lambda _part: "")
    assert "Hello" in before and [one.words for one in found] == ["How?", "Why?"]
    assert found[0].plain == "Like this" and "<em>this</em>" in found[0].answer


def test_mails_read_as_plain_words():
    text = to_plain(
        "## Head\n\nSee [help](/site/help/).\n\n- one\n- two\n\n[[places]]",
        FACTS,
        base_url="https://x.example",
    )
    assert text == "Head\n\nSee help <https://x.example/site/help/>.\n\n- one\n- two"
