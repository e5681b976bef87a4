"""The house's face: a name, two hues and a logo. Lightness and chroma belong to the look and stay fixed."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from zoneinfo import ZoneInfo

from kontor.kernel.house import DEFAULT_ACCENT, DEFAULT_HUE, Standing, standing


@dataclass(frozen=True, slots=True)
class House:
    """What an organisation may change about the look. Hues are degrees in OKLCH, 0 to 359; the radius is in px."""

    name: str = "Kontor"
    hue: int = DEFAULT_HUE
    hue_accent: int = DEFAULT_ACCENT
    logo_url: str = ""
    radius: int = 8
    charges_tax: bool = True

    def __post_init__(self) -> None:
        if not (0 <= self.hue < 360 and 0 <= self.hue_accent < 360):
            raise ValueError("A hue is a number of degrees from 0 to 359.")
        if not 0 <= self.radius <= 20:
            raise ValueError("The radius is a number of pixels from 0 to 20.")

    @property
    def has_own_theme(self) -> bool:
        """Whether pages need the theme stylesheet at all; the default theme is part of the bundle."""
        return (self.hue, self.hue_accent, self.radius) != (DEFAULT_HUE, DEFAULT_ACCENT, 8)

    @property
    def theme_css(self) -> str:
        """The stylesheet that sets the two hues and the radius; it wins over the layers because it is in none."""
        return (
            f":root{{--hue:{self.hue};--hue-accent:{self.hue_accent};"
            f"--radius:{self.radius}px;--radius-2:{round(self.radius * 1.75)}px}}\n"
        )

    @property
    def theme_version(self) -> str:
        """Changes when the theme changes, so that browsers may keep the stylesheet for a year."""
        return sha256(self.theme_css.encode()).hexdigest()[:10]


def house() -> House:
    """Return the house as it stands, at most a few seconds old."""
    found = standing()
    today = datetime.now(ZoneInfo(found.time_zone)).date()
    return _house_of(found, found.is_small_business(today))


@lru_cache(maxsize=8)
def _house_of(found: Standing, is_small: bool) -> House:
    logo_url = f"/logo/{found.logo}" if found.logo else ""
    return House(found.name, found.hue, found.hue_accent, logo_url, found.radius, not is_small)
