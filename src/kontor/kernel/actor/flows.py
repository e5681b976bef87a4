"""What passes between the two sides of a house: rooms of the bridge declare it in ``flows.py``.

``flows(since)`` returns ``Flow`` rows: milestones that went out to customers, signals that came in; in one statement.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Literal

from django.apps import apps

type Read = Callable[[datetime], Sequence["Flow"]]


@dataclass(frozen=True, slots=True)
class Flow:
    """So many of one kind since an instant. ``words`` go with the count: "shipped", "problems".

    ``department`` is where it comes from (out) or arrives first (in); ``page`` is the name of an entry in the
    navigation that shows more; ``is_more`` says that there are more than could be counted quickly.
    """

    direction: Literal["out", "in"]
    code: str
    department: str
    count: int
    words: str
    page: str = ""
    tone: str = ""
    is_more: bool = False


def read_flows(since: datetime) -> list[Flow]:
    """Everything that has passed since then, in the order of the rooms."""
    return [flow for read in _readers() for flow in read(since)]


@cache
def _readers() -> tuple[Read, ...]:
    return tuple(_found())


def _found() -> Iterator[Read]:
    for config in apps.get_app_configs():
        name = f"{config.name}.flows"
        if config.name.startswith("kontor.bridge.") and find_spec(name) is not None:
            yield import_module(name).flows
