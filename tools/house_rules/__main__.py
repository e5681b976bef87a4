"""``python -m tools.house_rules``: inspect every file git knows or would take, and hold the ratchet."""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.house_rules import callers, rooms, sizes, words
from tools.house_rules.source import Finding, SourceFile

PROJECT = Path(__file__).resolve().parents[2]
RATCHET = Path(__file__).with_name("ratchet.txt")
_TEXTS = (
    ".py",
    ".html",
    ".md",
    ".sql",
    ".toml",
    ".txt",
    ".in",
    ".lock",
    ".css",
    ".js",
    ".mjs",
    ".sh",
    ".po",
    ".typ",
    ".yml",
)


def inspect(files: Iterable[SourceFile]) -> Iterator[Finding]:
    """Yield every breach in these files."""
    files = list(files)
    for file in files:
        yield from words.inspect_text(file)
        if file.is_template:
            yield from words.inspect_template(file)
            yield from sizes.inspect(file)
        elif file.is_python:
            yield from rooms.inspect(file)
            yield from sizes.inspect(file)
            yield from words.inspect_python(file)
    yield from callers.inspect_callers(files)
    yield from rooms.inspect_cards([file.path for file in files], {file.path: file.text for file in files})


def weigh(findings: Iterable[Finding], borne: frozenset[str]) -> list[str]:
    """Return what must be mended: breaches that are not borne, and borne ones that are gone."""
    found = sorted(findings)
    keys = {finding.key for finding in found}
    fresh = [str(finding) for finding in found if finding.key not in borne]
    gone = [f"{RATCHET.name}: no longer needed, remove it: {key}" for key in sorted(borne - keys)]
    return fresh + gone


def project_files() -> Iterator[SourceFile]:
    """Yield the project's text files, also those not yet added; what git ignores is no part of it."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    for path in sorted(set(listed.stdout.splitlines())):
        file = PROJECT / path
        if file.is_file() and (file.suffix in _TEXTS or path in {"kontor", ".ci/run", "LICENSE", "NOTICE"}):
            yield SourceFile(path, file.read_text("utf-8"))


def borne_breaches() -> frozenset[str]:
    """Return the keys in the ratchet file."""
    lines = RATCHET.read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def main() -> int:
    """Print what must be mended; 1 if there is anything."""
    files = list(project_files())
    mend = weigh(inspect(files), borne_breaches())
    print("\n".join([*mend, f"{len(files)} files, {len(mend)} breaches."]))
    return 1 if mend else 0


if __name__ == "__main__":
    sys.exit(main())
