"""``bench ear PATH``: how well signals are grouped, against labels that people gave, and how fast.

The messages are those of BANKING77 (Casanueva et al., 2020; CC BY 4.0), which stay outside the product: the path is
given. Labels are used to measure only; nothing is trained on them.
"""

import argparse
import csv
import gzip
import hashlib
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection, reset_queries

from kontor.back.improvement.grouping.graph import group
from kontor.back.improvement.grouping.measuring import Agreement, agreement
from kontor.back.improvement.grouping.vectors import Weights
from kontor.back.improvement.grouping.words import features
from kontor.back.improvement.matching import match_all
from kontor.back.improvement.models import Membership
from kontor.back.improvement.regrouping import regroup
from kontor.bridge.voice.models import Signal
from kontor.config.bench.ground import bench_database
from kontor.config.founding import Founding, found_house
from kontor.config.house import House
from kontor.config.progress import Progress, Tell, hidden
from kontor.config.words import HouseRefusal
from kontor.config.words import gettext_now as _
from kontor.kernel.actor.identity import the_house

_HOUSE = {
    "name": "Messung GmbH",
    "street": "Messweg 1",
    "postal_code": "28195",
    "city": "Bremen",
    "email": "messung@example.org",
    "phone": "0",
}
_FILE = "queries.csv.gz"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the labelled messages are; how many signals are timed."""
    parser.add_argument(
        "path", type=Path, nargs="?", help=_("the labelled messages, or the folder they are in")
    )
    parser.add_argument("--signals", type=int, default=10_000)


def measure(args: argparse.Namespace, house: House, progress: Progress = hidden) -> dict[str, Any]:
    """V-measure of the groups as suggested at once and as grouped anew, and the time for so many signals."""
    texts, labels = _read(args.path)
    start = time.process_time()
    groups = _grouped(texts)
    alone = time.process_time() - start
    with bench_database(house):
        rounds = len(texts) + 2 * max(args.signals, len(texts))
        with progress(_("Signals grouped"), rounds) as tell:
            at_once, anew, seconds = _through_the_house(texts, labels, args.signals, tell)
    return {
        "messages": len(texts),
        "labels": len(set(labels)),
        "grouping alone": _figures(agreement(labels, groups), len(set(groups)))
        | {"cpu_seconds": round(alone, 1)},
        "as heard, one after the other": at_once,
        "grouped anew": anew,
        **seconds,
    }


def grouping_alone(path: Path) -> tuple[Agreement, int]:
    """How the groups of all messages agree with the labels, without a database; and how many messages that were."""
    texts, labels = _read(path)
    return agreement(labels, _grouped(texts)), len(texts)


def _grouped(texts: Sequence[str]) -> list[int]:
    found = [features(text, "en") for text in texts]
    weights = Weights.of(found)
    return group([weights.vector(one) for one in found])


def _through_the_house(
    texts: Sequence[str], labels: Sequence[str], signals: int, tell: Tell
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """The same through the database, as the worker does it; then more signals for the clock."""
    found_house(founding=Founding(house=_HOUSE))
    at = datetime.now(UTC)
    ids = _write(texts, at)
    match_all(ids=ids, by=the_house(), at=at)
    tell(len(ids))
    at_once = _compared(ids, labels)
    regroup(by=the_house(), at=at)
    anew = _compared(ids, labels)
    tell(2 * len(ids))
    more = [texts[place % len(texts)] for place in range(len(texts), signals)]
    rest = _write(more, at)
    connection.force_debug_cursor = True
    reset_queries()
    start = time.monotonic()
    match_all(ids=rest, by=the_house(), at=at)
    matched = time.monotonic() - start
    statements = len(connection.queries_log)
    connection.force_debug_cursor = False
    tell(2 * len(ids) + len(rest))
    start, worked = time.monotonic(), time.process_time()
    regroup(by=the_house(), at=at)
    done, worked = time.monotonic() - start, time.process_time() - worked
    tell(3 * len(ids) + 2 * len(rest))
    return (
        at_once,
        anew,
        {
            "signals": signals,
            "seconds to group them anew": round(done, 1),
            "cpu seconds to group them anew": round(worked, 1),
            "milliseconds a signal, as heard": round(matched * 1000 / max(len(rest), 1), 2),
            "statements a signal, as heard": round(statements / max(len(rest), 1), 3),
        },
    )


def _write(texts: Sequence[str], at: datetime) -> list[Any]:
    before = Signal.objects.count()
    made = Signal.objects.bulk_create(
        [
            Signal(
                key=f"bench:{before + place}",
                kind="problem",
                source="case",
                words=text,
                language="en",
                at=at - timedelta(days=30) + timedelta(seconds=before + place),
            )
            for place, text in enumerate(texts)
        ],
        batch_size=2000,
    )
    return [signal.id for signal in made]


def _compared(ids: Sequence[Any], labels: Sequence[str]) -> dict[str, Any]:
    homes = dict(Membership.objects.filter(signal__in=ids).values_list("signal_id", "group_id"))
    groups = [homes[signal] for signal in ids]
    return _figures(agreement(labels, groups), len(set(groups)))


def _figures(found: Agreement, groups: int) -> dict[str, Any]:
    return {
        "V-measure": round(found.v_measure, 3),
        "homogeneity": round(found.homogeneity, 3),
        "completeness": round(found.completeness, 3),
        "groups": groups,
    }


def _read(path: Path | None) -> tuple[list[str], list[str]]:
    """Messages and labels, in an order of their own (by hash), so that labels do not come in blocks."""
    file = path / _FILE if path is not None and path.is_dir() else path
    if file is None or not file.is_file():
        raise HouseRefusal(
            _(
                "The labelled messages are not part of Kontor. Name the folder of BANKING77: ./kontor bench ear PATH."
            )
        )
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        rows = [(row["text"], row["intent"]) for row in csv.DictReader(lines)]
    rows.sort(key=lambda row: hashlib.sha256(row[0].encode()).digest())
    return [text for text, _label in rows], [label for _text, label in rows]
