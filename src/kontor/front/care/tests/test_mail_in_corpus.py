"""150 real mails: none is lost or crashes, and what is new in them is found. Figures are printed with ``-s``."""

from pathlib import Path

import pytest

from kontor.front.care.mail_in.markup import text_of
from kontor.front.care.mail_in.parsing import read_mail
from kontor.front.care.mail_in.sorting import sort_of
from kontor.front.care.mail_in.splitting import split

CORPUS = Path(__file__).resolve().parents[6] / "shared" / "data" / "mail"
STRINGS = CORPUS.parent / "strings"
pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpus of mails lies beside the project only"
)

# What a person would call new, for the replies of two public test sets; a dash: all of it.
NEW = {
    "crisp/correct_sig": "this is an email with a correct -- signature.",
    "crisp/email_20": "On Thursday.",
    "crisp/email_21": "-",
    "crisp/email_4": "Awesome! I haven't had another problem with it.",
    "crisp/email_5": "-",
    "crisp/email_6": "I get proper rendering as well.",
    "crisp/email_blackberry": "Here is another email",
    "crisp/email_custom_quote_header": "Thank you!",
    "crisp/email_customer_quote_header_2": "Thank you very much.",
    "crisp/email_customer_quote_header_3": (
        "bonjour,\nje n'ai pas eu de retour sur ma précision..\nmerci d'avance"
    ),
    "crisp/email_emoji": "🎉",
    "crisp/email_iphone": "Here is another email",
    "crisp/email_multi_word_sent_from_my_mobile_device": "Here is another email",
    "crisp/email_not_a_signature": "-",
    "crisp/email_not_a_signature_2": "-",
    "crisp/email_thread": "This is new email reply in thread from bellow.",
    "crisp/email_tricky_11_double_signature": "Thanks for your help!\n\nBest regards,\nJohn",
    "crisp/email_tricky_13_timestamp_variations": "-",
    "crisp/email_tricky_19_quote_without_header": "-",
    "crisp/email_tricky_3_code_block": "-",
    "crisp/email_tricky_4_from_in_body": "-",
    "crisp/email_tricky_9_nested_quotes": "I agree with the points below.",
    "crisp/email_unquoted_reply": "This is my reply.",
    "crisp/email_with_regards": "-",
    "crisp/sig_no_empty_line": "this is an email with a signature with no empty line above.",
    "github/email_1_3": "Oh thanks.\n\nHaving the function would be great.\n\n-Abhishek Kona",
    "github/email_1_5": "-",
    "github/email_1_6": "I get proper rendering as well.",
    "github/email_2_1": "Outlook with a reply",
    "github/email_2_2": "Outlook with a reply directly above line",
    "github/email_BlackBerry": "Here is another email",
    "github/email_iPhone": "Here is another email",
    "github/email_one_is_not_on": (
        "Thank, this is really helpful.\n\nOne outstanding question I had:\n\nLocally (on development), when I run..."
    ),
    "github/email_sig_delimiter_in_middle_of_line": "-",
}
FOLDERS = {"crisp": "crisp_email_reply_parser", "github": "email_reply_parser"}


def _all_mails() -> list[Path]:
    found = [path for path in sorted(CORPUS.rglob("*")) if path.is_file()]
    return [path for path in found if "LICENSE" not in path.name and path.suffix != ".md"]


def test_what_is_new_in_replies_is_found() -> None:
    """Sixty replies in thirteen languages; the floor is what the rules reach today, less one."""
    right, wrong = 0, []
    cases = [(f"{FOLDERS[name.split('/')[0]]}/{name.split('/')[1]}.txt", new) for name, new in NEW.items()]
    for path in sorted((CORPUS / FOLDERS["crisp"]).iterdir()):
        text = path.read_text("utf-8", "replace")
        if text.startswith("Fusce bibendum"):
            cases.append((f"{FOLDERS['crisp']}/{path.name}", "\n".join(text.splitlines()[:5])))
    for name, expected in cases:
        text = (CORPUS / name).read_text("utf-8", "replace")
        parted = split(text)
        if parted.new == (text.strip() if expected == "-" else expected.strip()):
            right += 1
        else:
            wrong.append(name)
    print(f"new text found in {right} of {len(cases)} replies; not in {wrong}")
    assert right >= len(cases) - 1, wrong


def test_nothing_of_a_mail_is_lost_by_splitting_it() -> None:
    for path in _all_mails():
        text = path.read_text("utf-8", "replace")
        parted = split(text)
        words = set(text.split())
        kept = set(parted.new.split()) | set(parted.rest.split())
        assert {word for word in words - kept if any(letter.isalnum() for letter in word)} == set(), path.name


def test_replies_in_html_are_split_as_well() -> None:
    pages = sorted((CORPUS / "talon" / "html_replies").iterdir())
    right = [
        path.name
        for path in pages
        if split(text_of(path.read_text("utf-8", "replace"))).new.startswith("Hi. I am fine.")
        and "How are you" not in split(text_of(path.read_text("utf-8", "replace"))).new
    ]
    print(f"new text found in {len(right)} of {len(pages)} HTML replies")
    assert len(right) >= len(pages) - 1


def test_every_mail_is_read_and_bounces_are_told_from_people() -> None:
    read, machines = 0, []
    for path in _all_mails():
        mail = read_mail(path.read_bytes())
        for words in (
            mail.sender,
            mail.sender_name,
            mail.subject,
            mail.text,
            *(file.name for file in mail.files),
        ):
            assert "\0" not in words
            words.encode("utf-8")
        read += 1
        if sort_of(mail) == "bounce":
            machines.append(path.name)
    print(f"{read} mails read, bounces: {machines}")
    assert set(machines) >= {
        "multi_address_bounce1.eml",
        "multipart_report_multiple_status.eml",
        "report_530.eml",
    }


def test_the_parts_of_a_thread_name_each_other() -> None:
    """RFC 2822, appendix A.2: three mails of one conversation."""
    folder = CORPUS / "mail_gem" / "emails" / "rfc2822"
    mails = [read_mail((folder / f"example0{number}.eml").read_bytes()) for number in (2, 6, 7)]
    assert mails[1].references[0] == mails[0].message_id
    assert mails[2].references[0] == mails[1].message_id and mails[0].message_id in mails[2].references


@pytest.mark.parametrize("name", ["xss.txt", "sqli.txt"])
def test_attacks_in_html_mails_come_out_as_harmless_words(name: str) -> None:
    for line in (STRINGS / name).read_text("utf-8", "replace").splitlines():
        assert "\0" not in text_of(line)
