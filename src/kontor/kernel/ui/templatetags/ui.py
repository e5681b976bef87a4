"""``{% load ui %}``: the components and the formats. The cheat sheet is in the room card."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.template.engine import Engine
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kontor.kernel.ui import charts, formats
from kontor.kernel.ui.attributes import taken
from kontor.kernel.ui.brand import house
from kontor.kernel.ui.fields import field_parts, summary_of
from kontor.kernel.ui.messages import shown
from kontor.kernel.ui.remembering import remember
from kontor.kernel.ui.shapes import PageLinks, Point, SumRow

register = template.Library()

for name in ("money", "quantity", "percent", "day", "instant", "iban"):
    register.filter(name, getattr(formats, name))
register.filter("toasts", shown)
register.tag("remember", remember)


@register.filter
def when(value: Any) -> str:
    """An instant, a date or words, whichever it is."""
    if isinstance(value, datetime):
        return formats.instant(value)
    return formats.day(value) if isinstance(value, date) else str(value)


@lru_cache(maxsize=4)
def _sprite(static_url: str, is_debug: bool) -> str:
    return static("ui/icons.svg")


@register.filter
def words(text: str) -> list[str]:
    """A list from words with commas between, for suggestions written in a template."""
    return text.split(",")


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """Draw an icon of the sprite. ``size`` is empty or "large"; ``label`` only where no word stands beside it."""
    return _drawn_icon(name, size, label, _sprite(str(settings.STATIC_URL), settings.DEBUG))


@lru_cache(maxsize=512)
def _drawn_icon(name: str, size: str, label: str, sprite: str) -> SafeString:
    return format_html(
        '<svg class="icon{}"{}><use href="{}#{}"/></svg>',
        f" icon-{size}" if size else "",
        format_html(' role="img" aria-label="{}"', label) if label else SafeString(' aria-hidden="true"'),
        sprite,
        name,
    )


@register.inclusion_tag("ui/button.html")
def button(label: str, **options: Any) -> dict[str, Any]:
    """A button, or a link that looks like one when ``href`` is given."""
    defaults = {
        "variant": "", "icon": "", "icon_end": "", "href": "", "type": "submit", "name": "", "value": "",
        "size": "", "kbd": "", "square": False, "wide": False, "disabled": False, "busy": False, "badge": None,
    }  # fmt: skip
    return {"label": label, **taken("button", options, defaults)}


@register.simple_tag(takes_context=True)
def pill(context: Context, label: str, tone: str = "neutral") -> SafeString:
    """A state: colour and dot and word. Tones: neutral, ok, warn, bad."""
    word = label if isinstance(label, SafeString) else str(label)
    return _drawn_pill(context.template.engine, word, isinstance(word, SafeString), tone)  # type: ignore[union-attr]


@lru_cache(maxsize=512)
def _drawn_pill(engine: Engine, label: str, _is_safe: bool, tone: str) -> SafeString:
    return engine.get_template("ui/pill.html").render(Context({"label": label, "tone": tone}))


@register.inclusion_tag("ui/field.html")
def field(bound: Any, **options: Any) -> dict[str, Any]:
    """A form field with label, help and errors. Fits every widget of Django."""
    return field_parts(bound, options)


@register.inclusion_tag("ui/error_summary.html")
def error_summary(*forms: Any, focus: bool = True) -> dict[str, Any]:
    """All errors of the forms above the form, each a link to its field; takes the focus. Nothing without errors."""
    return {"errors": summary_of(forms), "focus": focus}


@register.inclusion_tag("ui/kpi.html")
def kpi(label: str, value: str, **options: Any) -> dict[str, Any]:
    """A figure that answers one question; with ``url`` it opens the list behind it."""
    defaults = {"note": "", "tone": "", "url": "", "points": ()}
    values = taken("kpi", options, defaults)
    return {"label": label, "value": value, **values}


@register.inclusion_tag("ui/sparkline.html")
def sparkline(points: Sequence[Point], label: str) -> dict[str, Any]:
    """A small line with its data table for screen readers."""
    return {"points": points, "label": label, "line": charts.line_through(points)}


@register.inclusion_tag("ui/bars.html")
def bars(points: Sequence[Point], label: str, show_labels: bool = True) -> dict[str, Any]:
    """Bars with labels below and a data table for screen readers."""
    return {"points": points, "label": label, "bars": charts.bars_of(points), "show_labels": show_labels}


@register.inclusion_tag("ui/timeline.html")
def timeline(milestones: Sequence[Any], label: str = "") -> dict[str, Any]:
    """Milestones in order (``MilestoneRow`` or anything with title, state, when, note)."""
    return {"milestones": milestones, "label": label}


@register.inclusion_tag("ui/money_sum.html")
def money_sum(rows: Sequence[SumRow], total: Any, **options: Any) -> dict[str, Any]:
    """Rows, then the grand total above the ledger's double rule."""
    defaults = {"total_label": "", "note": "", "currency": "EUR"}
    values = taken("money_sum", options, defaults)
    return {"rows": rows, "total": total, **values}


