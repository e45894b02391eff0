"""Files that a careless colleague made: what cannot be read as it was meant is told, and no evidence is another."""

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dossier.cli import main
from dossier.desk.importing import import_files
from dossier.exchange.records import ImportOptions
from dossier.model.problems import DossierError

TEXT = "Alice said the deal is dead. Bob said no. Later Alice said yes and Bob left.\n"


def brought(folder, form, files):
    """The report of an import of these files, and all that it wrote, by section."""
    (folder / "in").mkdir()
    for name, data in files.items():
        (folder / "in" / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    report = import_files(form, sorted((folder / "in").iterdir()), folder / "out", ImportOptions())
    sections = {}
    for file in sorted((folder / "out" / "imports").rglob("*.yaml")):
        for name, section in yaml.safe_load(file.read_text()).items():
            if isinstance(section, dict):
                sections.setdefault(name, {}).update(section)
            elif isinstance(section, list):
                sections.setdefault(name, []).extend(section)
    return report, sections


def brat(*lines):
    return {"a.txt": TEXT, "a.ann": "".join(f"{line}\n" for line in lines)}


@pytest.mark.parametrize(
    ("fragments", "words"),
    [
        ("11 27;15 19", "the deal is dead"),
        ("20 27;11 19", "the deal is dead"),
        ("15 27;11 19", "the deal is dead"),
        ("33 40;11 19", "the deal […] said no"),
    ],
)
def test_fragments_of_a_span_in_any_order_are_all_of_its_words(fragments, words, tmp_path):
    told = " ".join(TEXT[slice(*map(int, one.split(" ")))] for one in fragments.split(";"))
    report, sections = brought(tmp_path, "brat", brat("T1\tPerson 0 5\tAlice", f"T2\tQuote {fragments}\t{told}"))
    assert [quote["text"] for quote in sections["quotes"].values()] == [words]
    assert report.anchors["missing"] == 0


@pytest.mark.parametrize(
    "lines",
    [
        ("T1\tPerson 0 5\tAlice", "T1\tPerson 29 32\tBob"),
        ("T1\tPerson 0 5\tAlice", "T2\tStatement 6 10\tsaid", "E1\tStatement:T2 Speaker:T1", "E1\tStatement:T2"),
        ("T1\tPerson 0 5\tAlice", "T2\tPerson 29 32\tBob", "R1\tKnows Arg1:T1 Arg2:T2", "R1\tHates Arg1:T1 Arg2:T2"),
    ],
)
def test_two_annotations_of_one_name_are_refused_by_their_line(lines, tmp_path):
    with pytest.raises(DossierError, match=rf"a\.ann:{len(lines)}: there is another {lines[-1][:2]} before it; give"):
        brought(tmp_path, "brat", brat(*lines))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ('q1,"the deal is dead,Alice,a\nq2,Bob said no,Bob,a\n', 2),
        ('q1,the deal is dead,Alice,a\nq2,"Bob said no,Bob,a', 3),
        ('q1,"the deal is dead,Alice,a\nq2,"Bob said no",Bob,a\n', 2),
    ],
)
def test_a_quotation_mark_left_open_in_a_table_is_told_by_its_line(rows, line, tmp_path):
    with pytest.raises(DossierError, match=rf"q\.csv:{line}: a quotation mark opens a cell there and is not closed"):
        brought(tmp_path, "csv", {"a.txt": TEXT, "q.csv": f"id,text,speaker,article\n{rows}"})
    assert not (tmp_path / "out").exists()


def test_marks_within_a_line_and_line_ends_within_a_cell_are_read(tmp_path):
    rows = 'id,text,speaker,article\nq1,"the deal" is dead,Alice,a\nq2,"Bob\nsaid no","B. ""Bob"" Jones",a\n'
    _, sections = brought(tmp_path, "csv", {"a.txt": TEXT, "q.csv": rows})
    assert [quote["text"] for quote in sections["quotes"].values()] == ["the deal is dead", "Bob said no"]
    assert [person["name"] for person in sections["people"].values()] == ["Alice", 'B. "Bob" Jones']


