"""Advisory locks are numbers that know nothing of each other: two rooms with one number would wait for each other."""

import re
from collections import defaultdict

from kontor.config.house import PROJECT

_NUMBER = re.compile(r"\b73\d{5}\b")


def test_every_advisory_lock_has_one_place():
    places = defaultdict(set)
    for pattern in ("*.sql", "*.py"):
        for file in (PROJECT / "src").rglob(pattern):
            for number in _NUMBER.findall(file.read_text("utf-8").replace("_", "")):
                places[number].add(file.relative_to(PROJECT))
    assert len(places) >= 6
    assert {number: files for number, files in places.items() if len(files) > 1} == {}
