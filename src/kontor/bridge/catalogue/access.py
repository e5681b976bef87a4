from kontor.kernel.membrane.declaring import READ, WRITE, WRITE_AND_DELETE, Access, Function, May, Table

_ALL = ("kontor_public", "kontor_desk", "kontor_back")
_STAFF = ("kontor_desk", "kontor_back")
_NAMES = ("name_de", "name_en")
# Public reads the storefront and the categories; drafts, costs, customer and future prices are other tables.
ACCESS = Access(
    tables=(
        Table(
            "catalogue_category",
            public=READ,
            desk=READ,
            back=WRITE_AND_DELETE,
            design=May(select=("id", "parent_id", *_NAMES)),
        ),
        # Taken back by an import that is taken back; nothing that was ever used can be deleted.
        Table(
            "catalogue_offeringgroup",
            desk=READ,
            back=WRITE_AND_DELETE,
            design=May(select=("id", "category_id", *_NAMES)),
        ),
        Table(
            "catalogue_offering",
            desk=READ,
            back=WRITE_AND_DELETE,
            design=May(select=("id", "number", "kind", "group_id", *_NAMES)),
        ),
        Table("catalogue_price", desk=READ, back=WRITE_AND_DELETE),
        Table("catalogue_customergroup", desk=READ, back=WRITE),
        Table("catalogue_membership", desk=READ, back=WRITE_AND_DELETE),
        Table("catalogue_picture", desk=READ, back=WRITE_AND_DELETE),
        Table("catalogue_storefrontgroup", public=READ, desk=READ, back=WRITE_AND_DELETE),
        Table("catalogue_storefrontpicture", public=READ, desk=READ, back=WRITE_AND_DELETE),
        Table("catalogue_storefrontitem", public=READ, desk=READ, back=WRITE_AND_DELETE),
        Table("catalogue_synonymgroup", public=READ, desk=READ, back=WRITE_AND_DELETE),
        # Written by a trigger; what a typing error can have meant.
        Table("catalogue_word", public=READ, desk=READ, back=READ),
    ),
    functions=(
        Function("kontor_fold(text)", _ALL),
        Function("kontor_search(text)", _ALL),
        # The parts of the search.
        Function("kontor_sound(text)", _ALL),
        Function("kontor_slips(text)", _ALL),
        Function("kontor_is_slip(text, text)", _ALL),
        Function("kontor_stems(text)", _ALL),
        Function("kontor_like(text, boolean)", _ALL),
        Function("kontor_meant(text)", _ALL),
        Function("kontor_synonyms(text[])", _ALL),
        Function("kontor_answer(text, text)", _ALL),
        Function("kontor_worth(double precision, boolean)", _ALL),
        Function("kontor_name_in(text, text)", _ALL),
        # What the token's own party pays now, for published articles only.
        Function("kontor_prices(uuid[], numeric[])", _ALL),
        Function("kontor_price_steps(uuid[])", _ALL),
        Function("catalogue_price_of(uuid, text, numeric, text, timestamptz, numeric)", _STAFF),
        Function("catalogue_group_of(uuid, timestamptz)", _STAFF),
        Function("catalogue_rate(text, timestamptz)", _STAFF),
    ),
)