def test_two_columns_that_fit_one_field_are_refused_until_one_is_named(tmp_path):
    table = {"a.txt": TEXT, "q.csv": "Text;Speaker;article;speaker\nthe deal is dead;Alice;a;Bob\n"}
    with pytest.raises(DossierError, match=r"several columns for “speaker” \(Speaker, speaker\); name one: --column"):
        brought(tmp_path, "csv", table)
    files = sorted((tmp_path / "in").iterdir())
    import_files("csv", files, tmp_path / "out", ImportOptions(columns={"speaker": "Speaker"}))
    assert "Alice" in (tmp_path / "out" / "imports" / "csv-a" / "shared.yaml").read_text()


def test_a_table_of_ours_keeps_marks_and_attributions_and_tells_of_names_that_part(tmp_path):
    from dossier.desk.desk import Desk
    from dossier.desk.exporting import export_dossier
    from dossier.exchange.records import Losses

    home = tmp_path / "home"
    home.mkdir()
    (home / "a.txt").write_text("She said '@POTUS is wrong' and sat down.\n")
    (home / "dossier.yaml").write_text(
        "format: 1\ntitle: T\narticles:\n  a: {file: a.txt}\npeople:\n  s: {name: Smith; Jones}\narticle: a\nquotes:\n"
        "  q1: {text: \"'@POTUS is wrong'\", speaker: s}\n  q2: {text: sat down}\n"
    )
    losses = Losses()
    desk = Desk.open(home)
    try:
        table = export_dossier(desk, "csv", losses)
    finally:
        desk.close()
    assert losses.counts["names with a semicolon, which part into several"] == 1
    _, sections = brought(tmp_path, "csv", {"a.txt": (home / "a.txt").read_text(), "q.csv": table})
    said = [(quote["text"], quote["attribution"]) for quote in sections["quotes"].values()]
    assert said == [("'@POTUS is wrong'", "direct"), ("sat down", "direct")]


CODES = (
    '<Code guid="c1" name="Deal"/><Code guid="c1" name="War"/><Code guid="c2" name="Peace"/>'
    '<Code name="Odd"/><Code name="Odd"/>'
)


def selection(start, end, inside):
    return f'<PlainTextSelection startPosition="{start}" endPosition="{end}">{inside}</PlainTextSelection>'


def coded(*codes):
    return "".join(f'<Coding><CodeRef targetGUID="{code}"/></Coding>' for code in codes)


def refi(sources, **texts):
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        whole = f"<CodeBook><Codes>{CODES}</Codes></CodeBook><Sources>{sources}</Sources>"
        archive.writestr("project.qde", f'<Project xmlns="urn:QDA-XML:project:1.0" name="p">{whole}</Project>')
        for name, text in texts.items():
            archive.writestr(f"sources/{name}.txt", text)
    return {"p.qdpx": buffer.getvalue()}


def source(name, inside):
    return f'<TextSource guid="s {name}" name="{name}" plainTextPath="internal://{name}.txt">{inside}</TextSource>'


def test_codes_of_one_guid_and_codings_with_none_are_told(tmp_path):
    inside = selection(0, 5, coded("c1")) + selection(11, 27, coded("c2", "c9"))
    report, sections = brought(tmp_path, "refi", refi(source("a", inside), a=TEXT))
    assert sorted(issue["name"] for issue in sections["issues"].values()) == ["Deal", "Odd", "Odd", "Peace"]
    assert report.entries["issues"] == 4
    assert any("the code “War” has the GUID of another, c1" in note for note in report.losses.notes)
    assert report.losses.counts["codings with codes that are not there"] == 1


