"""Which options a component takes: a misspelt one is an error when the template is rendered, never silence."""

from collections.abc import Mapping
from typing import Any

from django.forms.utils import flatatt
from django.template import TemplateSyntaxError
from django.utils.safestring import SafeString

_PASSED_ON = frozenset(
    {"id", "form", "title", "formaction", "formmethod", "autofocus", "target", "rel", "download"}
)
_PREFIXES = ("hx_", "data_", "aria_")


def taken(component: str, options: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``defaults`` overlaid with ``options``; HTML attributes (``hx_…``, ``data_…``, ``aria_…``, a few others)
    are collected under ``attributes``, ready to print.

    Raises:
        TemplateSyntaxError: the component knows no such option.
    """
    values = dict(defaults)
    attributes: dict[str, Any] = {}
    for name, value in options.items():
        if name in defaults:
            values[name] = value
        elif name in _PASSED_ON or name.startswith(_PREFIXES):
            attributes[name.replace("_", "-")] = value
        else:
            known = ", ".join(sorted(defaults))
            raise TemplateSyntaxError(f"{component} takes no option “{name}”. It takes: {known}.")
    values["attributes"] = printed(attributes)
    return values


def printed(attributes: Mapping[str, Any]) -> SafeString:
    """Return attributes as escaped HTML with a leading space; True prints the bare name, False, None and "" nothing."""
    return flatatt({name: value for name, value in attributes.items() if value not in (False, None, "")})
