"""The printing process: reads frozen papers from its input, one JSON document a line, and answers with files.

Started by ``press``; loads everything heavy, and ends when its input ends or nothing came for the given seconds.
"""

import json
import select
import sys
from base64 import b64encode
from pathlib import Path
from typing import Any

import django
from django.conf import settings

from kontor.bridge.documents.rendering import papers, pdf
from kontor.bridge.documents.rendering.einvoice import cii_xml
from kontor.bridge.documents.rendering.freezing import from_dict
from kontor.bridge.documents.rendering.rules import validate


def printed(frozen: dict[str, Any]) -> dict[str, Any]:
    """Return the answer for one frozen paper: its file, for an invoice also its XML and the rules it breaks."""
    paper = from_dict(frozen)
    match paper:
        case papers.InvoicePaper():
            xml = cii_xml(paper)
            file = pdf.invoice_pdf(paper, xml=xml)
            return {"pdf": _text(file), "xml": _text(xml), "violations": validate(xml)}
        case papers.ConfirmationPaper():
            file = pdf.confirmation_pdf(paper)
        case papers.DeliveryPaper():
            file = pdf.delivery_note_pdf(paper)
        case papers.LabelPaper():
            file = pdf.label_pdf(paper)
    return {"pdf": _text(file), "xml": "", "violations": []}


def _text(file: bytes) -> str:
    return b64encode(file).decode("ascii")


def serve(idle_seconds: float) -> None:
    """Answer line by line. The press sends one paper and waits, so nothing is ever left behind in the buffer."""
    while select.select([sys.stdin.buffer], [], [], idle_seconds)[0]:
        request = sys.stdin.buffer.readline()
        if not request:
            return
        sys.stdout.buffer.write(json.dumps(printed(json.loads(request))).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    seconds, *folders = sys.argv[1:]
    settings.configure(USE_I18N=True, LOCALE_PATHS=[Path(folder) for folder in folders])
    django.setup()
    serve(float(seconds))
