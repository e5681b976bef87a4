"""Grouping is measured on real messages that people labelled; they stay outside the project."""

from argparse import Namespace
from pathlib import Path

import pytest

from kontor.config.bench import ear
from kontor.config.words import HouseRefusal

BANKING = Path(__file__).parents[3] / "shared/data/banking77"


def test_without_the_messages_the_bench_says_where_they_are_to_be_named():
    with pytest.raises(HouseRefusal, match="BANKING77"):
        ear.measure(Namespace(path=None, signals=1), None)


@pytest.mark.slow
@pytest.mark.skipif(not BANKING.is_dir(), reason="the labelled messages of BANKING77 are not on this machine")
def test_real_messages_are_grouped_about_as_people_labelled_them():
    found, texts = ear.grouping_alone(BANKING)
    assert texts == 5317 and found.v_measure > 0.68
