"""What passes between the two sides of a house: rooms of the bridge declare it in ``flows.py``.

``flows(since)`` returns ``Flow`` rows: milestones that went out to customers, signals that came in; in one statement.
``TOPIC`` is the subject under which the live process tells open pages that one more has passed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Literal

from django.apps import apps


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
    return [flow for room in _rooms() for flow in room.flows(since)]


def flow_topics() -> list[str]:
    """What a page watches to be told of all of them."""
    return [room.TOPIC for room in _rooms()]


@cache
def _rooms() -> tuple[ModuleType, ...]:
    return tuple(_found())


def _found() -> Iterator[ModuleType]:
    for config in apps.get_app_configs():
        name = f"{config.name}.flows"
        if config.name.startswith("kontor.bridge.") and find_spec(name) is not None:
            yield import_module(name)
