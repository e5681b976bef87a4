"""The words of the mails about matters, in their readers' language. What staff wrote stands as they wrote it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from kontor.front.care.mailing.wording import Letter, greeting, signed
from kontor.kernel.ui import formats

if TYPE_CHECKING:
    from kontor.front.care.mailing.queries import House

_RULE = "-" * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A case whose writer is told that it arrived."""

    case_id: UUID
    number: str
    kind: str
    subject: str
    party_id: UUID
    name: str
    email: str
    language: str
    opened_at: datetime
    stated_order: str = ""
    is_quoted: bool = True  # whether the mail repeats what was written


def receipt(receipt: Receipt, house: "House", *, text: str, files: str, link: str) -> Letter:
    """What came in, when, under which number; for a withdrawal this is the receipt the law asks for at once."""
    with override(receipt.language):
        at = formats.instant(receipt.opened_at)
        facts = {"number": receipt.number, "house": house.name, "at": at, "link": link, "files": files}
        if receipt.kind == "withdrawal":
            subject = _("We have received your withdrawal") % facts
            opening = _(
                "we have received your withdrawal. It came in on %(at)s and has the number %(number)s. "
                "Keep this mail as the receipt."
            )
        else:
            subject = (
                _("We have received your message: %(subject)s") % {"subject": receipt.subject}
                if receipt.is_quoted
                else _("We have received your message")
            )
            opening = _("we have received your message. It came in on %(at)s and has the number %(number)s.")
        return Letter(
            subject,
            signed(
                house,
                greeting(receipt.name if receipt.is_quoted else ""),
                opening % facts,
                _declared(receipt, text) if receipt.is_quoted else "",
                _("With these files: %(files)s") % facts if files and receipt.is_quoted else "",
                _("We answer as soon as we can, in our opening hours."),
                _("You can see how it stands, and add something, here:\n%(link)s") % facts,
                _("You may also simply answer this mail."),
            ),
        )


def _declared(receipt: Receipt, text: str) -> str:
    """What somebody declared: of a withdrawal also by whom and about which contract (section 356a (4) BGB)."""
    facts = []
    if receipt.kind == "withdrawal":
        facts = [f"{_('Name')}: {receipt.name}" if receipt.name else "", f"{_('E-mail')}: {receipt.email}"]
        if receipt.stated_order:
            facts.append(f"{_('Contract')}: {receipt.stated_order}")
        facts.append(f"{_('Received')}: {formats.instant(receipt.opened_at)}")
    rows = [receipt.subject, *(fact for fact in facts if fact), "", text]
    return "\n".join((_("This is what you wrote:"), _RULE, *rows, _RULE))


def answer(reply: Any, house: "House", *, link: str) -> Letter:
    """What a clerk wrote. Where the matter is settled with it, the question how it was."""
    with override(reply.language):
        facts = {"number": reply.number, "link": link, "name": reply.author_name, "house": house.name}
        subject = reply.case_subject or _("Your matter %(number)s") % facts
        is_settled = reply.state == "closed" and reply.closed_at == reply.at
        return Letter(
            subject
            if subject.lower().startswith(("re:", "aw:"))
            else _("Re: %(subject)s") % {"subject": subject},
            signed(
                house,
                reply.text.strip(),
                reply.author_name,
                _RULE,
                _("Your matter %(number)s, with all that was written about it:\n%(link)s") % facts,
                rating_words(link) if is_settled else _("To answer, simply reply to this mail."),
            ),
        )


def closed(case: Any, house: "House", *, link: str) -> Letter:
    """The matter is settled: why, what if it is not, and how it was."""
    with override(case.language):
        facts = {"number": case.number, "link": link}
        reasons = {
            "solved": _("we regard your matter %(number)s as solved."),
            "answered": _("your matter %(number)s is answered."),
            "declined": _("we could not fulfil your request in the matter %(number)s."),
            "no_reply": _(
                "we have heard nothing from you about the matter %(number)s, and so we have closed it."
            ),
        }
        return Letter(
            _("Your matter is closed: %(subject)s") % {"subject": case.subject},
            signed(
                house,
                greeting(case.name),
                reasons[case.close_reason] % facts,
                _("Is something still open? Simply answer this mail, and the matter is open again."),
                rating_words(link),
            ),
        )


def rating_words(link: str) -> str:
    """Five addresses, one for each number of stars; each opens a page that sends itself: scanners follow links."""
    rows = [
        (5, _("very good")),
        (4, _("good")),
        (3, _("fair")),
        (2, _("poor")),
        (1, _("very poor")),
    ]
    stars = "\n".join(f"{'★' * count}{'☆' * (5 - count)} {word}: {link}rate/{count}/" for count, word in rows)
    return f"{_('Were you content with us? One click is enough:')}\n{stars}"
