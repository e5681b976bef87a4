"""Logins of the demo house that everybody may take. Knows no Django: the settings and the terminal read it, too."""

DEMO_PASSWORD = "moin-weserrad"  # noqa: S105 - printed by ``up``; every login of the demo house has it
CUSTOMER = "anna.behrens@example.org"
ALL_DEPARTMENTS = "ken.sanchez@weserrad.example"
