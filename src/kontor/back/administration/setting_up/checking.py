"""Whether tax numbers and bank accounts are well formed, and if not, why. Nobody is asked over the network."""

from schwifty import BIC, IBAN
from schwifty.exceptions import SchwiftyException
from stdnum.de import stnr
from stdnum.eu import vat
from stdnum.exceptions import (
    InvalidChecksum,
    InvalidComponent,
    InvalidFormat,
    InvalidLength,
    ValidationError,
)

from kontor.back.administration.setting_up import errors
from kontor.kernel.errors import Refusal


def vat_id(text: str) -> str:
    """A VAT number of the European Union as it is written on invoices, without spaces; empty stays empty.

    Raises:
        WrongVatId: the reason says what is wrong. Source: the check digits of each country's scheme.
    """
    plain = "".join(text.split()).upper().replace("-", "").replace(".", "")
    if not plain:
        return ""
    try:
        vat.validate(plain)
    except ValidationError as problem:
        raise errors.WrongVatId(reason=str(_why(problem))) from problem
    return plain


def tax_number(text: str, country: str) -> str:
    """A German tax number as the tax office writes it; of other countries as it stands.

    Raises:
        WrongTaxNumber: it fits no form that a German Land uses.
    """
    plain = text.strip()
    if plain and country == "DE":
        try:
            stnr.validate(plain)
        except ValidationError as problem:
            raise errors.WrongTaxNumber(reason=str(_why(problem))) from problem
    return plain


def iban(text: str) -> str:
    """An account number in its compact form; empty stays empty.

    Raises:
        WrongIban: the reason says what is wrong.
    """
    plain = "".join(text.split()).upper()
    if not plain:
        return ""
    try:
        return str(IBAN(plain).compact)
    except SchwiftyException as problem:
        raise _wrong_iban(plain, problem) from problem


def bic(text: str, account: str) -> str:
    """A bank's code; where it is left out, the one that belongs to a German account, if it is known.

    Raises:
        WrongBic: it is none.
    """
    plain = "".join(text.split()).upper()
    if not plain:
        known = IBAN(account).bic if account else None
        return str(known.compact) if known is not None else ""
    try:
        return str(BIC(plain).compact)
    except SchwiftyException as problem:
        raise errors.WrongBic from problem


def _wrong_iban(plain: str, problem: SchwiftyException) -> Refusal:
    name = type(problem).__name__
    reasons = {
        "InvalidLength": errors.LENGTH,
        "InvalidChecksumDigits": errors.CHECKSUM,
        "InvalidBBANChecksum": errors.CHECKSUM,
        "InvalidCountryCode": errors.COUNTRY,
        "InvalidStructure": errors.FORM,
    }
    return errors.WrongIban(reason=str(reasons.get(name, errors.FORM)), number=plain)


def _why(problem: ValidationError) -> object:
    kinds = (
        (InvalidLength, errors.LENGTH),
        (InvalidChecksum, errors.CHECKSUM),
        (InvalidComponent, errors.COUNTRY),
        (InvalidFormat, errors.FORM),
    )
    return next((words for kind, words in kinds if isinstance(problem, kind)), errors.FORM)
