"""A document whose text an article of the dossier has is that article, and its offsets lead to the same words there."""

import unicodedata

import pytest
from exchange_worlds import nvivo, said
from hypothesis import given
from hypothesis import strategies as st

from dossier.desk.importing import import_files
from dossier.exchange.line_ends import LineEnds, text_digest
from dossier.exchange.records import ImportOptions

TEXT = "“Tariffs” were raised, he said.\n\nThe 🎉 deal – so far – is done.\nA deal on tariffs is near.\n"
WORDS = ("raised", "deal – so", "A deal", "tariffs is near")

texts = st.text(st.sampled_from("ab \r\n\ufeff🦊"), max_size=30)


def dossier(folder, name, text):
    (folder / "articles").mkdir(parents=True)
    (folder / "articles" / name).write_bytes(text.encode())
    (folder / "dossier.yaml").write_text(f"format: 1\ntitle: D\narticles:\n  a: {{file: articles/{name}}}\n")
    return folder


def imported(folder, text, into, words=WORDS):
    spans = [(text.index(one), text.index(one) + len(one)) for one in words]
    nvivo(folder / "t.qdpx", [(text.removeprefix("\ufeff"), spans)])
    return import_files("refi", [folder / "t.qdpx"], into, ImportOptions(offsets="UTF-16 units, no byte order mark"))


def words_of(folder, article, name):
    text = (folder / "articles" / name).read_bytes().decode()
    return sorted(
        text[start:end] for *_, at in said(folder)[1] for where, start, end, status in at if where == article and status == "exact"
    )  # fmt: skip


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", "\r\n"), "\ufeff" + TEXT, TEXT.replace("\n", "\r")])
def test_a_copy_with_other_line_ends_is_the_article_and_its_offsets_lead_to_its_words(text, tmp_path):
    there = dossier(tmp_path / "d", "a.txt", text)
    report = imported(tmp_path, TEXT.replace("\n", "\r\n"), there)
    assert report.articles_known == ["a"]
    assert words_of(there, "a", "a.txt") == sorted(WORDS)


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("“", '"'),
        TEXT.replace("–", "-"),
        TEXT.replace("A deal", "A  deal"),
        TEXT.replace("A deal", "A\u00a0deal"),
        TEXT.replace("near", "ne\u00adar"),
        TEXT + "\n",
        unicodedata.normalize("NFD", TEXT.replace("near", "née")),
    ],
)
def test_a_text_that_differs_in_anything_else_is_another_article(text, tmp_path):
    there = dossier(
        tmp_path / "d", "a.txt", TEXT.replace("near", "née") if "ne" in text and "near" not in text else TEXT
    )
    report = imported(tmp_path, text, there, ["raised"])
    assert report.articles_known == []
    assert (there / "articles" / "talks-1.txt").read_bytes().decode() == "\ufeff" + text


def test_markup_of_an_article_in_markdown_is_no_place_of_words(tmp_path):
    text = "---\ntitle: The deal\n---\n\nSee [the page](http://x/deal/) on the *deal* itself.\n"
    there = dossier(tmp_path / "d", "a.md", text)
    at = text.index("deal* itself")
    nvivo(tmp_path / "t.qdpx", [(text, [(at, at + 4)])])
    report = import_files(
        "refi", [tmp_path / "t.qdpx"], there, ImportOptions(offsets="code points, no byte order mark")
    )
    assert report.anchors == {"exact": 1}
    assert [places for *_, places in said(there)[1]] == [[("a", at, at + 4, "exact")]]


def test_what_looks_like_front_matter_is_text_of_an_imported_document(tmp_path):
    text = "---\nsubject: A deal\n---\n\nThen a deal was made.\n"
    at = text.rindex("deal")
    nvivo(tmp_path / "t.qdpx", [(text, [(at, at + 4)])])
    import_files(
        "refi", [tmp_path / "t.qdpx"], tmp_path / "d", ImportOptions(offsets="code points, no byte order mark")
    )
    assert [places for *_, places in said(tmp_path / "d")[1]] == [[("talks-1", at + 1, at + 5, "exact")]]


@given(texts, texts)
def test_texts_are_the_same_when_nothing_but_mark_and_line_ends_differ(one, other):
    def plain(text):
        return "\n".join(text.removeprefix("\ufeff").replace("\r\n", "\n").split("\r"))

    assert (text_digest(one) == text_digest(other)) == (plain(one) == plain(other))


@given(texts)
def test_every_offset_of_a_text_leads_to_the_plain_one_and_back(text):
    ends = LineEnds(text)
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for offset in range(len(plain) + 1):
        own = ends.own(offset)
        assert (
            text.removeprefix("\ufeff")[: own - text.startswith("\ufeff")].replace("\r\n", "\n").replace("\r", "\n")
            == plain[:offset]
        )
        assert ends.plain(own) == offset
