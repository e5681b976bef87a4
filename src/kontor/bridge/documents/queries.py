"""What is read of documents, and the house as their seller."""

from kontor.bridge.documents.models import DocumentFile
from kontor.bridge.documents.rendering.papers import Seller
from kontor.bridge.parties.models import House


def seller_of(house: House) -> Seller:
    """The house as the issuer of a paper; § 14 UStG and § 35a GmbHG say what belongs on it."""
    return Seller(
        name=house.name,
        legal_form_line=house.legal_form_line,
        street=house.street,
        postal_code=house.postal_code,
        city=house.city,
        country=house.country,
        vat_id=house.vat_id,
        tax_number=house.tax_number,
        register_line=house.register_line,
        managing_director=house.managing_director,
        contact_name=house.name,
        email=house.email,
        phone=house.phone,
        iban=house.iban,
        bic=house.bic,
        bank_name=house.bank_name,
        website=house.website,
    )


def file_of(kind: str, number: str) -> DocumentFile | None:
    """The file of a document with its content, or None while there is none. One statement."""
    return (
        DocumentFile.objects.filter(document__kind=kind, document__number=number)
        .select_related("document")
        .first()
    )
