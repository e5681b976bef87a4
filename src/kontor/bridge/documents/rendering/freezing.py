"""Papers as JSON and back, exactly: what was issued must print the same in ten years.

Decimals are strings with all their places, dates are ISO 8601, fields that have their default are left out.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, TypeAliasType, get_args, get_origin, get_type_hints

from kontor.bridge.documents.rendering import papers

SCHEMA = 1

_PAPERS: dict[str, type[papers.Paper]] = {
    "invoice": papers.InvoicePaper,
    "confirmation": papers.ConfirmationPaper,
    "delivery": papers.DeliveryPaper,
    "label": papers.LabelPaper,
}
_NAMES = {kind: name for name, kind in _PAPERS.items()}


class UnknownSchemaError(ValueError):
    """The frozen paper was written by a version of Kontor that this one does not know."""


def to_dict(paper: papers.Paper) -> dict[str, Any]:
    """Return ``paper`` as values that JSON can hold; ``from_dict`` gives back an equal paper."""
    return {"schema": SCHEMA, "paper": _NAMES[type(paper)], **_freeze_fields(paper)}


def from_dict(frozen: Mapping[str, Any]) -> papers.Paper:
    """Return the paper that ``to_dict`` froze.

    Raises:
        UnknownSchemaError: the schema version or the name of the paper is not known here.
        KeyError: a field without default is missing.
    """
    if frozen.get("schema") != SCHEMA or frozen.get("paper") not in _PAPERS:
        raise UnknownSchemaError(f"schema {frozen.get('schema')!r}, paper {frozen.get('paper')!r}")
    paper: papers.Paper = _thaw_fields(_PAPERS[frozen["paper"]], frozen)
    return paper


def _freeze(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_freeze(part) for part in value]
    if is_dataclass(value):
        return _freeze_fields(value)
    return value


def _freeze_fields(value: Any) -> dict[str, Any]:
    frozen = {}
    for name, default in _defaults(value.__class__):
        part = getattr(value, name)
        # Decimal("0") == Decimal("0.00"): only a default with the same places may be left out.
        if part is default or (type(part) is type(default) and str(part) == str(default)):
            continue
        frozen[name] = _freeze(part)
    return frozen


@lru_cache(maxsize=32)
def _defaults(kind: type) -> tuple[tuple[str, Any], ...]:
    described: tuple[Field[Any], ...] = fields(kind)
    return tuple((field.name, field.default) for field in described)


def _thaw_fields(kind: type, frozen: Mapping[str, Any]) -> Any:
    values = {}
    for name, thaw, default in _readers(kind):
        if name in frozen:
            values[name] = thaw(frozen[name])
        elif default is MISSING:
            raise KeyError(name)
    return kind(**values)


@lru_cache(maxsize=32)
def _readers(kind: type) -> tuple[tuple[str, Callable[[Any], Any], Any], ...]:
    hints = get_type_hints(kind)
    return tuple((name, _reader(hints[name]), default) for name, default in _defaults(kind))


def _reader(hint: Any) -> Callable[[Any], Any]:
    """Return the function that turns a JSON value into a value of the type ``hint``."""
    if isinstance(hint, TypeAliasType):
        hint = hint.__value__
    if get_origin(hint) is UnionType:
        (inner,) = (part for part in get_args(hint) if part is not NoneType)
        read = _reader(inner)
        return lambda value: None if value is None else read(value)
    if get_origin(hint) is tuple:
        parts = get_args(hint)
        if parts[-1] is Ellipsis:
            read = _reader(parts[0])
            return lambda values: tuple(read(value) for value in values)
        readers = [_reader(part) for part in parts]
        return lambda values: tuple(read(value) for read, value in zip(readers, values, strict=True))
    if hint is Decimal:
        return Decimal
    if hint is date:
        return date.fromisoformat
    if is_dataclass(hint) and isinstance(hint, type):
        return lambda frozen: _thaw_fields(hint, frozen)
    return _unchanged


def _unchanged(value: Any) -> Any:
    return value
