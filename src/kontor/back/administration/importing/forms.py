"""What staff choose about an import."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kontor.back.administration.importing.actions import Mapping
from kontor.back.administration.importing.columns import FIELDS, IGNORED
from kontor.back.administration.importing.models import ImportFile


class UploadForm(forms.Form):
    """A file and what is in it."""

    kind = forms.ChoiceField(label=_("What is in it?"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("CSV or Excel (.xlsx), up to 20 MB. The first row names the columns."),
    )

    def __init__(self, data: Any, files: Any, kinds: Sequence[tuple[str, Any]]) -> None:
        super().__init__(data, files, initial={"kind": kinds[0][0] if kinds else ""})
        self.fields["kind"].choices = list(kinds)  # type: ignore[attr-defined]


class MappingForm(forms.Form):
    """What each column means."""

    decimal_mark = forms.ChoiceField(
        label=_("Numbers are written"), choices=((",", _("1.234,50")), (".", _("1,234.50")))
    )
    sells_at_once = forms.BooleanField(label=_("Put new offerings on sale at once"), required=False)
    template = forms.CharField(
        label=_("Keep this mapping as"),
        max_length=60,
        required=False,
        help_text=_("Files with the same headings take it by themselves."),
    )

    def __init__(self, data: Any, file: ImportFile, samples: Sequence[Sequence[str]]) -> None:
        super().__init__(
            data, initial={"decimal_mark": file.decimal_mark, "sells_at_once": file.sells_at_once}
        )
        self.file, self.samples = file, samples
        choices = [("", IGNORED), *((field.name, field.label) for field in FIELDS[file.kind])]
        for place, heading in enumerate(file.headers):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=heading or _("Column %(place)s") % {"place": place + 1},
                choices=choices,
                required=False,
                initial=file.fields[place] if place < len(file.fields) else "",
            )
        if file.kind != "offerings":
            del self.fields["sells_at_once"], self.fields["decimal_mark"]

    @property
    def columns(self) -> list[tuple[Any, list[str]]]:
        """Each column's field with what stands in its first rows."""
        return [
            (
                self[f"column_{place}"],
                [row[place][:80] for row in self.samples if place < len(row) and row[place]][:3],
            )
            for place in range(len(self.file.headers))
        ]

    def mapping(self) -> Mapping:
        """What was chosen, for the action."""
        cleaned = self.cleaned_data
        return Mapping(
            fields=[cleaned[f"column_{place}"] for place in range(len(self.file.headers))],
            decimal_mark=cleaned.get("decimal_mark", self.file.decimal_mark),
            sells_at_once=cleaned.get("sells_at_once", False),
            template=cleaned["template"],
        )
