"""Every address of the house × who comes × what they get. An address that is not listed here fails the tests.

How to list a new one: name it as ``namespace:name`` in the table of its plane. ``get`` and ``post`` are the status that
those who may come get with the sample objects of ``world.py`` (a POST is sent without any fields); a method that is
left out answers 405. Staff who are not named get 403, whoever is not logged in is sent to the login.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Public:
    """An address of the shop: one status for everybody, or one each for a stranger, the customer and another one."""

    get: int | tuple[int, int, int] | None = None
    post: int | tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    """An address of the counter or the office: which departments may come, and the status they get."""

    may: tuple[str, ...]
    get: int | Mapping[str, int] | None = None
    post: int | Mapping[str, int] | None = None
    open: bool = False  # also for whoever is not logged in


OFFICE = (
    "order-administration",
    "warehouse",
    "logistics",
    "production",
    "purchasing",
    "accounting",
    "personnel",
    "product-conception",
    "administration",
    "management",
)
EVERYBODY = ("sales", "care", *OFFICE, "nobody")
COUNTER = ("sales", "care", "management")
CLERKS = ("sales", "care")
SELLERS = ("sales", "management")
EDITORS = ("marketing", "press", "administration", "management")
SEE_ORDERS = ("order-administration", "warehouse", "logistics", "accounting", "management")
SETTLE_ORDERS = ("order-administration", "management")
TASK_TAKERS = ("order-administration", "administration", "management")
SEE_STOCK = ("order-administration", "warehouse", "logistics", "production", "purchasing", "management")
STOREKEEPERS = ("warehouse",)
CONCEIVERS = ("product-conception", "management")
SEE_PROBLEMS = (*CONCEIVERS, "production")
SEE_SHIPMENTS = ("order-administration", "warehouse", "logistics", "management")
SHIPPERS = ("order-administration", "warehouse", "logistics")
DELIVERERS = ("logistics",)
SEE_INVOICES = ("order-administration", "accounting", "management")
BOOKKEEPERS = ("accounting",)
SEE_BOOKS = ("accounting", "management")
STAFF_OFFICE = ("personnel", "administration", "management")
HOUSEKEEPERS = ("administration", "management")
SEE_PRODUCTION = ("production", "management")
PRODUCERS = ("production",)
SEE_PURCHASES = ("purchasing", "management")
BUYERS = ("purchasing",)
SEE_OFFERINGS = ("purchasing", "product-conception", "administration", "management")
OFFERERS = ("product-conception", "administration", "management")
OFFERED = dict.fromkeys(OFFERERS, 422) | {"purchasing": 403}
# Who is logged in already goes on to the first page.
LOGIN = dict.fromkeys(EVERYBODY, 302) | {"stranger": 200}
# Files are their owner's only.
OWN_FILE = dict.fromkeys(OFFICE, 404) | {"order-administration": 200}

PUBLIC: dict[str, Public] = {
    "ui:theme": Public(get=200),
    "ui:logo": Public(get=404),
    "ui:preferences": Public(post=302),
    "ui:components": Public(get=200),
    "shop:home": Public(get=200),
    "shop:shelf": Public(get=200),
    "shop:category": Public(get=200),
    "shop:product": Public(get=200),
    "shop:picture": Public(get=404),
    "shop:wish": Public(get=200, post=422),
    "shop:wish_order": Public(get=(404, 200, 404), post=(404, 422, 404)),
    "shop:wish_mailed": Public(get=200, post=422),
    "shop:review_line": Public(get=(404, 200, 404), post=(404, 422, 404)),
    "shop:review_mailed": Public(get=200, post=422),
    "shop:basket": Public(get=200),
    "shop:put": Public(post=404),
    "shop:change": Public(post=302),
    "shop:begin": Public(post=302),
    "shop:contact": Public(get=302, post=302),
    "shop:review": Public(get=302),
    "shop:methods": Public(post=302),
    "shop:order": Public(post=302),
    "shop:webhook": Public(post=204),
    "account:home": Public(get=(302, 200, 200)),
    "account:details": Public(get=(302, 200, 200), post=(302, 422, 422)),
    "account:login": Public(get=(200, 302, 302), post=200),
    "account:logout": Public(post=302),
    "account:sign_up": Public(get=200, post=200),
    "account:forgotten": Public(get=200, post=200),
    "account:reset_asked": Public(get=200, post=200),
    "account:confirm": Public(get=200, post=410),
    "account:reset": Public(get=200, post=200),
    "account:order": Public(get=(404, 200, 404)),
    "account:pay": Public(get=(404, 302, 404), post=(404, 409, 404)),
    "account:paper": Public(get=(404, 200, 404)),
    "account:matters": Public(get=(302, 200, 200)),
    "account:matter": Public(get=(302, 200, 404)),
    "account:write": Public(post=(404, 422, 404)),
    "account:rate": Public(get=(302, 200, 404), post=(302, 422, 404)),
    "account:rate_stars": Public(get=(302, 200, 404), post=(302, 422, 404)),
    "account:matter_file": Public(get=(404, 200, 404)),
    "account:problem": Public(get=(404, 200, 404), post=(404, 422, 404)),
    "account:mailed_matters": Public(get=200),
    "account:mailed_matter": Public(get=200),
    "account:mailed_write": Public(post=422),
    "account:mailed_rate": Public(get=200, post=422),
    "account:mailed_rate_stars": Public(get=200, post=422),
    "account:mailed_matter_file": Public(get=200),
    "account:mailed_problem": Public(get=200, post=422),
    "account:answer": Public(get=(302, 200, 404), post=(302, 302, 404)),
    "account:mailed_answer": Public(get=200, post=302),
    "account:mailed": Public(get=302),
    "account:mailed_order": Public(get=200),
    "account:mailed_pay": Public(get=302, post=409),
    "account:mailed_paper": Public(get=200),
    "site:page": Public(get=200),
    "site:edition": Public(get=200),
    "site:contact": Public(get=200),
    "site:write": Public(post=422),
    "site:news": Public(get=200),
    "site:feed": Public(get=200),
    "site:article": Public(get=200),
    "site:withdraw": Public(get=200, post=422),
    "site:receipt": Public(get=404, post=404),
    "site:mailed_withdraw": Public(get=200, post=422),
    "site:ready": Public(get=200),
    "site:robots": Public(get=200),
    "site:sitemap": Public(get=200),
}

DESK: dict[str, Staff] = {
    "ui:theme": Staff(EVERYBODY, get=200, open=True),
    "ui:logo": Staff(EVERYBODY, get=404, open=True),
    "ui:preferences": Staff(EVERYBODY, post=302, open=True),
    "ui:components": Staff(EVERYBODY, get=200, open=True),
    "staff:login": Staff(EVERYBODY, get=LOGIN, post=422, open=True),
    "staff:logout": Staff(EVERYBODY, post=302, open=True),
    "staff:preferences": Staff(EVERYBODY, post=302, open=True),
    "staff:house": Staff((*COUNTER, "administration"), get=200),
    "tour:way": Staff(EVERYBODY, get=404, open=True),  # only a house for show has one
    "staff:search": Staff((*COUNTER, "administration"), get=200),
    "staff:palette": Staff((*COUNTER, "administration"), get=200),
    "care:home": Staff((*COUNTER, "administration"), get=200),
    "care:voices": Staff(COUNTER, get=200),
    "care:wish": Staff(CLERKS, get=200, post=422),
    "care:decide_review": Staff(CLERKS, post=302),
    "care:customers": Staff(COUNTER, get=200),
    "care:new_customer": Staff(COUNTER, get=200, post=422),
    "care:customer": Staff(COUNTER, get=200),
    "care:change_customer": Staff(COUNTER, get=200, post=422),
    "care:new_address": Staff(COUNTER, get=200, post=422),
    "care:change_address": Staff(COUNTER, get=200, post=422),
    "care:order": Staff(COUNTER, get=200),
    "care:cancel": Staff(COUNTER, post=302),
    "care:cancel_rest": Staff(COUNTER, post=302),
    "care:confirmation": Staff(COUNTER, post=302),
    "care:document": Staff(COUNTER, get=200),
    "care:inbox": Staff(COUNTER, get=200),
    "care:matter": Staff(COUNTER, get=200),
    "care:matter_file": Staff(COUNTER, get=200),
    "care:new_matter": Staff(CLERKS, get=200, post=422),
    "care:claim": Staff(CLERKS, post=302),
    "care:put_back": Staff(CLERKS, post=302),
    "care:hand_over": Staff(CLERKS, post=302),
    "care:sort_matter": Staff(CLERKS, post=302),
    "care:close_matter": Staff(CLERKS, post=302),
    "care:reopen_matter": Staff(CLERKS, post=302),
    "care:wait": Staff(CLERKS, post=302),
    "care:answer": Staff(CLERKS, post=302),
    "care:draft": Staff(CLERKS, post=200),
    "care:drop_draft": Staff(CLERKS, post=302),
    "care:draft_files": Staff(CLERKS, post=200),
    "care:draft_file": Staff(CLERKS, get=404),
    "care:drop_draft_file": Staff(CLERKS, post=302),
    "care:note": Staff(CLERKS, post=302),
    "care:merge": Staff(CLERKS, post=302),
    "care:part": Staff(CLERKS, post=302),
    "care:link_matter": Staff(CLERKS, post=302),
    "care:kept_mails": Staff(CLERKS, get=200),
    "care:kept_mail": Staff(CLERKS, get=200),
    "care:original_mail": Staff(CLERKS, get=200),
    "care:dismiss_mail": Staff(CLERKS, post=302),
    "care:take_mail": Staff(CLERKS, post=302),
    "care:snippets": Staff(CLERKS, get=200, post=422),
    "care:change_snippet": Staff(CLERKS, get=200, post=422),
    "care:drop_snippet": Staff(CLERKS, post=302),
    "care:answer_time": Staff(CLERKS, post=302),
    "sales:order": Staff(SELLERS, get=302, post=302),
    "website:list": Staff(EDITORS, get=200),
    "website:news": Staff(EDITORS, get=200),
    "website:new": Staff(EDITORS, get=200, post=422),
    "website:picture": Staff(EDITORS, get=404),
    "website:edit": Staff(EDITORS, get=200, post=422),
    "website:preview": Staff(EDITORS, post=200),
    "website:publish": Staff(EDITORS, get=200, post=422),
    "website:discard": Staff(EDITORS, post=302),
    "website:edition": Staff(EDITORS, get=200),
    "website:restore": Staff(EDITORS, post=302),
    "website:take_back": Staff(EDITORS, post=302),
}

BACK: dict[str, Staff] = {
    "ui:theme": Staff(EVERYBODY, get=200, open=True),
    "ui:logo": Staff(EVERYBODY, get=404, open=True),
    "ui:preferences": Staff(EVERYBODY, post=302, open=True),
    "ui:components": Staff(EVERYBODY, get=200, open=True),
    "staff:login": Staff(EVERYBODY, get=LOGIN, post=422, open=True),
    "staff:logout": Staff(EVERYBODY, post=302, open=True),
    "staff:preferences": Staff(EVERYBODY, post=302, open=True),
    "staff:house": Staff(OFFICE, get=200),
    "staff:search": Staff(OFFICE, get=200),
    "staff:palette": Staff(OFFICE, get=200),
    "orders:list": Staff(SEE_ORDERS, get=200),
    "orders:release": Staff(SETTLE_ORDERS, post=302),
    "orders:detail": Staff(SEE_ORDERS, get=200),
    "orders:cancel": Staff(SETTLE_ORDERS, post=302),
    "orders:cancel_rest": Staff(SETTLE_ORDERS, post=302),
    "orders:accept": Staff(SETTLE_ORDERS, post=302),
    "warehouse:stock": Staff(SEE_STOCK, get=200),
    "warehouse:moves": Staff(SEE_STOCK, get=200),
    "warehouse:pick_list": Staff(SEE_STOCK, get=200),
    "warehouse:picked": Staff(SHIPPERS, post=302),
    "warehouse:put_back": Staff(SHIPPERS, post=302),
    "warehouse:locations": Staff(SEE_STOCK, get=200, post=200),
    "warehouse:return": Staff(STOREKEEPERS, get=200, post=200),
    "warehouse:article": Staff(SEE_STOCK, get=200),
    "warehouse:count": Staff(STOREKEEPERS, get=200, post=200),
    "warehouse:receive": Staff(STOREKEEPERS, get=200, post=200),
    "production:list": Staff(SEE_PRODUCTION, get=302),
    "production:new": Staff(PRODUCERS, get=200, post=200),
    "production:start": Staff(PRODUCERS, post=302),
    "production:move": Staff(PRODUCERS, post=302),
    "production:detail": Staff(SEE_PRODUCTION, get=200),
    "production:finish": Staff(PRODUCERS, get=200, post=200),
    "production:cancel": Staff(PRODUCERS, post=302),
    "production:step": Staff(PRODUCERS, post=302),
    "purchasing:list": Staff(SEE_PURCHASES, get=302),
    "purchasing:new": Staff(BUYERS, get=200, post=200),
    "purchasing:move": Staff(BUYERS, post=302),
    "purchasing:suppliers": Staff(SEE_PURCHASES, get=200, post=200),
    "purchasing:detail": Staff(SEE_PURCHASES, get=200),
    "purchasing:confirm": Staff(BUYERS, post=302),
    "purchasing:receive": Staff(BUYERS, get=200, post=200),
    "purchasing:cancel": Staff(BUYERS, post=302),
    "logistics:ready": Staff(SEE_SHIPMENTS, get=200),
    "logistics:ship_many": Staff(SHIPPERS, post=302),
    "logistics:ship": Staff(SHIPPERS, get=200, post=200),
    "logistics:shipments": Staff(SEE_SHIPMENTS, get=200),
    "logistics:deliver": Staff(DELIVERERS, post=302),
    "logistics:shipment": Staff(SEE_SHIPMENTS, get=200),
    "logistics:print": Staff(SHIPPERS, post=302),
    "logistics:paper": Staff(SEE_SHIPMENTS, get=404),
    "invoicing:list": Staff(SEE_INVOICES, get=200),
    "invoicing:unbilled": Staff(SEE_INVOICES, get=200),
    "invoicing:bill": Staff(BOOKKEEPERS, get=200, post=422),
    "invoicing:ranges": Staff(SEE_INVOICES, get=200),
    "invoicing:detail": Staff(SEE_INVOICES, get=200),
    "invoicing:file": Staff(SEE_INVOICES, get=200),
    "invoicing:credit": Staff(SEE_BOOKS, get=200, post=422),
    "ledger:journal": Staff(SEE_BOOKS, get=200),
    "ledger:lines": Staff(SEE_BOOKS, get=200),
    "ledger:entry": Staff(SEE_BOOKS, get=200),
    "ledger:of_document": Staff(SEE_BOOKS, get=302),
    "ledger:accounts": Staff(SEE_BOOKS, get=200),
    "ledger:account": Staff(SEE_BOOKS, get=200),
    "ledger:open_items": Staff(SEE_BOOKS, get=200),
    "ledger:verify": Staff(SEE_BOOKS, get=200),
    "banking:list": Staff(SEE_BOOKS, get=200),
    "banking:record": Staff(BOOKKEEPERS, get=200, post=422),
    "banking:payment": Staff(SEE_BOOKS, get=200),
    "banking:of_item": Staff(SEE_BOOKS, get=302),
    "banking:match": Staff(BOOKKEEPERS, post=422),
    "banking:ask": Staff(SEE_BOOKS, post=422),
    "banking:refunds": Staff(SEE_BOOKS, get=200),
    "banking:refund": Staff(SEE_BOOKS, get=200),
    "banking:approve": Staff(SEE_BOOKS, post=302),
    "banking:decline": Staff(SEE_BOOKS, post=302),
    "banking:online": Staff(SEE_BOOKS, get=200),
    "banking:messages": Staff(SEE_BOOKS, get=200),
    "design:feed": Staff(CONCEIVERS, get=200),
    "design:signal": Staff(CONCEIVERS, get=200),
    "design:offerings": Staff(CONCEIVERS, get=200),
    "design:digest": Staff(CONCEIVERS, get=200),
    "design:digest_of": Staff(CONCEIVERS, get=200),
    "improvement:problems": Staff(SEE_PROBLEMS, get=200),
    "improvement:suggestions": Staff(SEE_PROBLEMS, get=200),
    "improvement:suggestion": Staff(
        SEE_PROBLEMS, get=200, post={"product-conception": 422, "management": 422, "production": 403}
    ),
    "improvement:reject": Staff(CONCEIVERS, post=302),
    "improvement:problem": Staff(SEE_PROBLEMS, get=200),
    "improvement:owner": Staff(CONCEIVERS, post=422),
    "improvement:harm": Staff(CONCEIVERS, post=422),
    "improvement:cause": Staff(CONCEIVERS, post=422),
    "improvement:action": Staff(CONCEIVERS, post=422),
    "improvement:done": Staff(CONCEIVERS, post=302),
    "improvement:effect": Staff(CONCEIVERS, post=422),
    "improvement:answer": Staff(CONCEIVERS, post=422),
    "improvement:reopen": Staff(CONCEIVERS, post=302),
    "improvement:part": Staff(CONCEIVERS, post=302),
    "people:list": Staff(STAFF_OFFICE, get=200),
    "people:employee": Staff(STAFF_OFFICE, get=200, post=422),
    "people:login": Staff(STAFF_OFFICE, post=302),
    "people:link": Staff(STAFF_OFFICE, post=302),
    "people:new": Staff(STAFF_OFFICE, get=200, post=422),
    "people:departments": Staff(STAFF_OFFICE, get=200),
    "people:department": Staff(
        STAFF_OFFICE, get=200, post=dict.fromkeys(HOUSEKEEPERS, 302) | {"personnel": 403}
    ),
    # A password is chosen by a link, and changed by whoever is logged in, also from the counter.
    "people:choose_password": Staff(EVERYBODY, get=410, post=410, open=True),
    "people:own_password": Staff(EVERYBODY, get=200, post=422),
    "administration:home": Staff(OFFICE, get=200),
    "administration:tasks": Staff(OFFICE, get=200),
    "administration:task": Staff(TASK_TAKERS, post=302),
    "administration:save_view": Staff(OFFICE, post=302),
    "administration:change_view": Staff(OFFICE, post=302),
    "administration:remove_view": Staff(OFFICE, post=302),
    "administration:export": Staff(OFFICE, get=200, post=200),
    "administration:export_file": Staff(OFFICE, get=OWN_FILE),
    "administration:remove_export": Staff(OFFICE, post=302),
    "administration:letters": Staff(HOUSEKEEPERS, get=200),
    "administration:letters_again": Staff(HOUSEKEEPERS, post=302),
    "administration:jobs_again": Staff(HOUSEKEEPERS, post=302),
    "administration:settings": Staff(HOUSEKEEPERS, get=200),
    "administration:begin": Staff(EVERYBODY, get=410, post=410, open=True),
    "administration:set_up": Staff(HOUSEKEEPERS, get=200),
    "administration:organisation": Staff(HOUSEKEEPERS, get=200, post=422),
    "administration:look": Staff(HOUSEKEEPERS, get=200, post=422),
    "administration:logo": Staff(HOUSEKEEPERS, post=422),
    "administration:money": Staff(HOUSEKEEPERS, get=200, post=422),
    "administration:range": Staff(HOUSEKEEPERS, get=200, post=422),
    "administration:doors": Staff(HOUSEKEEPERS, get=200),
    "administration:door": Staff(HOUSEKEEPERS, post=302),
    "administration:places": Staff(HOUSEKEEPERS, get=200),
    "administration:new_place": Staff(HOUSEKEEPERS, get=200, post=422),
    "administration:place": Staff(HOUSEKEEPERS, get=200, post=422),
    "administration:special_day": Staff(HOUSEKEEPERS, post=422),
    "administration:place_deed": Staff(HOUSEKEEPERS, post=302),
    "administration:shipping": Staff(HOUSEKEEPERS, get=200),
    "administration:new_shipping_method": Staff(HOUSEKEEPERS, get=200, post=422),
    "administration:shipping_method": Staff(HOUSEKEEPERS, get=200, post=422),
    "administration:offerings": Staff(SEE_OFFERINGS, get=200),
    "administration:new_offering": Staff(OFFERERS, get=200, post=422),
    "administration:sale_of_many": Staff(OFFERERS, post=302),
    "administration:categories": Staff(SEE_OFFERINGS, get=200, post=OFFERED),
    "administration:category": Staff(OFFERERS, get=200, post=422),
    "administration:move_category": Staff(OFFERERS, post=302),
    "administration:remove_category": Staff(OFFERERS, post=302),
    "administration:customer_groups": Staff(SEE_OFFERINGS, get=200, post=OFFERED),
    "administration:customer_group": Staff(("management",), get=200, post=422),
    "administration:leave_customer_group": Staff(("management",), post=302),
    "administration:synonyms": Staff(SEE_OFFERINGS, get=200, post=OFFERED),
    "administration:synonym_group": Staff(OFFERERS, get=404, post=404),
    "administration:remove_synonyms": Staff(OFFERERS, post=302),
    "administration:picture": Staff(SEE_OFFERINGS, get=404),
    "administration:offering": Staff(SEE_OFFERINGS, get=200, post=OFFERED),
    "administration:offering_sale": Staff(OFFERERS, post=302),
    "administration:offering_price": Staff(OFFERERS, post=422),
    "administration:end_offering_price": Staff(OFFERERS, post=302),
    "administration:offering_pictures": Staff(OFFERERS, post=302),
    "administration:offering_variant": Staff(OFFERERS, post=422),
    "administration:offering_opening": Staff((), post=422),
    "administration:imports": Staff(OFFERERS, get=200, post=422),
    "administration:import": Staff(OFFERERS, get=200),
    "administration:import_columns": Staff(OFFERERS, post=422),
    "administration:import_deed": Staff(OFFERERS, post=404),
    "administration:import_wrong_csv": Staff(OFFERERS, get=200),
    "administration:import_wrong_xlsx": Staff(OFFERERS, get=404),
}

BY_PLANE: dict[str, Mapping[str, Public | Staff]] = {"public": PUBLIC, "desk": DESK, "back": BACK}
