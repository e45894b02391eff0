"""Files as other programs write them: what stands in them arrives, or is told."""

import datetime as dt
import json
import zipfile

import pytest
from exchange_worlds import said

from dossier.desk.importing import import_files
from dossier.exchange.records import ImportOptions
from dossier.model.problems import DossierError


def brought(tmp_path, form, files, **options):
    """The report of an import of these files, by their names, and all that the dossier says."""
    paths = []
    for name, data in files.items():
        paths.append(tmp_path / name)
        paths[-1].write_bytes(data if isinstance(data, bytes) else data.encode())
    report = import_files(form, paths, tmp_path / "d", ImportOptions(**options))
    return report, said(tmp_path / "d")


def fields(entries, kind):
    return [one[2] for one in entries.values() if one[0] == kind]


def speakers(links):
    return [link[2] for link in links if link[3] == "speaker"]


def words(tmp_path, entries_or_links):
    texts = {path.stem: path.read_bytes().decode() for path in (tmp_path / "d/articles").iterdir()}
    return [texts[article][start:end] for one in entries_or_links for article, start, end, _ in one[-1]]


PROJECT = """<Project xmlns="urn:QDA-XML:project:1.0" name="p"><CodeBook><Codes><Code guid="C" name="Tariffs" isCodable="true">
<NoteRef targetGUID="N1"/></Code></Codes></CodeBook><Sources><TextSource guid="T" name="Talk" plainTextPath="internal://t.txt">
<PlainTextSelection guid="S" startPosition="{0}" endPosition="{1}"><Coding guid="K"><CodeRef targetGUID="C"/><NoteRef targetGUID="N2"/>
</Coding></PlainTextSelection><PlainTextSelection guid="S2" startPosition="{2}" endPosition="{3}"><Coding guid="K2"><CodeRef
targetGUID="C"/></Coding></PlainTextSelection></TextSource><PictureSource guid="P" name="Photo"><TextDescription guid="D" name="Log"
plainTextPath="internal://log.txt"/></PictureSource></Sources><Notes><Note guid="N1" plainTextPath="internal://m.txt"/>
<Note guid="N2"><PlainTextContent>Sounds angry.</PlainTextContent></Note><Note guid="N3"><PlainTextContent>Alone.</PlainTextContent>
</Note></Notes></Project>"""


