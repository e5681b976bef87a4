"""Files on their way into the house: uploaded, tried, imported, with the worker's part done in between."""

from django.core.files.uploadedfile import SimpleUploadedFile

from kontor.back.administration.importing import jobs
from kontor.back.administration.importing.models import ImportFile, ImportRow


def upload(clerk, content, kind="customers", name="kunden.csv"):
    """Upload a file; returns it as the worker has read it, or None where it was refused at the door."""
    if isinstance(content, str):
        content = content.encode()
    answer = clerk.post("/imports/", {"kind": kind, "file": SimpleUploadedFile(name, content)})
    if answer.status_code == 422:
        return None
    jobs.carry_on(file_id=file_of(answer).id)
    return file_of(answer)


def file_of(answer):
    return ImportFile.objects.get(id=answer["Location"].split("/")[2])


def tried(clerk, file, **more):
    """Assign the columns as suggested and try the rows."""
    fields = {f"column_{place}": field for place, field in enumerate(file.fields)}
    answer = clerk.post(f"/imports/{file.id}/columns/", {"decimal_mark": file.decimal_mark, **fields, **more})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    jobs.carry_on(file_id=file.id)
    file.refresh_from_db()
    return file


def run(clerk, file):
    clerk.post(f"/imports/{file.id}/start/")
    jobs.carry_on(file_id=file.id)
    file.refresh_from_db()
    return file


def imported(clerk, content, kind="customers", **more):
    return run(clerk, tried(clerk, upload(clerk, content, kind), **more))


def states(file):
    found = {}
    for state in ImportRow.objects.filter(file=file).values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def customers(count, bad=0):
    lines = ["Kundennummer;Firma;E-Mail;Straße;PLZ;Ort;Land"]
    for place in range(count):
        email = "kein-at" if place < bad else f"kunde{place}@example.org"
        lines.append(f"C{place:05};Firma {place} GmbH;{email};Weg {place};28199;Bremen;Deutschland")
    return "\r\n".join(lines)
