from kontor.kernel.membrane.declaring import READ, Access, Table

# Tax rates are law, known to everybody; they change with a release or by the owner.
ACCESS = Access(tables=(Table("rules_taxrate", public=READ, desk=READ, back=READ, design=READ),))
