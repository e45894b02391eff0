"""`dossier import`: into a new dossier or an existing one, the same files twice the same."""

import json
import re
import zipfile

import pytest
from click.testing import CliRunner
from exchange_worlds import nvivo, said

from dossier.cli import main


def run(*words):
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert "Traceback" not in result.output
    return result


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_export_of_nvivo_is_read_as_it_counts_and_not_as_the_standard_does(tmp_path):
    text = (
        "The 🎉 talks began.\r\nChina said no to tariffs.\r\n\r\nWashington said 🎉 yes, then left the room again.\r\n"
        * 6
    )
    text = "".join(f"Day {number}. {line}\r\n" for number, line in enumerate(text.split("\r\n")))
    wanted = ["said no to tariffs", "left the room", "Day 9", "The 🎉 talks", "yes", "China said no", "talks began"]
    spans = [(text.index(words), text.index(words) + len(words)) for words in wanted]
    nvivo(tmp_path / "talks.qdpx", [(text, spans)])
    result = run("import", "refi", tmp_path / "talks.qdpx", "-d", tmp_path / "d", "--report", tmp_path / "report.json")
    assert result.exit_code == 0, result.output
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["offsets"] == "UTF-16 units, no byte order mark"
    assert report["anchors"] == {"exact": 7, "inside a word": 0, "ambiguous": 0, "missing": 0}
    _, links, _, problems = said(tmp_path / "d")
    assert not problems
    found = (tmp_path / "d/articles/talks-1.txt").read_bytes().decode()
    assert sorted(found[at[0][1] : at[0][2]] for *_, at in links) == sorted(wanted)


def test_a_selection_inside_a_word_is_widened_counted_and_said(tmp_path):
    text = "Delegations met on Monday and tariffs were discussed at length by everyone there.\r\n" * 3
    spans = [*(match.span() for match in re.finditer(r"\w+", text[:83])), (31, 37)]
    nvivo(tmp_path / "t.qdpx", [(text, spans)])
    result = run("import", "refi", tmp_path / "t.qdpx", "-d", tmp_path / "d", "--json")
    report = json.loads(result.output)
    assert report["anchors"] == {"exact": 13, "inside a word": 1, "ambiguous": 0, "missing": 0}
    assert report["not exact"][0]["words"] == "tariffs"
    assert not said(tmp_path / "d")[3]
    assert "ariffs" in (tmp_path / "d/imports/refi-t/talks-1.yaml").read_text()


def test_the_same_import_gives_the_same_files(tmp_path, seed):
    run("export", "-d", seed, "-o", tmp_path / "l.qdpx")
    for name in ("one", "two"):
        assert run("import", "refi", tmp_path / "l.qdpx", "-d", tmp_path / name, "--json").exit_code == 0
    one, two = files_of(tmp_path / "one"), files_of(tmp_path / "two")
    assert one == two
    again = run("import", "refi", tmp_path / "l.qdpx", "-d", tmp_path / "one")
    assert again.exit_code == 0, again.output
    assert files_of(tmp_path / "one") == two


def test_a_document_with_the_text_of_an_article_is_that_article(tmp_path, london):
    text = (london / "articles/2025-06-10-london.txt").read_text()
    (tmp_path / "page.txt").write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    at = text.index("China is not easy to deal with")
    annotation = {
        "@context": "http://www.w3.org/ns/anno.jsonld", "id": "a1", "type": "Annotation",
        "body": [{"type": "TextualBody", "purpose": "tagging", "value": "Tariffs"}, {"type": "TextualBody", "value": "so"}],
        "target": {"source": "http://example.org/page.txt", "selector": [
            {"type": "TextQuoteSelector", "exact": "China is not easy to deal with", "prefix": text[at - 20 : at]}]},
    }  # fmt: skip
    (tmp_path / "a.jsonld").write_text(json.dumps(annotation))
    before = files_of(london)
    result = run("import", "w3c", tmp_path / "a.jsonld", tmp_path / "page.txt", "-d", london)
    assert result.exit_code == 0, result.output
    assert "Already articles of the dossier: london-day-one" in result.output
    after = files_of(london)
    assert {name: after[name] for name in before} == before
    assert [name for name in after if name.endswith(".txt")] == ["articles/2025-06-10-london.txt"]
    assert not said(london)[3]


