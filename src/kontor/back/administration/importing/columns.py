"""What a column of a file may mean, and how to guess it from its heading in German and English."""

# ruff: noqa: E501 - the tables of headings

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a column may fill. ``words``: headings that mean it, folded (lower case, letters and figures only)."""

    name: str
    label: str | Promise
    words: tuple[str, ...]


CUSTOMER_FIELDS: Sequence[Field] = (
    Field("number", _("Customer number"), ("kundennummer", "kundennr", "kdnr", "nummer", "nr", "customernumber", "customerno", "customerid", "number", "id", "debitor", "debitorennummer")),
    Field("kind", _("Person or organisation"), ("art", "kundenart", "typ", "type", "kind")),
    Field("organisation", _("Organisation"), ("firma", "firmenname", "unternehmen", "organisation", "organization", "company", "companyname", "business", "name1")),
    Field("name", _("Full name"), ("name", "ansprechpartner", "kontakt", "kontaktperson", "contactname", "contact", "fullname", "kundenname", "customername", "vollstaendigername")),
    Field("given_name", _("First name"), ("vorname", "rufname", "firstname", "givenname", "forename")),
    Field("family_name", _("Family name"), ("nachname", "familienname", "zuname", "lastname", "familyname", "surname")),
    Field("email", _("E-mail"), ("email", "mail", "emailadresse", "emailaddress", "mailadresse")),
    Field("phone", _("Phone"), ("telefon", "tel", "telefonnummer", "fon", "phone", "phonenumber", "telephone", "mobil", "mobile")),
    Field("language", _("Language"), ("sprache", "language", "lang")),
    Field("vat_id", _("VAT ID"), ("ustid", "ustidnr", "umsatzsteuerid", "vatid", "vatnumber", "vat", "uid")),
    Field("extra", _("Further line"), ("adresszusatz", "zusatz", "address2", "addressline2", "name2", "extra")),
    Field("street", _("Street and house number"), ("strasse", "strassehausnummer", "strasseundhausnummer", "anschrift", "adresse", "street", "address", "address1", "addressline1", "streetaddress")),
    Field("postal_code", _("Postcode"), ("plz", "postleitzahl", "postcode", "postalcode", "zip", "zipcode")),
    Field("city", _("Town"), ("ort", "stadt", "wohnort", "city", "town")),
    Field("country", _("Country"), ("land", "country", "countrycode", "laendercode", "countryregion")),
    Field("customer_group", _("Customer group"), ("kundengruppe", "preisgruppe", "customergroup", "pricegroup")),
)  # fmt: skip
OFFERING_FIELDS: Sequence[Field] = (
    Field("number", _("Number"), ("artikelnummer", "artikelnr", "artnr", "nummer", "nr", "sku", "productnumber", "articlenumber", "itemnumber", "itemno", "number", "productid", "id", "variantsku", "artikelno", "bestellnummer", "artikelcode", "itemcode", "defaultcode")),
    Field("name_de", _("German name"), ("bezeichnung", "artikelbezeichnung", "artikelname", "produktname", "name", "namede", "bezeichnungde", "titel", "productname", "title", "description1", "namedeutsch", "deutschername", "bezeichnungdeutsch", "artikel", "produkt", "germanname", "namegerman")),
    Field("name_en", _("English name"), ("nameen", "englishname", "bezeichnungen", "bezeichnungenglisch", "englischername", "titleen", "nameenglisch", "nameenglish", "englischebezeichnung", "titleenglish")),
    Field("kind", _("Kind"), ("art", "kind", "angebotsart")),
    Field("category", _("Category"), ("kategorie", "warengruppe", "artikelgruppe", "category", "categoryname", "productcategory", "categoryid")),
    Field("price", _("List price with tax"), ("preis", "bruttopreis", "vk", "vkbrutto", "verkaufspreis", "verkaufspreisbrutto", "listenpreis", "price", "grossprice", "listprice", "unitprice", "preisbrutto", "einzelpreis", "verkaufspreisinkl", "preisinklmwst", "preiseur", "preisineur", "variantprice", "salesprice", "salepriceinctax", "preisbruttoeur")),
    Field("net_price", _("List price without tax"), ("nettopreis", "vknetto", "preisnetto", "verkaufspreisnetto", "netprice", "preisexklmwst", "verkaufspreisexkl", "nettopreiseur")),
    Field("cost", _("Cost"), ("ek", "einkaufspreis", "ekpreis", "kosten", "cost", "standardcost", "purchaseprice", "einkauf", "costperitem", "ekpreisnetto")),
    Field("tax_code", _("Tax class"), ("steuerklasse", "steuersatz", "mwst", "mwstsatz", "ust", "ustsatz", "tax", "taxclass", "taxrate", "vatrate")),
    Field("unit", _("Unit"), ("einheit", "me", "mengeneinheit", "unit", "uom", "unitofmeasure", "verkaufseinheit")),
    Field("weight_g", _("Weight in grams"), ("gewicht", "gewichtg", "gewichtingramm", "weightg", "grams", "variantgrams", "gewichtgramm")),
    Field("weight_kg", _("Weight in kilograms"), ("gewichtkg", "weightkg", "gewichtinkg", "gewichtinkilogramm", "gewichtkilogramm")),
    Field("color", _("Colour"), ("farbe", "color", "colour")),
    Field("size", _("Size"), ("groesse", "size")),
    Field("page", _("Variant of"), ("variantevon", "modell", "variantof", "parent", "model", "hauptartikel", "gruppe", "productmodelid")),
    Field("short_de", _("German short text"), ("kurztext", "kurzbeschreibung", "kurztextde", "kurztextdeutsch", "kurzbeschreibungdeutsch")),
    Field("short_en", _("English short text"), ("kurztexten", "shorttext", "shortdescription", "shorttexten", "kurztextenglisch", "kurzbeschreibungenglisch")),
    Field("text_de", _("German description"), ("beschreibung", "langtext", "beschreibungde", "artikeltext", "beschreibungdeutsch", "langtextdeutsch")),
    Field("text_en", _("English description"), ("beschreibungen", "description", "descriptionen", "longdescription", "beschreibungenglisch", "langtextenglisch", "descriptionenglish")),
    Field("stock", _("Opening stock"), ("bestand", "lagerbestand", "anfangsbestand", "stock", "quantity", "unitsinstock", "onhand", "menge", "anzahl", "lagermenge", "variantinventoryqty", "qty", "qtyonhand")),
)  # fmt: skip
FIELDS: Mapping[str, Sequence[Field]] = {"customers": CUSTOMER_FIELDS, "offerings": OFFERING_FIELDS}
IGNORED = pgettext_lazy("column", "Leave out")
PROBLEM_HEADINGS = ("Problem", "Fehler")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e"})


def folded(heading: str) -> str:
    """A heading without what people write differently: case, umlauts, blanks, signs."""
    return re.sub(r"[^a-z0-9]", "", heading.lower().translate(_UMLAUTS))


def suggested(kind: str, headers: Sequence[str]) -> list[str]:
    """The field that each heading most likely means, each field once; empty where nobody can tell."""
    taken: set[str] = set()
    found = [""] * len(headers)
    ranked: list[tuple[int, int, str]] = []
    for column, heading in enumerate(headers):
        word = folded(heading)
        for field in FIELDS[kind]:
            if word in field.words:
                ranked.append((field.words.index(word), column, field.name))
    for _rank, column, name in sorted(ranked):
        if name not in taken and not found[column]:
            found[column] = name
            taken.add(name)
    return found


def missing_fields(kind: str, fields: Sequence[str]) -> str | Promise:
    """What a mapping lacks, in words; empty where it is enough."""
    chosen = set(fields)
    if kind == "customers" and not chosen & {"number", "email"}:
        return _("customer number or e-mail, which say who is who")
    if kind == "customers" and not chosen & {"organisation", "name", "family_name"}:
        return _("name or organisation")
    if kind == "offerings" and "number" not in chosen:
        return _("number, which says what offering is meant")
    return ""
