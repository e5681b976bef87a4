"""The command line: ``./kontor VERB …``. One file a verb in ``verbs``, found through the table below."""

import argparse
import importlib
import os
import sys
from pathlib import Path

from kontor.config.words import HouseRefusal
from kontor.config.words import gettext_now as _

# verb, and what it does. A verb is a module kontor.config.verbs.<verb>; its code loads only when it is used. It has
# add_arguments(parser) and run(args), the exit code; with takes_rest = True unknown arguments arrive as args.rest.
VERBS = {
    "up": _("Start the house: database, shop, desk, back office, worker."),
    "down": _("Stop the house."),
    "status": _("What runs, where, and how much memory it takes."),
    "serve": _("Run one process of the house alone, for systemd and the like."),
    "migrate": _("Bring the database to this version and build the wall."),
    "found": _("Lay the foundations of an empty house; print the link with which one begins."),
    "demo": _("Furnish the house with the demo company."),
    "import": _("Take over real orders from a file."),
    "bench": _("Measure speed against hand-written SQL and bare pages."),
    "stress": _("Put promises under load and check them afterwards."),
    "backup": _("Save the whole house into one file."),
    "restore": _("Build a house from such a file in an empty folder."),
    "psql": _("A database prompt as one of the planes."),
    "shell": _("A Python prompt inside the house."),
    "check": _("All checks of the source."),
    "test": _("The tests; further arguments go to pytest."),
}


def main(arguments: list[str]) -> int:
    """Run one verb. Returns its exit code; 2 where the house refuses, with the reason on standard error."""
    if not arguments or arguments[0] in {"help", "--help", "-h"}:
        sys.stdout.write(overview())
        return 0
    name, *rest = arguments
    if name not in VERBS:
        sys.stderr.write(_("There is no verb %(name)s.") % {"name": name} + "\n\n" + overview())
        return 2
    module = "kontor.config.verbs." + ("import_" if name == "import" else name)  # import is a Python word
    verb = importlib.import_module(module)
    parser = argparse.ArgumentParser(prog=f"./kontor {name}", description=VERBS[name])
    parser.add_argument("--data", type=Path, metavar="DIR", help=_("the folder of the house"))
    verb.add_arguments(parser)
    if getattr(verb, "takes_rest", False):
        args, others = parser.parse_known_args(rest)
        args.rest = others
    else:
        args = parser.parse_args(rest)
    if args.data:
        os.environ["KONTOR_HOUSE"] = str(args.data.expanduser().resolve())
    try:
        return int(verb.run(args))
    except HouseRefusal as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 2
    except KeyboardInterrupt:
        return 130


def overview() -> str:
    """The verbs with one sentence each."""
    lines = [_("Kontor: ./kontor VERB [--data DIR] …"), ""]
    lines += [f"  {name:<9} {sentence}" for name, sentence in VERBS.items()]
    return "\n".join([*lines, "", _("./kontor VERB --help says more about one of them."), ""])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
