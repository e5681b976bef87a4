"""The press, as the worker that has letters to print sees it."""

import os
import signal
import time
from decimal import Decimal

import pytest

from kontor.bridge.documents.rendering.einvoice import cii_xml
from kontor.bridge.documents.rendering.pdf import confirmation_pdf
from kontor.bridge.documents.rendering.press import Press, PressFailedError
from kontor.bridge.documents.tests import sample_papers


@pytest.fixture
def press():
    press = Press(idle_seconds=5)
    yield press
    press.close()


def test_it_prints_an_invoice_with_its_xml_and_finds_nothing_wrong(press):
    paper = sample_papers.invoice()
    printed = press.printed(paper)

    assert printed.pdf.startswith(b"%PDF-")
    assert printed.xml == cii_xml(paper)
    assert printed.violations == ()


def test_it_says_which_rules_an_invoice_breaks(press):
    printed = press.printed(sample_papers.invoice(gross_amount=Decimal("1.00")))

    assert "BR-CO-15" in {violation.rule for violation in printed.violations}


def test_other_papers_come_without_xml_and_equal_to_those_printed_here(press):
    paper = sample_papers.confirmation()
    printed = press.printed(paper)

    assert (printed.pdf, printed.xml, printed.violations) == (confirmation_pdf(paper), b"", ())
    assert press.printed(sample_papers.delivery(language="en")).pdf.startswith(b"%PDF-")
    assert press.printed(sample_papers.label()).pdf.startswith(b"%PDF-")


def test_a_killed_process_is_replaced_and_the_paper_is_printed(press):
    press.printed(sample_papers.label())
    killed = press._process.pid
    os.kill(killed, signal.SIGKILL)

    assert press.printed(sample_papers.label()).pdf.startswith(b"%PDF-")
    assert press._process.pid != killed


def test_an_idle_process_ends_by_itself_and_the_next_paper_starts_another():
    press = Press(idle_seconds=0.1)
    press.printed(sample_papers.label())
    first = press._process
    deadline = time.monotonic() + 10
    while first.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)

    assert first.poll() == 0
    assert press.printed(sample_papers.label()).pdf.startswith(b"%PDF-")
    press.close()


def test_a_paper_that_cannot_be_printed_fails_and_does_not_hang(press, capfd):
    with pytest.raises(PressFailedError, match="LabelPaper"):
        press.printed(sample_papers.label(tracking_number="Päckchen"))

    assert "no Code 128" in capfd.readouterr().err
    assert press.printed(sample_papers.label()).pdf.startswith(b"%PDF-")
