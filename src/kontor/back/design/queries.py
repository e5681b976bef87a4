"""What product conception reads: signals, the articles they are about, how many of these were sold. Never who."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Left, TruncWeek, Upper

from kontor.back.design.models import Digest
from kontor.back.design.reading import ALIAS
from kontor.bridge.cases.models import Case
from kontor.bridge.catalogue.models import Category, Offering
from kontor.bridge.voice.models import Signal
from kontor.kernel.actor.models import StaffAccount
from kontor.kernel.errors import NotFound
from kontor.kernel.house import house_zone
from kontor.kernel.language import in_german
from kontor.kernel.sql import Statements

WEEKS = 13
MOST_OFFERINGS = 200
FEW_SOLD = 30
SHORT = 280
"""So many characters of a signal's words stand in the feed; its own page has them all."""
# The words of other rooms' choices.
KINDS: Mapping[str, Any] = dict(Signal.Kind.choices)
SOURCES: Mapping[str, Any] = dict(Signal.Source.choices)
MATTERS: Mapping[str, Any] = dict(Case.Kind.choices)
CLOSE_REASONS: Mapping[str, Any] = dict(Case.CloseReason.choices)
_KEPT_SECONDS = 60.0
_PAST_SECONDS = 300.0
_DEPARTMENT = "product-conception"
_sql = Statements(__package__, using=ALIAS)


@dataclass(frozen=True, slots=True)
class OfferingCount:
    """Signals of an article in a period, and how many of it were ordered in the same period."""

    id: UUID
    number: str
    name: str
    problems: int
    needs: int
    sold: Decimal
    last_at: datetime

    @property
    def is_vague(self) -> bool:
        """Whether too few were sold for a figure per thousand to say much."""
        return self.sold < FEW_SOLD

    @property
    def per_thousand(self) -> Decimal | None:
        """Problems per thousand sold; None where none was sold."""
        return round(self.problems * 1000 / self.sold, 1) if self.sold > 0 else None


@dataclass(frozen=True, slots=True)
class DayCounts:
    """What was heard on a day: by source, by article (the most first), and the latest words."""

    on: date
    sources: Sequence[tuple[str, str, int]]  # kind, source, times
    offerings: Sequence[OfferingCount]
    signals: Sequence[Any]

    @property
    def problems(self) -> int:
        """How many problems were heard."""
        return sum(times for kind, _source, times in self.sources if kind == "problem")

    @property
    def needs(self) -> int:
        """How many needs were heard."""
        return sum(times for kind, _source, times in self.sources if kind == "need")


def signal_rows(_actor: Any) -> QuerySet[Any, Any]:
    """All signals but spam, as rows of the feed."""
    name = "name_de" if in_german() else "name_en"
    rows = Signal.objects.using(ALIAS).exclude(outcome="spam")
    rows = rows.annotate(
        number=F("offering__number"), name=F(f"offering__{name}"), short=Left("words", SHORT)
    )
    read: QuerySet[Any, Any] = rows.values(
        *("id", "at", "kind", "source", "reason", "short", "words", "number", "name", "lot"),
        *("stars", "times", "outcome", "language"),
    )
    return read


def by_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Signals whose words contain the text, or whose lot or article's number begins with it."""
    found = Q(words__icontains=text) | Q(lot=text)
    offerings = Offering.objects.using(ALIAS).annotate(folded=Upper("number")).only("id")
    ids = list(offerings.filter(folded__startswith=text.upper()).values_list("id", flat=True)[:100])
    return rows.filter(found | Q(offering_id__in=ids)) if ids else rows.filter(found)


def in_category(rows: QuerySet[Any], category: str) -> QuerySet[Any]:
    """Signals about articles of a category or of one below it."""
    return rows.filter(
        Q(offering__group__category_id=category) | Q(offering__group__category__parent_id=category)
    )


class _Kept:
    """Choices of filters: asked once a minute in each process and language."""

    def __init__(self, ask: Callable[[], list[tuple[str, str]]]) -> None:
        self._ask = ask
        self._known: dict[bool, tuple[float, list[tuple[str, str]]]] = {}

    def __call__(self) -> list[tuple[str, str]]:
        at, found = self._known.get(in_german(), (float("-inf"), []))
        if time.monotonic() - at > _KEPT_SECONDS:
            found = self._ask()
            self._known[in_german()] = (time.monotonic(), found)
        return found

    def forget(self) -> None:
        """Ask again at the next question."""
        self._known.clear()


def _categories() -> list[tuple[str, str]]:
    rows = Category.objects.using(ALIAS).order_by("name_de" if in_german() else "name_en")
    return [(str(pk), name) for pk, name in rows.values_list("id", "name_de" if in_german() else "name_en")]


