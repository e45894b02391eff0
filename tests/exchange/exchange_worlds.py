"""What the tests of exchange share: a dossier as what it says, and articles in every spelling."""

import unicodedata
import zipfile

from dossier.desk.desk import Desk
from dossier.desk.exporting import export_dossier
from dossier.desk.importing import import_files
from dossier.exchange.records import ImportOptions, Losses

SPELLINGS = {
    "as it is": lambda text: text,
    "CR LF": lambda text: text.replace("\n", "\r\n"),
    "a byte order mark": lambda text: "\ufeff" + text,
    "astral characters": lambda text: "🦊 𝒜 first line.\n\n" + text.replace("\n\n", "\n\n🎉 ", 3),
    "NFD": lambda text: unicodedata.normalize("NFD", "Un café né à Genève.\n\n" + text),
    "separators": lambda text: "One\u2028two\u2029three.\n\n" + text,
    "all at once": lambda text: (
        "\ufeff" + unicodedata.normalize("NFD", "🦊 Un café\u2028né.\n\n" + text).replace("\n", "\r\n")
    ),
}


def said(folder):
    """All that a dossier says: entries with fields, references and evidence, and links."""
    desk = Desk.open(folder)
    try:
        catalogue = desk.texts.catalogue
        entries = {
            entry.id: (entry.kind, fold_title(entry), fields_of(entry), entry.owner, places(desk, entry.id))
            for entry in catalogue.entries("shadow = 0 ORDER BY id")
        }
        links = sorted(
            (
                link.source,
                link.relation,
                link.target,
                link.field,
                link.date,
                link.credibility,
                link.note,
                link.period,
                link.role,
                places(desk, key),
            )
            for key, link in catalogue.links("1")
        )
        relations = {name: (one.inverse, one.stance) for name, one in desk.relations().items()}
        return entries, links, relations, [str(problem) for problem in desk.problems()]
    finally:
        desk.close()


def fold_title(entry):
    return " ".join(entry.title.split())


def fields_of(entry):
    """Fields as read; where an article lies is its writer's choice, and lists of one and texts are the same."""
    return {
        name: " ".join(entry.text(name).split())
        for name in sorted(entry.fields)
        if name not in ("file", "text", "name")
    }


def places(desk, owner):
    return [(one.article, one.start, one.end, one.status) for one in desk.evidence_of(owner)]


def carried(folder, form, into):
    """The dossier in `folder` out in a format and in again at `into`."""
    desk = Desk.open(folder)
    try:
        data = export_dossier(desk, form, Losses())
        assert data == export_dossier(desk, form, Losses()), "the same dossier gives the same bytes"
    finally:
        desk.close()
    file = into.with_name(f"carried{ENDINGS[form]}")
    file.write_bytes(data)
    return import_files(form, [file], into, ImportOptions())


ENDINGS = {"w3c": ".jsonld", "refi": ".qdpx", "brat": ".brat.zip"}


def nvivo(path, texts):
    """A project as NVivo writes it: `Sources`, UTF-16 units, CR LF as two, a bare GUID here and one in braces there."""
    sources = []
    with zipfile.ZipFile(path, "w") as archive:
        for number, (text, spans) in enumerate(texts, 1):
            data = text.encode("utf-8-sig")
            archive.writestr(f"Sources/A{number}.txt", data)
            inner = "".join(
                f'<PlainTextSelection guid="S{number}-{at}" name="talks.docx" startPosition="{units(text, start)}"'
                f' endPosition="{units(text, end)}"><Coding guid="K{at}"><CodeRef targetGUID="C1"/></Coding></PlainTextSelection>'
                for at, (start, end) in enumerate(spans)
            )
            sources.append(
                f'<TextSource guid="T{number}" name="talks {number}.docx" plainTextPath="internal://a{number}.txt">{inner}</TextSource>'
            )
        archive.writestr(
            "project.qde",
            '<Project xmlns="urn:QDA-XML:project:0:4" name="Talks" origin="NVivo 12"><CodeBook><Codes>'
            '<Code guid="{C1}" name="Tariffs" isCodable="true"/></Codes></CodeBook>'
            f"<Sources>{''.join(sources)}</Sources></Project>",
        )


def units(text, index):
    return len(text[:index].encode("utf-16-le")) // 2
