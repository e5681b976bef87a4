"""Why an import is refused."""

from django.utils.translation import gettext_lazy as _

from kontor.kernel.errors import Refusal, refuses


class NotNow(Refusal):
    message = _("This import is %(state)s at the moment. Reload the page to see what can be done.")


class MappingIncomplete(Refusal):
    message = _("The columns do not say enough yet. Assign one to: %(what)s.")
    status = 422


class FieldTwice(Refusal):
    message = _("“%(field)s” is assigned to two columns. Leave one of them out.")
    status = 422


class NothingToImport(Refusal):
    message = _("No row of this file can go in. Mend the rows, then upload the file again.")


class TemplateNameUsed(Refusal):
    message = _("There is a mapping of this name already. Choose another name.")


refuses("an_import_template_has_a_name_of_its_own", TemplateNameUsed)
