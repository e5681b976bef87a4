"""What is read of the catalogue by other rooms."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language

from kontor.kernel.sql import Statements

_sql = Statements(__package__)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category as pages show it; ``parent_slug`` is None on the upper level."""

    id: UUID
    slug: str
    parent_slug: str | None
    name_de: str
    name_en: str
    art: str

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_de if (get_language() or "de").startswith("de") else self.name_en


def categories() -> list[Shelf]:
    """All categories in their order. One statement."""
    return [Shelf(*row) for row in _sql.rows("categories")]
