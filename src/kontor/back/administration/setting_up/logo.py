"""A logo that can be trusted: sniffed, measured, and written anew; a drawing keeps only what draws.

A picture is decoded and encoded again, so that nothing but its pixels is kept. A drawing (SVG) is a program for
browsers: what is not on the list of shapes and their attributes is left out, and no reference may lead outside.
"""

import re
import warnings
from collections.abc import Mapping
from io import BytesIO
from xml.etree import ElementTree as Xml

from lxml import etree
from PIL import Image, ImageOps, UnidentifiedImageError

from kontor.back.administration.setting_up import errors

MOST_BYTES = 512 * 1024
MOST_PIXELS = 4000
_KEPT_PIXELS = 640
_MOST_ELEMENTS = 4000
_SVG = "{http://www.w3.org/2000/svg}"
_ELEMENTS = frozenset(
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan title desc clipPath mask"
    " linearGradient radialGradient stop".split()
)
_ATTRIBUTES = frozenset(
    "id d x y x1 y1 x2 y2 cx cy r rx ry fx fy width height viewBox preserveAspectRatio points transform fill"
    " fill-rule fill-opacity clip-rule clip-path mask stroke stroke-width stroke-linecap stroke-linejoin"
    " stroke-miterlimit stroke-dasharray stroke-dashoffset stroke-opacity opacity color stop-color stop-opacity offset"
    " gradientUnits gradientTransform spreadMethod clipPathUnits maskUnits font-family font-size font-weight"
    " font-style text-anchor dominant-baseline letter-spacing dx dy version role aria-label display visibility".split()
)
_STYLED = frozenset(
    "fill fill-rule fill-opacity clip-rule stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit"
    " stroke-opacity opacity stop-color stop-opacity font-family font-size font-weight text-anchor display".split()
)
_REFERENCE = re.compile(r"url\(\s*['\"]?(?!#)", re.IGNORECASE)
_RULE = re.compile(r"([^{}]{1,400})\{([^{}]{0,2000})\}")
_MOST_USES = 16
_SCRIPTED = re.compile(r"(javascript|data|vbscript)\s*:|expression\s*\(|@import|\\", re.IGNORECASE)


def checked_logo(content: bytes) -> tuple[str, bytes]:
    """A logo fit to be shown: its media type, and its content written anew. The same file gives the same bytes.

    Raises:
        NoPicture: it is neither SVG nor PNG nor JPEG, whatever its name says.
        PictureTooLarge: more than 512 KB, or more than 4,000 pixels a side.
        DrawingRefused: a drawing that is broken, or would draw what lies outside of it.
    """
    if len(content) > MOST_BYTES:
        raise errors.PictureTooLarge(size=MOST_BYTES // 1024, pixels=MOST_PIXELS)
    head = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:400].lower()
    if head.startswith((b"<svg", b"<?xml", b"<!doctype svg", b"<!--")):
        return "image/svg+xml", _drawing(content)
    return _picture(content)


def _picture(content: bytes) -> tuple[str, bytes]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as opened:
                if max(opened.size) > MOST_PIXELS:
                    raise errors.PictureTooLarge(size=MOST_BYTES // 1024, pixels=MOST_PIXELS)
                kind = opened.format
                image = ImageOps.exif_transpose(opened).convert("RGBA" if kind == "PNG" else "RGB")
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombWarning,
    ) as problem:
        raise errors.NoPicture from problem
    image.info.clear()  # comments, places and times are nobody's business
    image.thumbnail((_KEPT_PIXELS, _KEPT_PIXELS))
    written = BytesIO()
    if kind == "PNG":
        image.save(written, "PNG", optimize=True)
        return "image/png", written.getvalue()
    image.save(written, "JPEG", quality=88, optimize=True)
    return "image/jpeg", written.getvalue()


def _drawing(content: bytes) -> bytes:
    # No DTD is loaded, no entity resolved, nothing fetched; huge trees are refused by the parser itself.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as problem:
        raise errors.DrawingRefused(reason=str(errors.FORM)) from problem
    if root.tag not in (f"{_SVG}svg", "svg"):
        raise errors.NoPicture
    if root.getroottree().docinfo.internalDTD is not None:
        raise errors.DrawingRefused(reason=str(errors.ENTITIES))
    uses = sum(1 for _use in root.iter(f"{_SVG}use"))
    if uses > _MOST_USES or sum(1 for _element in root.iter()) > _MOST_ELEMENTS:
        raise errors.PictureTooLarge(size=MOST_BYTES // 1024, pixels=MOST_PIXELS)
    clean = _clean(root, _rules_of(root), depth=0)
    if clean is None or not any(len(child.attrib) for child in clean.iter() if child is not clean):
        raise errors.DrawingRefused(reason=str(errors.EMPTY))
    if "viewBox" not in clean.attrib:
        width, height = (_pixels(clean.get(side, "")) for side in ("width", "height"))
        if not width or not height:
            raise errors.DrawingRefused(reason=str(errors.SIZELESS))
        clean.set("viewBox", f"0 0 {width} {height}")
    return bytes(Xml.tostring(clean, encoding="utf-8"))


def _clean(element: "etree._Element", rules: Mapping[str, str], *, depth: int) -> "Xml.Element | None":
    """The element with what draws; None for one that does not. Names of other vocabularies are no shapes."""
    tag = element.tag
    if not isinstance(tag, str) or depth > 60:
        return None
    name = tag.removeprefix(_SVG)
    if name not in _ELEMENTS:
        return None
    kept = Xml.Element(name, {"xmlns": "http://www.w3.org/2000/svg"} if depth == 0 else {})
    for of_class in str(element.get("class", "")).split():
        _keep_style(kept, rules.get(of_class, ""))
    for attribute, value in element.attrib.items():
        _keep_attribute(kept, str(attribute), str(value))
    if name in ("text", "tspan", "title", "desc"):
        kept.text = element.text
    for child in element:
        clean = _clean(child, rules, depth=depth + 1)
        if clean is not None:
            clean.tail = child.tail if name in ("text", "tspan") else None
            kept.append(clean)
    return kept


def _keep_attribute(kept: "Xml.Element", name: str, value: str) -> None:
    if name.endswith("}href") or name == "href":
        may_refer = kept.tag == "use" or kept.tag.endswith("Gradient")
        if may_refer and re.fullmatch(r"#[\w.-]{1,80}", value):
            kept.set("href", value)
        return
    if name == "style":
        _keep_style(kept, value)
        return
    if name in _ATTRIBUTES and not _REFERENCE.search(value) and not _SCRIPTED.search(value):
        kept.set(name, value[:20_000] if name in ("d", "points") else value[:400])


def _keep_style(kept: "Xml.Element", declarations: str) -> None:
    for declaration in declarations.split(";"):
        part, _colon, wanted = declaration.partition(":")
        if part.strip() in _STYLED:
            _keep_attribute(kept, part.strip(), wanted.strip())


def _rules_of(root: "etree._Element") -> dict[str, str]:
    """What drawing programmes write into a style sheet, by class: simple rules only."""
    found: dict[str, str] = {}
    for sheet in root.iter(f"{_SVG}style"):
        for names, declarations in _RULE.findall(sheet.text or ""):
            for name in names.split(","):
                if (known := name.strip().removeprefix(".")) and name.strip().startswith("."):
                    found[known] = f"{found.get(known, '')};{declarations}"
    return found


def _pixels(text: str) -> float:
    match = re.fullmatch(r"\s*(\d{1,5}(?:\.\d{1,4})?)(?:px)?\s*", text)
    return float(match.group(1)) if match else 0.0
