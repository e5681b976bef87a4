from kontor.kernel.membrane.declaring import (
    APPEND,
    OWN,
    READ,
    WRITE,
    WRITE_AND_DELETE,
    Access,
    Function,
    May,
    Sequence,
    Table,
)

_SELF = "id = (SELECT kontor_party())"
_OWN_NAME = ("kind", "given_name", "family_name", "organisation", "email", "phone", "language", "vat_id")
_ADDRESS = ("name", "extra", "street", "postal_code", "city", "country", "is_billing", "is_shipping")
_REQUEST = ("id", "kind", "party_id", "email", "given_name", "family_name", "language", "salt", "verifier")
_PUBLIC = ("kontor_public",)
# What stands on pages and papers and what dates and prices are computed with; not who changed it, nor the limits.
_HOUSE = (
    *("id", "name", "legal_form_line", "street", "postal_code", "city", "country", "land", "email", "phone"),
    *("website", "vat_id", "tax_number", "register_line", "managing_director", "bank_name", "iban", "bic"),
    *("currency", "jurisdiction", "time_zone", "hue", "hue_accent", "radius", "brand", "logo"),
    *("handling_days", "payment_days", "reminder_days", "prepayment_days", "online_hours"),
    *("small_business_from", "small_business_until"),
)
_SWITCH = ("is_open", "changed_at", "changed_by")
# Whether a door is open and what is written on it; not who switched it, nor when.
_DOOR = (
    *("code", "department", "icon", "label_de", "label_en", "words_de", "words_en"),
    *("path", "position", "is_open"),
)
ACCESS = Access(
    tables=(
        Table("parties_house", public=May(select=_HOUSE), desk=READ, back=May(select=True, insert=True)),
        Table(
            "parties_party",
            public=May(select=True, insert=("id", *_OWN_NAME), update=_OWN_NAME, rows=_SELF),
            desk=May(select=True, insert=("id", *_OWN_NAME), update=_OWN_NAME),
            back=WRITE_AND_DELETE,
        ),
        Table(
            "parties_address",
            public=May(
                select=True, insert=("id", "party_id", *_ADDRESS), update=_ADDRESS, delete=True, rows=OWN
            ),
            desk=WRITE,
            back=WRITE_AND_DELETE,
        ),
        Table("parties_logo", public=READ, desk=READ, back=APPEND),
        Table("parties_door", public=May(select=_DOOR), desk=READ, back=May(select=True, update=_SWITCH)),
        *(
            Table(name, public=READ, desk=READ, back=WRITE_AND_DELETE)
            for name in (
                "parties_place",
                "parties_openingspan",
                "parties_specialday",
                "parties_specialspan",
            )
        ),
        # Written by triggers; what staff search by.
        Table("parties_words", desk=READ, back=READ),
        # Public asks for a login; it sees neither requests nor logins nor tokens.
        Table(
            "parties_loginrequest",
            public=May(insert=_REQUEST, rows="false", new_rows=OWN),
            back=WRITE_AND_DELETE,
        ),
        Table("parties_login", back=May(select=("party_id", "email", "changed_at"))),
        Table(
            "parties_token", back=May(select=("party_id", "kind", "created_at", "expires_at"), insert=True)
        ),
        Table("parties_loginfailure", back=May(select=True, delete=True)),
    ),
    functions=(
        Function("kontor_party()", ("kontor_public", "kontor_desk", "kontor_back")),
        Function("kontor_find_parties(text, integer)", ("kontor_desk", "kontor_back")),
        Function("kontor_visit()", _PUBLIC),
        Function("kontor_open_visit(bytea)", _PUBLIC),
        Function("kontor_login_salt(text)", _PUBLIC),
        Function("kontor_log_in(text, bytea, bytea)", _PUBLIC),
        Function("kontor_log_out()", _PUBLIC),
        Function("kontor_sign_up_salt(bytea)", _PUBLIC),
        Function("kontor_confirm_sign_up(bytea, bytea, bytea)", _PUBLIC),
        Function("kontor_reset_password(bytea, bytea, bytea, bytea)", _PUBLIC),
    ),
    sequences=(Sequence("parties_number", ("kontor_public", "kontor_desk", "kontor_back")),),
)