def test_offsets_that_cannot_be_told_are_refused_until_they_are_named(tmp_path):
    (tmp_path / "t.txt").write_text("It is one deal. It is another.")
    (tmp_path / "t.json").write_text(
        json.dumps({"rows": [{"id": "1", "uri": "http://x/t.txt", "tags": ["deals"], "target": [
            {"selector": [{"type": "TextPositionSelector", "start": 6, "end": 14}]}]}]})
    )  # fmt: skip
    refused = run("import", "hypothesis", tmp_path / "t.json", tmp_path / "t.txt", "-d", tmp_path / "d")
    assert refused.exit_code == 2
    assert "two ways of counting" in refused.output
    assert not (tmp_path / "d").exists()
    named = run(
        "import",
        "hypothesis",
        tmp_path / "t.json",
        tmp_path / "t.txt",
        "-d",
        tmp_path / "d",
        "--offsets",
        "code points",
    )
    assert named.exit_code == 0, named.output
    assert "one deal" in (tmp_path / "d/imports/hypothesis-t/t.yaml").read_text()


def test_page_furniture_around_words_does_not_choose_among_their_places(tmp_path):
    (tmp_path / "t.txt").write_text("A deal was made.\n\nLater a deal was signed.\n\nThen a deal was broken.\n")
    rows = [
        {"id": "1", "uri": "http://x/t.txt", "target": [{"selector": [
            {"type": "TextQuoteSelector", "exact": "deal was", "prefix": "Share this\n\t\tLater a ", "suffix": " signed. Advert"}]}]},
        {"id": "2", "uri": "http://x/t.txt", "target": [{"selector": [
            {"type": "TextQuoteSelector", "exact": "deal was", "prefix": "nothing like it ", "suffix": " nowhere"}]}]},
    ]  # fmt: skip
    (tmp_path / "t.json").write_text(json.dumps({"rows": rows}))
    report = json.loads(
        run("import", "hypothesis", tmp_path / "t.json", tmp_path / "t.txt", "-d", tmp_path / "d", "--json").stdout
    )
    assert report["anchors"] == {"exact": 1, "inside a word": 0, "ambiguous": 1, "missing": 0}
    entries = said(tmp_path / "d")[0]
    assert sorted(places[0][3] for kind, _, _, _, places in entries.values() if kind == "quote") == [
        "ambiguous",
        "exact",
    ]


def test_brat_spans_broken_at_line_ends_and_events_come_in(tmp_path):
    (tmp_path / "t.txt").write_text("Mary Smith said\nthe deal is\nclosed. Acme agreed.\n")
    lines = [
        "T1\tPerson 0 10\tMary Smith", "T2\tQuote 16 27;28 34\tthe deal is closed", "E1\tQuote:T2 Speaker:T1",
        "A1\tStance E1 for", "T3\tOrganization 36 40\tAcme", "#1\tAnnotatorNotes E1\tas heard", "N1\tReference T3 W:1\tAcme Inc.",
    ]  # fmt: skip
    (tmp_path / "t.ann").write_text("\n".join(lines) + "\n")
    result = run("import", "brat", tmp_path / "t.txt", tmp_path / "t.ann", "-d", tmp_path / "d")
    assert result.exit_code == 0, result.output
    entries, links, _, problems = said(tmp_path / "d")
    assert not problems
    quote = next(one for one in entries.values() if one[0] == "quote")
    assert quote[1] == "the deal is closed"
    assert quote[2] == {"attribution": "paraphrase", "note": "as heard", "stance": "for"}
    assert entries["acme"][2] == {"aliases": "Acme Inc."}
    assert any(source == "the-deal-is-closed" and target == "mary-smith" for source, _, target, *_ in links)