def test_the_text_of_a_source_is_never_that_of_another_file_of_its_name(tmp_path):
    inside = selection(0, 5, coded("c2"))
    report, _ = brought(tmp_path, "refi", refi(source("A", inside), A=TEXT, a="Other text was here.\n"))
    assert (tmp_path / "out" / "articles" / "a.txt").read_text() == TEXT
    assert report.anchors == {"exact": 1}


def test_selections_without_a_guid_are_each_a_quote_of_their_own(tmp_path):
    remarks = "".join(selection(*at, f"<Description>{at}</Description>") for at in ((0, 5), (29, 32), (33, 40)))
    _, sections = brought(tmp_path, "refi", refi(source("a", remarks), a=TEXT))
    assert [quote["text"] for quote in sections["quotes"].values()] == ["Alice", "Bob", "said no"]


def test_a_source_that_has_only_a_formatted_text_is_told_with_its_selections(tmp_path):
    formatted = (
        f'<TextSource guid="b" name="b" richTextPath="internal://b.docx">{selection(0, 5, coded("c2"))}</TextSource>'
    )
    report, _ = brought(tmp_path, "refi", refi(source("a", selection(0, 5, coded("c2"))) + formatted, a=TEXT))
    assert report.losses.counts["texts of which there is no plain text"] == 1
    assert report.losses.counts["selections in them"] == 1


def test_what_several_documents_say_of_one_name_is_one_entry_with_all_of_it(tmp_path):
    files = brat("T1\tPerson 29 32\tBob\n", "T2\tPerson 0 5\tAlice\n", "N1\tReference T1 W:1\tRobert")
    other = {"b.txt": TEXT + "More.\n", "b.ann": files["a.ann"].replace("Robert", "Bobby")}
    report, sections = brought(tmp_path, "brat", files | other)
    assert sections["people"]["bob"]["aliases"] == ["Robert", "Bobby"]
    assert report.entries["people"] == len(sections["people"]) == 2


def ours(articles, *items):
    import json

    return json.dumps(
        {
            "@context": ["http://www.w3.org/ns/anno.jsonld", {"dossier": "urn:dossier:"}],
            "type": "AnnotationCollection",
            "label": "T",
            "dossier:articles": articles,
            "dossier:entries": [{"dossier:entry": {"id": "i", "kind": "issue", "name": "I"}}],
            "first": {"type": "AnnotationPage", "items": list(items)},
        }
    )


ARTICLE = {"id": "urn:dossier:a", "article": "a", "text": TEXT}
ENTRY = {"id": "q", "kind": "quote", "name": "Bob said no"}


@pytest.mark.parametrize(
    ("article", "item"),
    [
        *(({**ARTICLE, "article": odd}, None) for odd in (["a"], 5)),
        ({**ARTICLE, "text": 5}, None),
        *((ARTICLE, {"dossier:entry": ENTRY | odd}) for odd in (
            {"id": 5}, {"name": 5}, {"kind": ["quote"]}, {"kind": "quotes"}, {"owner": ["x"]}, {"fields": [1]},
            {"fields": {"via": [{"x": 1}]}}, {"references": {"speaker": "abc"}}, {"references": {"speaker": [["a"]]}},
            {"memberships": [{"delegation": 5}]},
        )),
        *((ARTICLE, {"dossier:link": {"source": "a", "relation": "about", "target": "i"} | odd}) for odd in (
            {"source": ["a"]}, {"relation": 5}, {"date": 5}, {"credibility": "x"}, {"inverse": ["x"]},
        )),
        (ARTICLE, {"dossier:entry": {"id": "i", "kind": "quote", "name": "Bob said no"}}),
    ],
)  # fmt: skip
def test_a_file_of_ours_with_values_of_other_kinds_is_called_damaged(article, item, tmp_path):
    with pytest.raises(DossierError, match=r"p\.jsonld was written by dossier but is damaged"):
        brought(tmp_path, "w3c", {"p.jsonld": ours([article], *filter(None, [item]))})
    assert not (tmp_path / "out").exists()


