"""Which of two columns is shown."""

import pytest
from django.utils.translation import deactivate_all, override

from kontor.kernel.language import in_german, reader_language


@pytest.mark.parametrize(
    ("chosen", "language"), [("de", "de"), ("de-at", "de"), ("en", "en"), ("en-gb", "en")]
)
def test_a_reader_has_one_of_two_languages(chosen, language):
    with override(chosen):
        assert reader_language() == language and in_german() == (language == "de")


def test_german_is_shown_where_nobody_chose():
    with override(None):
        deactivate_all()
        assert reader_language() == "de" and in_german()
