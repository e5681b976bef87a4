"""A file under inspection, and what an inspection finds."""

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

FLOORS = ("front", "back", "bridge", "kernel")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A breach: which rule, which file, which thing in it, and what to do."""

    rule: str
    path: str
    name: str
    line: int
    advice: str

    @property
    def key(self) -> str:
        """What the ratchet knows it by; line numbers change too often."""
        return " ".join(part for part in (self.rule, self.path, self.name) if part)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.advice}"


class SourceFile:
    """One text file of the project, read and parsed once."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.parts = Path(path).parts
        self.name = self.parts[-1]

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the file."""
        return self.text.splitlines()

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed Python."""
        return ast.parse(self.text, filename=self.path)

    @property
    def is_python(self) -> bool:
        """Whether it is Python."""
        return self.name.endswith(".py")

    @property
    def is_template(self) -> bool:
        """Whether it is a page or a part of one."""
        return self.name.endswith(".html") and "templates" in self.parts

    @property
    def is_test(self) -> bool:
        """Whether it belongs to the tests."""
        return "tests" in self.parts or self.name == "conftest.py"

    @property
    def is_migration(self) -> bool:
        """Whether Django wrote it."""
        return "migrations" in self.parts

    @property
    def floor(self) -> str | None:
        """config, front, back, bridge or kernel; nothing outside the product."""
        return self.parts[2] if self.parts[:2] == ("src", "kontor") and len(self.parts) > 3 else None

    @property
    def room(self) -> tuple[str, str] | None:
        """Floor and room."""
        if self.floor in FLOORS and len(self.parts) > 4:
            return self.parts[2], self.parts[3]
        return None

    @property
    def role(self) -> str | None:
        """The module of the room it belongs to: ``actions`` for ``actions.py`` and for all of ``actions/``."""
        return self.parts[4].removesuffix(".py") if self.room else None

    def finding(self, rule: str, line: int, advice: str, *, name: str = "") -> Finding:
        """Return a breach in this file."""
        return Finding(rule, self.path, name, line, advice)