@register.inclusion_tag("ui/empty.html")
def empty(title: str, text: str = "", **options: Any) -> dict[str, Any]:
    """An empty state that says what to do."""
    defaults = {"icon": "inbox", "action_label": "", "action_url": "", "level": 2}
    return {"title": title, "text": text, **taken("empty", options, defaults)}


@register.inclusion_tag("ui/tabs.html")
def tabs(items: Sequence[Any], label: str, save_url: str = "") -> dict[str, Any]:
    """Saved views or tabs (``Tab``); with ``save_url`` the last one saves the present view."""
    return {"items": items, "label": label, "save_url": save_url}


@register.inclusion_tag("ui/pager.html")
def pager(page: PageLinks | Any) -> dict[str, Any]:
    """Previous and next of a keyset page."""
    return {"page": page}


@register.inclusion_tag("ui/stepper.html")
def stepper(steps: Sequence[Any], label: str = "") -> dict[str, Any]:
    """The steps of a checkout or a wizard (``CheckoutStep``)."""
    return {"steps": steps, "label": label or _("Steps")}


@register.inclusion_tag("ui/why.html")
def why(steps: Sequence[Any], label: str = "") -> dict[str, Any]:
    """“Why?”: the numbered steps behind a date, price, tax or deadline (``WhyStep`` or plain strings)."""
    return {
        "steps": [{"text": step} if isinstance(step, str) else step for step in steps],
        "label": label or _("Why?"),
    }


@register.inclusion_tag("ui/sort_head.html", takes_context=True)
def sort_head(context: Context, key: str, label: str, **options: Any) -> dict[str, Any]:
    """A column head that sorts by ``?sort=key`` and ``?sort=-key``; paging starts anew, filters stay."""
    values = taken("sort_head", options, {"current": "", "numeric": False, "tight": False})
    query = context["request"].GET.copy()
    current = values["current"] or query.get("sort", "")
    for parameter in ("after", "before", "page"):
        query.pop(parameter, None)
    query["sort"] = f"-{key}" if current == key else key
    direction = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    return {"label": label, "url": f"?{query.urlencode()}", "direction": direction, **values}


@register.inclusion_tag("ui/quantity_field.html")
def quantity_field(bound: Any, label: str = "") -> dict[str, Any]:
    """A quantity with minus and plus (the buttons appear with JavaScript; the field works without)."""
    return field_parts(bound, {"label": label} if label else {})


def _block(context: Context, name: str, values: dict[str, Any]) -> str:
    part = context.template.engine.get_template(f"ui/{name}.html")  # type: ignore[union-attr]
    return str(part.render(context.new(values)))


@register.simple_block_tag(takes_context=True)
def card(context: Context, content: str, title: str = "", **options: Any) -> str:
    """A card with an optional head. Options: link_url, link_label, tight, flush, id, level."""
    defaults = {"link_url": "", "link_label": "", "tight": False, "flush": False, "level": 2}
    values = {"title": title or "", **taken("card", options, defaults)}
    # A text that is safe as it is and one to be escaped are different, even where they read the same.
    parts = tuple(
        (name, str(value) if isinstance(value, Promise) else value, isinstance(value, SafeString))
        for name, value in values.items()
    )
    before, after = _shell_of_card(context.template.engine, parts)  # type: ignore[union-attr]
    return SafeString(f"{before}{content}{after}")


@lru_cache(maxsize=512)
def _shell_of_card(engine: Engine, parts: tuple[tuple[str, Any, bool], ...]) -> tuple[str, str]:
    """What stands before and after the content of a card: drawn once for the same head."""
    values = {name: value for name, value, _is_safe in parts}
    drawn = engine.get_template("ui/card.html").render(Context({**values, "content": SafeString("\0")}))
    before, _content, after = drawn.rpartition("\0")
    return before, after


@register.simple_block_tag(takes_context=True)
def dialog(context: Context, content: str, id: str, title: str) -> str:
    """A native dialog; open it with a button that has ``data_opens="id"``."""
    return _block(context, "dialog", {"content": content, "id": id, "title": title, "kind": "dialog"})


@register.simple_block_tag(takes_context=True)
def drawer(context: Context, content: str, id: str, title: str) -> str:
    """A dialog at the side, for filters and side facts."""
    return _block(context, "dialog", {"content": content, "id": id, "title": title, "kind": "drawer"})


@register.simple_block_tag(takes_context=True)
def menu(context: Context, content: str, label: str, **options: Any) -> str:
    """A menu that opens without JavaScript. Options: icon, variant, size, square, direction (up, start)."""
    defaults = {"icon": "", "variant": "", "size": "", "square": False, "direction": ""}
    return _block(context, "menu", {"content": content, "label": label, **taken("menu", options, defaults)})


@register.simple_block_tag(takes_context=True)
def notice(context: Context, content: str, tone: str = "neutral") -> str:
    """A standing message in the page."""
    return _block(context, "notice", {"content": content, "tone": tone})


@register.simple_tag
def theme_link() -> SafeString:
    """The stylesheet link of a house that has its own hues; nothing for the default theme."""
    current = house()
    if not current.has_own_theme:
        return SafeString("")
    return format_html('<link rel="stylesheet" href="{}?v={}">', reverse("ui:theme"), current.theme_version)
