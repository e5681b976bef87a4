"""Bar codes of parcel labels, drawn as SVG."""

import segno
from barcode.codex import Code128

from kontor.bridge.documents.rendering.girocode import qr_svg

_QUIET_MODULES = 10


def code128_svg(text: str) -> str:
    """Return a Code 128 bar code (ISO/IEC 15417) one unit high and as many units wide as it has modules.

    The ten modules of quiet zone on each side are included. It is stretched to the wanted height.

    Raises:
        ValueError: ``text`` has characters outside ASCII, or is empty.
    """
    if not text or not text.isascii():
        raise ValueError(f"{text!r} has no Code 128.")
    modules = Code128(text).build()[0]
    width = len(modules) + 2 * _QUIET_MODULES
    bars = []
    start = 0
    while (start := modules.find("1", start)) >= 0:
        end = modules.find("0", start)
        end = len(modules) if end < 0 else end
        bars.append(f"M{start + _QUIET_MODULES} 0h{end - start}v1h-{end - start}z")
        start = end
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 1" preserveAspectRatio="none">'
        f'<path fill="#000" shape-rendering="crispEdges" d="{"".join(bars)}"/></svg>'
    )


def two_dimensional_svg(text: str) -> str:
    """Return a QR code of ``text``, for scanners that read no bars."""
    return qr_svg(segno.make_qr(text, error="m"))
