"""Which words of a matter are its writer's: not the subjects that forms make up, nor the sentence of a withdrawal."""

from typing import Any

from kontor.bridge.cases.declaring import written_in

# Forms name a matter by what was chosen there; only mails, and clerks who listened, have a subject that says something.
_FORMS = ("product", "order", "form")


def words_of(matter: Any) -> str:
    """What somebody said in a matter (``channel``, ``subject``, ``text`` of its first contact)."""
    if matter.channel in _FORMS:
        return written_in(matter.text)
    return matter.text if matter.text.startswith(matter.subject) else f"{matter.subject}\n\n{matter.text}"
