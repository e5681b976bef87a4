"""The process ``worker``: makes Django ready, then works. Started by ``./kontor up``."""

from importlib import import_module

import django


def main() -> None:
    """Load the rooms, then hear events, do jobs and sweep until told to stop."""
    django.setup()
    import_module("kontor.config.working").Worker().run()  # its rooms exist only now


if __name__ == "__main__":
    main()
