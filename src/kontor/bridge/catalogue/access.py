from kontor.kernel.membrane.declaring import READ, WRITE, WRITE_AND_DELETE, Access, Function, Table

_ALL = ("kontor_public", "kontor_desk", "kontor_back")
# Public reads the storefront and the categories; drafts, costs, customer and future prices are other tables.
ACCESS = Access(
    tables=(
        Table("catalogue_category", public=READ, desk=READ, back=WRITE),
        Table("catalogue_offeringgroup", desk=READ, back=WRITE),
        Table("catalogue_offering", desk=READ, back=WRITE),
        Table("catalogue_price", desk=READ, back=WRITE),
        Table("catalogue_storefrontgroup", public=READ, desk=READ, back=WRITE_AND_DELETE),
        Table("catalogue_storefrontitem", public=READ, desk=READ, back=WRITE_AND_DELETE),
    ),
    functions=(Function("kontor_fold(text)", _ALL), Function("kontor_search(text)", _ALL)),
)