def test_memos_of_codes_and_codings_and_logs_of_pictures_arrive(tmp_path):
    text = "\ufeffQ: Why?\r\nA 😀: We said no to tariffs. Period.\r\n"
    first, second = (len(text[: text.index(word)].encode("utf-16-le")) // 2 for word in ("no to", "Period"))
    places = (first, first + len("no to tariffs"), second, second + len("Period"))
    with zipfile.ZipFile(tmp_path / "p.qdpx", "w") as archive:
        archive.writestr("project.qde", PROJECT.format(*places))
        for name, inner in {"t": text, "log": "\ufeffA harbour", "m": "\ufeffA memo.\r\n"}.items():
            archive.writestr(f"Sources/{name}.txt", inner.encode())
    report = import_files("refi", [tmp_path / "p.qdpx"], tmp_path / "d", ImportOptions())
    entries, links, _, problems = said(tmp_path / "d")
    assert not problems
    assert entries["tariffs"][2]["note"] == "A memo."
    assert [link[6] for link in links] == ["", "Sounds angry."]
    assert words(tmp_path, links) == ["Period", "no to tariffs"]
    assert sorted(path.name for path in (tmp_path / "d/articles").iterdir()) == ["log.txt", "talk.txt"]
    assert report.losses.counts["notes on other things than codes and texts"] == 1
    assert "last character included" in report.losses.notes[0], "another way of counting would do as well"


PAGE = "Intro. The minister said that tariffs are bad. Nobody agreed with the minister. End of page.\n"


def annotation(selector, **more):
    return {"type": "Annotation", "target": {"source": "http://x.org/page", "selector": selector}, **more}


def quoted(exact, **more):
    return {"type": "TextQuoteSelector", "exact": exact, **more}


def test_every_page_of_a_collection_is_read_and_one_elsewhere_is_told(tmp_path):
    second = {"type": "AnnotationPage", "items": [annotation(quoted("End of page"))], "next": "http://x.org/3"}
    first = {"type": "AnnotationPage", "items": [annotation(quoted("Nobody agreed"))], "next": second}
    whole = {"@context": "https://www.w3.org/ns/anno.jsonld", "type": "AnnotationCollection", "first": first}
    report, (entries, *_) = brought(tmp_path, "w3c", {"a.json": json.dumps(whole), "page.txt": PAGE})
    assert sorted(words(tmp_path, entries.values())) == ["End of page", "Nobody agreed"]
    assert any("http://x.org/3" in note for note in report.losses.notes)


@pytest.mark.parametrize(
    "inner", [quoted("minister"), {"type": "TextPositionSelector", "start": 14, "end": 22}], ids=["quote", "position"]
)
def test_a_selector_within_another_leads_to_its_own_words_at_that_place(inner, tmp_path):
    outer = quoted("agreed with the minister", prefix="Nobody ", refinedBy=inner)
    if "start" in inner:
        inner |= {"start": 16, "end": 24}
    _, (entries, *_) = brought(tmp_path, "w3c", {"a.json": json.dumps(annotation(outer)), "page.txt": PAGE})
    (place,) = [one[-1][0][1:3] for one in entries.values() if one[-1]]
    assert place == (PAGE.rindex("minister"), PAGE.rindex("minister") + 8)


def test_an_orphan_does_not_take_the_offsets_from_the_other_annotations(tmp_path):
    start = PAGE.rindex("minister")
    spans = [("minister", start), ("words that have gone", 4000), ("tariffs are bad", PAGE.index("tariffs"))]
    rows = [
        {"uri": "http://x.org/page", "id": str(at), "target": [{"selector": [
            {"type": "TextPositionSelector", "start": at, "end": at + len(text)}, quoted(text)]}]}
        for text, at in spans
    ]  # fmt: skip
    report, (entries, *_) = brought(tmp_path, "hypothesis", {"a.json": json.dumps({"rows": rows}), "page.txt": PAGE})
    assert report.anchors == {"exact": 2, "missing": 1}
    assert start in [one[-1][0][1] for one in entries.values() if one[-1]]


def test_a_quote_and_the_event_of_saying_it_are_one(tmp_path):
    text = "Obama said tariffs are bad.\n"
    lines = ["T1\tPerson 0 5\tObama", "T2\tSay 6 10\tsaid", "T3\tQuote 11 26\ttariffs are bad",
             "E1\tSay:T2 Speaker:T1 Content:T3", "A1\tStance T3 Against", "#1\tAnnotatorNotes T3\tloudly"]  # fmt: skip
    _, (entries, links, *_) = brought(tmp_path, "brat", {"a.txt": text, "a.ann": "\r\n".join(lines)})
    (quote,) = fields(entries, "quote")
    assert (speakers(links), quote["stance"], quote["note"]) == (["obama"], "against", "loudly")


TALK = 'Der Minister sagte: "Zölle sind schlecht", und ging.\nZweite Zeile; mit Semikolon.\n'


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("first", ["", "sep=;\r\n"])
def test_a_table_of_excel_in_german_is_read(first, encoding, tmp_path):
    rows = 'Zitat;speaker;agreement;date;Anteil;\r\n"Zweite Zeile; mit Semikolon";Müller;Ja;9.6.2025;3,5;x\r\n'
    mark = "\ufeff" if encoding.startswith("utf-16") else ""
    named = "cp1252" if encoding == "cp1252" else ""
    files = {"a.csv": (mark + first + rows).encode(encoding), "talk.txt": TALK.encode(named or "utf-8")}
    report, (entries, *_) = brought(tmp_path, "csv", files, columns={"text": "Zitat"}, encoding=named)
    (quote,) = fields(entries, "quote")
    assert (quote["stance"], quote["date"]) == ("for", "2025-06-09")
    assert report.anchors == {"exact": 1}
    assert report.losses.counts == {"columns “Anteil”": 1, "cells in columns without a name": 1}


def test_a_row_that_names_no_text_is_told_by_its_number(tmp_path):
    with pytest.raises(DossierError, match="row 2: It names no text"):
        brought(tmp_path, "csv", {"a.csv": "quote,document\nZweite Zeile\nZweite Zeile,talk\n", "talk.txt": TALK})


def workbook(path, fill):
    xlsxwriter = pytest.importorskip("xlsxwriter")
    book = xlsxwriter.Workbook(path)
    fill(book)
    book.close()
    return path.read_bytes()


def test_of_a_spreadsheet_the_sheet_that_is_shown_is_read_with_merged_cells_and_dates(tmp_path):
    def fill(book):
        hidden, sheet = book.add_worksheet("Old"), book.add_worksheet("Quotes")
        hidden.hide()
        hidden.write_row(0, 0, ["secret"])
        sheet.activate()
        sheet.set_first_sheet()
        sheet.write_row(2, 1, ["quote", "speaker", "date"])
        sheet.write_column(3, 1, ["Zölle sind schlecht", "Zweite Zeile"])
        sheet.merge_range(3, 2, 4, 2, "Müller")
        sheet.write_datetime(3, 3, dt.date(2025, 6, 9), book.add_format({"num_format": "dd.mm.yyyy"}))

    data = workbook(tmp_path / "book.xlsx", fill)
    report, (entries, links, *_) = brought(tmp_path, "csv", {"a.xlsx": data, "talk.txt": TALK})
    assert speakers(links) == ["muller", "muller"]
    assert [one.get("date", "") for one in fields(entries, "quote")] == ["2025-06-09", ""]
    assert report.losses.counts["further sheets of the table"] == 1


def test_a_spreadsheet_with_a_cell_at_the_end_of_the_world_is_refused(tmp_path):
    data = workbook(tmp_path / "book.xlsx", lambda book: book.add_worksheet().write(1048575, 16383, "far"))
    with pytest.raises(DossierError, match="spans more than"):
        brought(tmp_path, "csv", {"a.xlsx": data, "talk.txt": TALK})


ISSUED = {
    "2020-03-09": {"date-parts": [["2020", 3, "9"]]}, "2020-21": {"date-parts": [[2020]], "season": 1},
    "1850~": {"date-parts": [[1850]], "circa": True}, "2020-05-06": {"raw": "2020-05-06"},
}  # fmt: skip


@pytest.mark.parametrize("day", ISSUED)
def test_a_date_of_a_citation_program_comes_back_as_it_was(day, tmp_path):
    items = [{"id": "a", "type": "book", "title": "A", "issued": ISSUED[day]}]
    _, (entries, *_) = brought(tmp_path, "csl", {"a.json": json.dumps(items)})
    assert entries["a"][2]["published"] == day


@pytest.mark.parametrize("issued", [{"date-parts": [[2019, 12], [2020, 1]]}, {"date-parts": [[2019, 13, 40]]}])
def test_what_of_a_date_has_no_place_stands_in_the_note(issued, tmp_path):
    items = [{"id": "a", "type": "book", "title": "A <i>b</i>", "issued": issued}]
    _, (entries, *_) = brought(tmp_path, "csl", {"a.json": json.dumps(items)})
    assert entries["a"][2]["published"][:4] == "2019"
    assert entries["a"][2]["note"].startswith("Date as given: 2019-1")


def test_people_of_a_citation_program_keep_their_particles(tmp_path):
    people = [{"family": "Beethoven", "given": "Ludwig", "dropping-particle": "van", "suffix": "Jr."},
              {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}, {"literal": "The Board"}]  # fmt: skip
    items = [{"id": "a", "type": "book", "title": "A", "author": people}]
    _, (entries, *_) = brought(tmp_path, "csl", {"a.json": json.dumps(items)})
    assert entries["a"][2]["author"] == "Ludwig van Beethoven Jr.; Vincent van Gogh; The Board"


def test_abbreviations_people_and_parents_of_bibtex_arrive(tmp_path):
    bib = r"""@string{nyt = "New York Times"} @string{late = nyt # " Late"}
    @article{a, title = {A {{B}} c}, author = {{Simon and Schuster} and King, Jr., Martin and M{\"u}ller, J{\"o}rg}, journal = nyt # {, City}}
    @article{b, title = {C # D}, journal = late, date = {2020-03~}, crossref = {nobody}}
    @inproceedings{c, title = {Child}, crossref = {p}} @proceedings{p, title = {Parent}, year = 1999}"""
    report, (entries, *_) = brought(tmp_path, "bibtex", {"a.bib": bib})
    assert entries["a"][2]["publisher"] == "New York Times, City"
    assert entries["a"][2]["author"] == "Simon and Schuster; Martin King Jr.; Jörg Müller"
    assert (entries["b"][1], entries["b"][2]["publisher"]) == ("C # D", "New York Times Late")
    assert entries["b"][2]["published"] == "2020-03~"
    assert (entries["c"][2]["published"], entries["c"][2]["publisher"]) == ("1999", "Parent")
    assert report.losses.counts["fields “crossref”"] == 1


def test_spans_of_inception_are_read_without_tokens_and_relations_are_told(tmp_path):
    text = "Erster Satz 🎉.\r\nAngela Merkel ging."
    at = len(text[: text.index("Angela")].encode("utf-16-le")) // 2
    span = {"@sofa": 1, "begin": at, "end": at + 13}
    cas = {"%FEATURE_STRUCTURES": [
        {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaString": text}, {"%TYPE": "x.NamedEntity", "value": "PER", "link": "Q1", **span},
        {"%TYPE": "x.Relation", "@Dependent": 2, "@Governor": 3, **span}]}  # fmt: skip
    report, (_, links, *_) = brought(tmp_path, "uima", {"a.json": json.dumps(cas)})
    assert words(tmp_path, links) == ["Angela Merkel"]
    assert report.losses.convention == "UTF-16 units"
    assert sorted(report.losses.counts.values()) == [1, 1]
