"""What the terminal shows when the house is up."""

import sys

from kontor.config.house import House
from kontor.config.processes import processes_here
from kontor.config.words import gettext_now as _


def print_welcome(house: House, base: int, *, detached: bool) -> None:
    """Addresses, demo logins, where the data lies, how to stop."""
    names = {"public": _("Shop"), "desk": _("Desk"), "back": _("Back office")}
    rows = [
        (names[process.name], f"http://127.0.0.1:{process.port(base)}/")
        for process in processes_here()
        if process.name in names
    ]
    settings = house.settings()
    rows += settings.get("logins", [])
    desk, back = (next((url for name, url in rows if name == names[plane]), "") for plane in ("desk", "back"))
    if begin := settings.get("begin", ""):
        rows.append((_("Begin here, once"), f"{back}welcome/{begin}/"))
    elif house.is_demo:
        rows.append((_("Tour, begin here"), f"{desk}tour/"))
    else:
        rows.append((_("The whole house"), f"{back}house/"))
    rows.append((_("Data"), str(house.path)))
    stop = _("./kontor down") if detached else _("Ctrl-C, or ./kontor down elsewhere")
    rows.append((_("Stop"), stop))
    width = max(len(label) for label, _value in rows)
    lines = ["", _("The house is up."), "", *(f"  {label:<{width}}  {value}" for label, value in rows), ""]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