def test_two_articles_of_one_address_are_not_taken_for_one(tmp_path):
    with pytest.raises(DossierError, match="two articles or entries have one id"):
        brought(tmp_path, "w3c", {"p.jsonld": ours([ARTICLE, ARTICLE | {"article": "b", "text": "Bob.\n"}])})


def test_a_span_of_a_text_that_is_not_there_is_told(tmp_path):
    spans = "".join(
        f'<c:Q xmi:id="{number}" sofa="{sofa}" begin="11" end="27" value="x"/>' for number, sofa in ((1, 12), (2, 99))
    )
    xmi = (
        '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:c="http:///c.ecore">'
        f'{spans}<cas:Sofa xmi:id="12" sofaString="{TEXT.strip()}"/></xmi:XMI>'
    )
    report, _ = brought(tmp_path, "uima", {"a.xmi": xmi})
    assert report.losses.counts["spans of texts that are not there"] == 1
    assert report.anchors == {"exact": 1}


@settings(max_examples=20)
@given(st.lists(st.text("-'`,<>!?{}\\^~%&#$_@\"=/ abZé", min_size=1, max_size=12), min_size=1, max_size=6))
@example(
    ["Yes -- no", "un}balanced", "{unbalanced", "@article{x, title={y}}", "50% of $1 & b_c ^d ~e \\f", "``q''", "?`"]
)
def test_a_bibliography_of_ours_says_what_it_was_given(tmp_path_factory, texts):
    from dossier.exchange.bibtex import BibtexImporter, bibtex_entry

    titles = [title for title in (" ".join(text.split()) for text in texts) if title]
    fields = [{"title": one, "author": one, "publisher": one, "note": one} for one in titles]
    file = tmp_path_factory.mktemp("bib") / "items.bib"
    file.write_text("\n".join(bibtex_entry(f"k{number}", one) for number, one in enumerate(fields)))
    parts = list(BibtexImporter().read([file], None, ImportOptions())) if titles else []
    back = [{name: value for name, value in part.document.fields.items() if value} for part in parts]
    assert back == fields