def _lots() -> list[tuple[str, str]]:
    return [(row.lot, row.lot) for row in _sql.rows("lots")]


categories = _Kept(_categories)
lots = _Kept(_lots)


def forget_choices() -> None:
    """Let this process ask for the choices of filters anew."""
    categories.forget()
    lots.forget()


type Weeks = list[tuple[date, int, int]]


class _Past:
    """The weeks before this one, of the whole feed: hardly ever amended, so a process keeps them for five minutes."""

    weeks: Weeks = []
    monday: date | None = None
    read_at = 0.0


def weeks_of_all(actor: Any, until: datetime) -> Weeks:
    """``weeks_of`` for the whole feed; only the present week is counted anew each time. One statement, at times two."""
    monday = _monday(until)
    is_old = time.monotonic() - _Past.read_at > _PAST_SECONDS
    if _Past.monday != monday or is_old or connections[ALIAS].in_atomic_block:
        _Past.weeks = _counted(signal_rows(actor), monday - timedelta(weeks=WEEKS - 1), WEEKS - 1)
        _Past.monday, _Past.read_at = monday, time.monotonic()
    return [*_Past.weeks, *_counted(signal_rows(actor), monday, 1)]


def weeks_of(rows: QuerySet[Any], until: datetime) -> Weeks:
    """How often problems and needs were heard in each of the last 13 weeks, by their Mondays. One statement."""
    return _counted(rows, _monday(until) - timedelta(weeks=WEEKS - 1), WEEKS)


def _monday(at: datetime) -> date:
    today = at.astimezone(house_zone()).date()
    return today - timedelta(days=today.weekday())


def _counted(rows: QuerySet[Any], first: date, weeks: int) -> Weeks:
    zone = house_zone()
    since = datetime.combine(first, datetime.min.time(), zone)
    until = datetime.combine(first + timedelta(weeks=weeks), datetime.min.time(), zone)
    counted = (
        rows.filter(at__gte=since, at__lt=until)
        .order_by()
        .annotate(week=TruncWeek("at", tzinfo=zone))
        .values("week", "kind")
        .annotate(heard=Sum("times"))
    )
    known = {(row["week"].astimezone(zone).date(), row["kind"]): int(row["heard"]) for row in counted}
    mondays = (first + timedelta(weeks=number) for number in range(weeks))
    return [(monday, known.get((monday, "problem"), 0), known.get((monday, "need"), 0)) for monday in mondays]


def signal(signal_id: str) -> dict[str, Any]:
    """One signal.

    Raises:
        NotFound: there is none.
    """
    try:
        row: dict[str, Any] | None = signal_rows(None).filter(id=UUID(signal_id)).first()
    except ValueError:
        row = None
    if row is None:
        raise NotFound(number=signal_id)
    return row


def beside(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The latest other signals about the same article."""
    if not row["number"]:
        return []
    others = signal_rows(None).filter(offering__number=row["number"]).exclude(id=row["id"])
    return list(others.order_by("-at", "-id")[:10])


def by_offering(since: datetime, until: datetime) -> list[OfferingCount]:
    """Articles by how often something was heard of them in a period, the most first. One statement."""
    rows = _sql.rows(
        "by_offering",
        since=since,
        until=until,
        first=since.astimezone(house_zone()).date(),
        last=(until - timedelta(microseconds=1)).astimezone(house_zone()).date(),
        most=MOST_OFFERINGS,
        german=in_german(),
    )
    return [OfferingCount(*row) for row in rows]


def day_counts(on: date) -> DayCounts:
    """Everything of one day of the house. Three statements."""
    since = datetime.combine(on, datetime.min.time(), house_zone())
    until = datetime.combine(on + timedelta(days=1), datetime.min.time(), house_zone())
    sources = [(row.kind, row.source, row.times) for row in _sql.rows("by_source", since=since, until=until)]
    if not sources:
        return DayCounts(on, (), (), ())
    latest = signal_rows(None).filter(at__gte=since, at__lt=until).order_by("-at", "-id")[:25]
    return DayCounts(on, sources, by_offering(since, until)[:10], list(latest))


def heard_since(since: datetime) -> tuple[int, int]:
    """Problems and needs since an instant. One statement."""
    row = _sql.one("heard_since", since=since)
    return (row.problems, row.needs) if row else (0, 0)


def has_digest(on: date) -> bool:
    """Whether the digest of a day was made. One statement."""
    return Digest.objects.filter(on=on).exists()


def members() -> list[tuple[UUID, str, str, str]]:
    """Who works in product conception and may log in: id, e-mail, name, language. One statement."""
    rows = StaffAccount.objects.filter(is_active=True, departments__code=_DEPARTMENT).order_by("email")
    return [(account.id, account.email, account.name, account.mail_language) for account in rows]
