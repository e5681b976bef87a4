"""A customer among many who want the same few pieces, through the real shop."""

from argparse import Namespace

import pytest

from kontor.config.bench import oversell
from kontor.config.bench.buyers import hidden_fields, messages


@pytest.mark.slow
def test_more_buyers_than_pieces_sell_exactly_what_there_is(bench_house):
    result = oversell.measure(Namespace(buyers=[12], pieces=[4]), bench_house)
    rush = result["rushes"][0]
    assert (rush["sold"], rush["refused"], rush["error_pages"]) == (4, 8, 0)
    assert result["exact"] is True


def test_a_buyer_reads_forms_and_messages_as_a_browser_does():
    page = (
        '<div class="toasts"><div class="toast tone-bad"><svg><use href="#x"/></svg>'
        "<p>There is not enough left.</p></div></div>"
        '<form action="/other/"><input type="hidden" name="a" value="1"></form>'
        '<form action="/here/"><input type="hidden" name="b" value="2"><input name="c" value="3"></form>'
    )
    assert messages(page) == "There is not enough left."
    assert hidden_fields(page, action="/here/") == {"b": "2"}