@pytest.mark.parametrize(
    "command",
    [
        ("export", "--format", "csv", "-o", "OUT"),
        ("export", "--style", "brief", "-o", "OUT"),
        ("statements", "--csv"),
        ("network",),
        ("publish", "OUT"),
    ],
)
def test_what_is_given_out_of_a_broken_file_says_that_some_is_missing(command, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (home / "a.txt").write_text(TEXT)
    head = "format: 1\ntitle: T\narticles:\n  a: {file: a.txt}\nissues:\n  i: {name: I}\n"
    (home / "dossier.yaml").write_text(head)
    (home / "more.yaml").write_text(
        "article: a\nquotes:\n  q1: {text: Bob said no, issues: i}\n  q2: {text: [the deal\n"
    )
    result = CliRunner().invoke(
        main, [str(tmp_path / "out") if one == "OUT" else one for one in command] + ["-d", str(home)]
    )
    assert result.exit_code == 0, result.output
    assert "more.yaml cannot be read whole, and what was not read is missing here; see dossier check." in result.output


def test_a_row_is_told_by_its_number_in_the_table_and_its_value_not_at_length(tmp_path):
    import io

    import xlsxwriter

    rows = ["", "text,article,date", "the deal is dead,a,2025", "", f"Bob said no,a,{'9' * 5000}"]
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = workbook.add_worksheet()
    for at, row in enumerate(rows):
        for column, cell in enumerate(row.split(",")):
            sheet.write_string(at, column, cell)
    workbook.close()
    for name, table in (("q.csv", "\n".join(rows)), ("q.xlsx", buffer.getvalue())):
        (tmp_path / name).mkdir()
        report, _ = brought(tmp_path / name, "csv", {"a.txt": TEXT, name: table})
        (note,) = report.losses.notes
        assert f"{name}, row 5: the date “999" in note
        assert len(note) < len(str(tmp_path)) + 250


def test_ids_that_cannot_be_given_are_counted(tmp_path):
    rows = "id,text,article\nq1,the deal is dead,a\nq1,Bob said no,a\nQ 2,Bob left,a\n"
    report, sections = brought(tmp_path, "csv", {"a.txt": TEXT, "q.csv": rows})
    assert list(sections["quotes"]) == ["q1", "q1-2", "bob-left"]
    assert report.losses.counts["ids that are taken or can be none, in place of which others were given"] == 2


def test_an_entry_of_bibtex_without_a_key_is_nobodys_parent(tmp_path):
    _, sections = brought(
        tmp_path, "bibtex", {"a.bib": "@article{a, title={One}}\n@book{, title={Two}, publisher={P}}\n"}
    )
    assert sections["articles"]["a"] == {"file": "articles/a.txt", "title": "One"}
    assert sections["articles"]["two"]["publisher"] == "P"


def packed(members):
    import io
    import warnings
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def test_what_a_mac_puts_into_a_zip_is_passed_over(tmp_path):
    import zipfile

    mac = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X"
    files = brat("T1\tPerson 0 5\tAlice", "T2\tPerson 29 32\tBob")
    project = refi(source("a", selection(0, 5, coded("c2"))), a=TEXT)["p.qdpx"]
    (tmp_path / "p.qdpx").write_bytes(project)
    with zipfile.ZipFile(tmp_path / "p.qdpx") as archive:
        inner = {name: archive.read(name) for name in archive.namelist()}
    for form, name, members in (("brat", "a.zip", files), ("refi", "p.qdpx", inner)):
        (tmp_path / form).mkdir()
        hidden = [(f"__MACOSX/{'/'.join([*one.split('/')[:-1], '._' + one.split('/')[-1]])}", mac) for one in members]
        report, _ = brought(tmp_path / form, form, {name: packed([*hidden, *members.items()])})
        assert report.entries["articles"] == 1


def test_a_zip_with_two_files_of_one_name_is_refused(tmp_path):
    members = [("a.txt", TEXT), ("a.ann", "T1\tPerson 0 5\tAlice\n"), ("a.ann", "T1\tPerson 29 32\tBob\n")]
    with pytest.raises(DossierError, match=r"a\.zip is refused: two files in it are called “a\.ann”"):
        brought(tmp_path, "brat", {"a.zip": packed(members)})


def test_a_few_annotations_of_brat_are_read_as_its_format_says(tmp_path):
    report, sections = brought(tmp_path, "brat", brat("T1\tPerson 0 5\tAlice", "T2\tPerson 29 32\tBob"))
    assert [link["at"] for link in sections["links"]] == [
        {"text": "Alice", "occurrence": 1},
        {"text": "Bob", "occurrence": 1},
    ]
    assert any("would lead to words as well" in note for note in report.losses.notes)


def test_what_an_import_prints_stays_readable_whatever_a_file_holds(tmp_path):
    rows = "".join(f"{'x' * 3000}{number},a,{number}.{number}.2025x\n" for number in range(100))
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "q.csv").write_text(f"text,article,date,{'y' * 3000}\n{rows}")
    files = [str(tmp_path / name) for name in ("a.txt", "q.csv")]
    target = ["-d", str(tmp_path / "d"), "--report", str(tmp_path / "r.json")]
    result = CliRunner().invoke(main, ["import", "csv", *files, *target])
    lines = result.output.splitlines()
    assert result.exit_code == 0
    assert len(lines) < 50
    assert max(map(len, lines)) < 700
    assert "There are 80 more remarks of this kind" in result.output
    refused = CliRunner().invoke(main, ["import", "csv", *files, "-d", str(tmp_path / "e"), "--column", "text=z"])
    assert refused.exit_code == 2
    assert len(refused.output) < 700