def test_a_table_in_words_of_its_own_is_read_with_columns_named(tmp_path, london):
    (tmp_path / "t.csv").write_text("Zitat;Wer;Wo\nChina is not easy to deal with.;Donald Trump;london-day-one\n")
    result = run("import", "csv", tmp_path / "t.csv", "-d", london, "--column", "text=Zitat", "--column", "speaker=Wer",
                 "--column", "article=Wo")  # fmt: skip
    assert result.exit_code == 0, result.output
    assert any(
        source == "china-is-not-easy-to-deal-with" and target == "trump" for source, _, target, *_ in said(london)[1]
    )


@pytest.mark.parametrize("form", ["csl", "bibtex"])
def test_a_bibliography_goes_out_and_its_items_come_in_as_articles(form, tmp_path, seed):
    ending = {"csl": "json", "bibtex": "bib"}[form]
    out = run("export", "-d", seed, "--format", form, "-o", tmp_path / f"b.{ending}")
    assert out.exit_code == 0, out.output
    result = run("import", form, tmp_path / f"b.{ending}", "-d", tmp_path / "d")
    assert result.exit_code == 0, result.output
    kind, title, fields, _, _ = said(tmp_path / "d")[0]["london-day-one"]
    assert (kind, title) == ("article", "US, China hold trade talks in London")
    assert fields["published"] == "2025-06-10"


def test_two_files_about_one_page_make_one_article(tmp_path):
    (tmp_path / "t.txt").write_text("The talks began. Tariffs were raised again.\n")
    for name, words in (("a", "The talks began"), ("b", "Tariffs were raised")):
        row = {"id": name, "uri": "http://x/t.txt", "tags": ["talks"], "target": [
            {"selector": [{"type": "TextQuoteSelector", "exact": words}]}]}  # fmt: skip
        (tmp_path / f"{name}.json").write_text(json.dumps({"rows": [row]}))
    result = run(
        "import", "hypothesis", tmp_path / "a.json", tmp_path / "b.json", tmp_path / "t.txt", "-d", tmp_path / "d"
    )
    assert result.exit_code == 0, result.output
    entries, _, _, problems = said(tmp_path / "d")
    assert sorted(entry[0] for entry in entries.values()) == ["article", "issue", "quote", "quote"]
    assert not problems


def test_a_few_letters_of_surroundings_choose_no_place(tmp_path):
    (tmp_path / "t.txt").write_text("They met at a deal table. The deal table stood in it. A big deal table.\n")
    row = {"id": "1", "uri": "http://x/t.txt", "target": [{"selector": [
        {"type": "TextQuoteSelector", "exact": "deal table", "prefix": "something else altogether big ", "suffix": " quite other"}]}]}  # fmt: skip
    (tmp_path / "t.json").write_text(json.dumps({"rows": [row]}))
    result = run("import", "hypothesis", tmp_path / "t.json", tmp_path / "t.txt", "-d", tmp_path / "d")
    assert "1 ambiguous" in result.output


def test_a_spreadsheet_is_read_as_its_cells_show(tmp_path, london):
    cells = [
        ["Quote", "Person", "Article", "Note"],
        ["China is not easy to deal with.", "Donald Trump", "london-day-one", "=1+1"],
    ]
    rows = "".join(
        f'<row r="{y}">' + "".join(f'<c r="{chr(64 + x)}{y}" t="inlineStr"><is><t>{cell}</t></is></c>' for x, cell in enumerate(row, 1)) + "</row>"
        for y, row in enumerate(cells, 1)
    )  # fmt: skip
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/"
    with zipfile.ZipFile(tmp_path / "q.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{package}content-types"/>')
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}relationships"><Relationship Id="r1" Type="{links}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{space}" xmlns:r="{links}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}relationships"><Relationship Id="r1" Type="{links}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'
        )
    result = run("import", "csv", tmp_path / "q.xlsx", "-d", london)
    assert result.exit_code == 0, result.output
    quote = said(london)[0]["china-is-not-easy-to-deal-with"]
    assert quote[2]["note"] == "=1+1"
    assert quote[4][0][3] == "exact"
