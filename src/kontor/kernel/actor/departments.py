"""The departments of a house and what their members may do: the canonical table.

A house starts with these; afterwards its own rows count (``Department.rights``), so that an organisation may deal out
rights otherwise without touching the code.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kontor.kernel.language import in_german


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """A department as the house begins with it."""

    code: str
    name_de: str
    name_en: str
    side: str
    rights: tuple[str, ...]


_DESK = ("desk.enter",)
_BACK = ("back.enter",)

DEPARTMENTS: Sequence[DepartmentRow] = (
    DepartmentRow(
        "sales",
        "Verkauf",
        "Sales",
        "front",
        (
            *_DESK,
            *("orders.read", "orders.place", "orders.cancel", "customers.read", "customers.write"),
            *("cases.read", "cases.write", "offerings.read"),
        ),
    ),
    DepartmentRow(
        "care",
        "Kundenbetreuung",
        "Customer Care",
        "front",
        (
            *_DESK,
            *("orders.read", "orders.cancel", "customers.read", "customers.write"),
            *("cases.read", "cases.write"),
        ),
    ),
    DepartmentRow(
        "advice",
        "Beratung",
        "Advice",
        "front",
        (*_DESK, "orders.read", "customers.read", "cases.read", "cases.write", "offerings.read"),
    ),
    DepartmentRow("marketing", "Marketing", "Marketing", "front", (*_DESK, "site.write", "offerings.read")),
    DepartmentRow("press", "Presse", "Press", "front", (*_DESK, "site.write")),
    DepartmentRow(
        "order-administration",
        "Verkauf (Auftragsabwicklung)",
        "Order Administration",
        "back",
        (
            *_BACK,
            *("orders.read", "orders.release", "orders.cancel", "customers.read"),
            *("logistics.read", "logistics.ship", "warehouse.read", "invoicing.read"),
        ),
    ),
    DepartmentRow(
        "warehouse",
        "Lager",
        "Warehouse",
        "back",
        (
            *_BACK,
            *("warehouse.read", "warehouse.count", "warehouse.receive"),
            *("orders.read", "logistics.read", "logistics.ship"),
        ),
    ),
    DepartmentRow(
        "logistics",
        "Logistik",
        "Logistics",
        "back",
        (*_BACK, "logistics.read", "logistics.ship", "logistics.deliver", "orders.read", "warehouse.read"),
    ),
    DepartmentRow(
        "production",
        "Produktion",
        "Production",
        "back",
        (
            *_BACK,
            *("production.read", "production.write", "promises.plan", "warehouse.read", "improvement.read"),
        ),
    ),
    DepartmentRow(
        "purchasing",
        "Einkauf",
        "Purchasing",
        "back",
        (
            *_BACK,
            *("purchasing.read", "purchasing.write", "promises.plan", "warehouse.read", "offerings.read"),
        ),
    ),
    DepartmentRow(
        "accounting",
        "Buchhaltung",
        "Accounting",
        "back",
        (
            *_BACK,
            *("orders.read", "customers.read", "invoicing.read", "invoicing.issue", "invoicing.credit"),
            *(
                "ledger.read",
                "ledger.post",
                "payments.read",
                "payments.record",
                "refunds.ask",
                "refunds.approve",
            ),
        ),
    ),
    DepartmentRow(
        "personnel",
        "Personal",
        "Personnel",
        "back",
        (*_BACK, "people.read", "people.write"),
    ),
    DepartmentRow(
        "product-conception",
        "Produktkonzeption",
        "Product Conception",
        "back",
        (
            *_BACK,
            *("design.read", "improvement.read", "improvement.write", "offerings.read", "offerings.write"),
        ),
    ),
    DepartmentRow(
        "administration",
        "Verwaltung",
        "Administration",
        "back",
        (
            *_DESK,
            *_BACK,
            *("administration.read", "administration.write", "people.read", "people.write"),
            *("offerings.read", "offerings.write", "site.write"),
        ),
    ),
    DepartmentRow(
        "management",
        "Geschäftsführung",
        "Management",
        "back",
        (
            *_DESK,
            *_BACK,
            *(
                "orders.read",
                "orders.place",
                "orders.release",
                "orders.cancel",
                "customers.read",
                "customers.write",
            ),
            *("warehouse.read", "logistics.read", "promises.plan", "invoicing.read", "invoicing.credit"),
            *(
                "ledger.read",
                "payments.read",
                "refunds.ask",
                "refunds.approve",
                "people.read",
                "people.write",
            ),
            *("administration.read", "administration.write", "site.write", "cases.read"),
            *("production.read", "purchasing.read", "design.read", "improvement.read", "improvement.write"),
            *("offerings.read", "offerings.write"),
        ),
    ),
)

# What a right lets a person do, in words, for the pages of personnel and administration.
RIGHTS: dict[str, Promise] = {
    "desk.enter": _("Work at the counter"),
    "back.enter": _("Work in the back office"),
    "orders.read": _("See orders"),
    "orders.place": _("Take orders by phone"),
    "orders.release": _("Release orders"),
    "orders.cancel": _("Cancel orders"),
    "customers.read": _("See customers"),
    "customers.write": _("Change customers"),
    "warehouse.read": _("See stock"),
    "warehouse.count": _("Count stock"),
    "warehouse.receive": _("Receive goods and returns"),
    "logistics.read": _("See shipments"),
    "logistics.ship": _("Ship goods"),
    "logistics.deliver": _("Record deliveries"),
    "promises.plan": _("Plan receipts and capacity"),
    "invoicing.read": _("See invoices"),
    "invoicing.issue": _("Issue invoices"),
    "invoicing.credit": _("Issue credit notes"),
    "ledger.read": _("See the books"),
    "ledger.post": _("Post entries"),
    "payments.read": _("See payments"),
    "payments.record": _("Record payments"),
    "refunds.ask": _("Ask for refunds"),
    "refunds.approve": _("Approve refunds"),
    "people.read": _("See staff"),
    "people.write": _("Change staff and their departments"),
    "cases.read": _("See customers' matters"),
    "cases.write": _("Answer and settle customers' matters"),
    "site.write": _("Edit the website's pages and news"),
    "offerings.read": _("See offerings with costs and drafts"),
    "offerings.write": _("Change offerings and prices"),
    "production.read": _("See production orders"),
    "production.write": _("Plan, move and report production orders"),
    "purchasing.read": _("See purchase orders"),
    "purchasing.write": _("Order, move and receive purchases"),
    "design.read": _("See the feed of problems and needs"),
    "improvement.read": _("See problems and improvements"),
    "improvement.write": _("Work on problems and answer them"),
    "administration.read": _("See the house's settings"),
    "administration.write": _("Change the house's settings"),
}


def department_name(code: str) -> str:
    """A department in the reader's language."""
    for row in DEPARTMENTS:
        if row.code == code:
            return row.name_de if in_german() else row.name_en
    return code