@pytest.mark.parametrize(
    "begin", ["1e999", "11.7", "Infinity", "null", '"x"', "[]", "true", '"99999999999999999999999"']
)
def test_an_offset_of_uima_that_is_no_whole_number_is_no_span(begin, tmp_path):
    cas = (
        '{"%%FEATURE_STRUCTURES": [{"%%ID": 1, "%%TYPE": "uima.cas.Sofa", "sofaString": "%s"},'
        ' {"%%ID": 2, "%%TYPE": "c.Q", "@sofa": 1, "begin": 11, "end": 27, "label": "x"},'
        ' {"%%ID": 3, "%%TYPE": "c.Q", "@sofa": 1, "begin": %s, "end": 40, "label": "y"}]}'
    )
    _, sections = brought(tmp_path, "uima", {"a.json": cas % (TEXT.strip(), begin)})
    assert [link["at"] for link in sections["links"]] == ["the deal is dead"]


def test_values_of_an_annotation_that_are_no_text_are_not_written_as_one(tmp_path):
    import json

    words = {"type": "TextQuoteSelector", "exact": {"a": 1}, "prefix": 5}
    place = {"type": "TextPositionSelector", "start": 11, "end": 27}
    row = {"id": "1", "uri": "https://x.org/a.txt", "tags": [{"a": 1}, None, 2025, "deal"], "text": ["x"]}
    other = {"id": "2", "uri": "https://x.org/a.txt", "tags": [], "target": [{"selector": [
        {"type": "TextQuoteSelector", "exact": "Bob said no"}, {"type": "TextPositionSelector", "start": 29, "end": 40}]}]}  # fmt: skip
    rows = {"rows": [row | {"target": [{"selector": [words, place]}]}, other]}
    _, sections = brought(tmp_path, "hypothesis", {"a.txt": TEXT, "p.json": json.dumps(rows)})
    first, second = sections["quotes"].values()
    assert (first["text"], second["text"]) == ("the deal is dead", "Bob said no")
    assert [issue["name"] for issue in sections["issues"].values()] == ["2025", "deal"]
    assert "note" not in first


def test_a_stance_that_there_is_not_is_no_stance_of_a_relation(tmp_path):
    link = {"source": "a", "relation": "scolds", "target": "i", "stance": "a b"}
    _, sections = brought(tmp_path, "w3c", {"p.jsonld": ours([ARTICLE], {"dossier:link": link})})
    assert sections["relations"] == {"scolds": {"inverse": "scolds (inverse)"}}


def test_no_address_in_a_bibliography_is_a_command_of_tex():
    from dossier.exchange.bibtex import bibtex_entry

    assert "\\" not in bibtex_entry("k", {"url": "https://x.org/\\input{/etc/passwd}\\immediate"})


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("q.xls", r"No table is among .*a\.txt, .*q\.xls; save a copy of it as \.csv, \.tsv or \.xlsx"),
        ("q.xlsx", r"q\.xlsx has a password, or is of an older Excel; save it as \.xlsx without a password"),
    ],
)
def test_a_spreadsheet_that_cannot_be_read_is_told_with_what_to_do(name, sentence, tmp_path):
    with pytest.raises(DossierError, match=sentence):
        brought(tmp_path, "csv", {"a.txt": TEXT, name: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)})


def test_annotations_of_two_files_are_entries_with_ids_of_their_own(tmp_path):
    import json

    from dossier.desk.desk import Desk

    quote = {"type": "TextQuoteSelector", "exact": "Bob said no"}
    rows = {"rows": [{"id": "1", "uri": "https://x.org/a.txt", "text": "n", "target": [{"selector": [quote]}]}]}
    report, _ = brought(tmp_path, "hypothesis", {"a.txt": TEXT, "p.json": json.dumps(rows), "q.json": json.dumps(rows)})
    desk = Desk.open(tmp_path / "out")
    try:
        assert len(desk.listing("quotes")) == report.entries["quotes"] == 2
        assert [str(one) for one in desk.problems() if one.severity == "error"] == []
    finally:
        desk.close()
