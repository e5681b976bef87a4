"""Two people before the same form: what one did not touch is left as the other wrote it, and nothing is lost unseen."""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _


class MergingForm(forms.Form):
    """A form about something that stands already. Its page carries ``shown`` as a hidden input.

    ``initial`` is what stands now. A field that comes back as it was shown says nothing (``untouched``). One that was
    changed here and meanwhile by somebody else is refused once, and says what stands there; sent again, it counts.
    """

    def __init__(self, data: Any, *, initial: Mapping[str, Any]) -> None:
        super().__init__(data if data is None else data.copy(), initial=dict(initial))
        self.untouched: set[str] = set()

    @property
    def shown(self) -> str:
        """What the page shows, as marks; empty texts stand for nothing."""
        return json.dumps({name: _mark(self.initial.get(name)) for name in self.fields})

    def clean(self) -> dict[str, Any]:
        """Compare what came back with what was shown and with what stands."""
        cleaned = super().clean() or self.cleaned_data
        given: Any = self.data
        shown = _read(given.get("shown"))
        for name in [name for name in self.fields if name in shown and name in cleaned]:
            mine, now = _mark(cleaned[name]), _mark(self.initial.get(name))
            if mine == shown[name]:
                self.untouched.add(name)
                if now != mine:  # a page that comes back with errors shows what the other one wrote
                    given[self.add_prefix(name)] = self.fields[name].prepare_value(self.initial.get(name))
            elif now not in (shown[name], mine):
                self.add_error(name, self._meanwhile(name))
        return cleaned

    def _meanwhile(self, name: str) -> str:
        value = self.initial.get(name)
        words = dict(getattr(self.fields[name], "choices", ())).get(value, value)
        return _("Somebody changed this meanwhile to “%(value)s”. Save again to put yours in its place.") % {
            "value": "–" if words in (None, "") else words
        }


def _mark(value: Any) -> str:
    if isinstance(value, Decimal):
        value = f"{value.normalize():f}"
    text = "" if value is None else str(value).replace("\r\n", "\n").strip()
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _read(given: Any) -> dict[str, str]:
    try:
        marks = json.loads(given or "{}")
    except ValueError:
        return {}
    return marks if isinstance(marks, dict) else {}
