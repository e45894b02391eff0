"""The published site: what is in its files."""

import hashlib
import json
import re
import shutil
from contextlib import closing
from html.parser import HTMLParser

import pytest

from dossier.cli import main
from dossier.desk.desk import Desk
from dossier.desk.publish.manifest import MANIFEST
from dossier.desk.publish.output import SiteFolder
from dossier.desk.publish.scope import PublicationScope
from dossier.desk.publish.site import publish
from dossier.model.problems import DossierError
from dossier.model.progress import say_nothing
from tests.ui import hostile_dossier

VOID = {"meta", "link", "br", "input"}
MADE_BY_US = {
    "html", "head", "meta", "title", "link", "body", "a", "header", "p", "nav", "ul", "ol", "li", "main", "footer", "h1", "h2", "h3",
    "section", "article", "div", "mark", "sup", "span", "q", "strong", "table", "thead", "tbody", "tr", "th", "td", "dl", "dt",
    "dd", "ins", "del", "noscript", "label", "br", "input", "script",
}  # fmt: skip


class Reader(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.links, self.scripts, self.open = set(), [], [], [], []
        self.words = {}
        self.text = ""
        """The words of the paragraphs of an article."""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        self.tags.add(tag)
        self.ids += [known["id"]] if "id" in known else []
        self.links += [known[name] for name in ("href", "src") if name in known]
        self.scripts += [known] if tag == "script" else []
        assert not any(name.startswith("on") or name == "style" for name in known)
        if tag not in VOID:
            self.open.append((tag, known))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        tags = [tag for tag, _ in self.open]
        if any(known.get("class") == "paragraph" for _, known in self.open) and "sup" not in tags:
            self.text += data if self.open[-1][1].get("class") != "number" else "\n"
        for tag, known in self.open:
            if tag == "mark":
                for number in known["data-passages"].split():
                    self.words[number] = self.words.get(number, "") + data


def publish_site(dossier, out, **extent):
    desk = Desk.open(dossier)
    try:
        return publish(desk, out, PublicationScope(**extent), say_nothing)
    finally:
        desk.close()


def read_pages(out):
    return {path: Reader(path.read_text()) for path in sorted(out.rglob("*.html"))}


def files_of(out):
    return {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_a_second_run_into_the_same_folder_is_told_of_the_first_and_changes_nothing(seed, tmp_path):
    out = tmp_path / "out"
    publish_site(seed, out)
    before = files_of(out)
    with closing(SiteFolder(out)), pytest.raises(DossierError, match="Another dossier publish is writing into"):
        publish_site(seed, out, without_text=("all",))
    assert files_of(out) == before
    assert publish_site(seed, out).written == 0


def test_a_folder_named_by_a_link_is_written_where_the_link_leads(seed, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "link").symlink_to("out")
    publish_site(seed, tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert publish_site(seed, tmp_path / "out").written == 0
    (seed_in := tmp_path / "inside").symlink_to(seed)
    with pytest.raises(DossierError, match="inside the dossier"):
        publish_site(seed, seed_in / "site")


def test_every_internal_link_resolves(seed, tmp_path):
    publish_site(seed, tmp_path / "out")
    pages = read_pages(tmp_path / "out")
    assert len(pages) > 50
    for path, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), path
        for link in page.links:
            target, _, fragment = link.partition("#")
            other = (path.parent / target).resolve() if target else path
            assert other.is_file(), (path, link)
            assert not fragment or fragment in pages[other].ids, (path, link)


def test_every_underlined_passage_is_its_evidence(seed, tmp_path):
    publish_site(seed, tmp_path / "out")
    page = Reader((tmp_path / "out/article/london-day-one.html").read_text())
    desk = Desk.open(seed)
    evidence = sorted(
        (one.evidence.start, one.evidence.end, one.evidence.text) for one in desk.anchoring.all("london-day-one")
    )
    desk.close()
    words = [page.words[str(number)] for number in range(1, len(evidence) + 1)]
    assert [" ".join(one.split()) for one in words] == [" ".join(text.split()) for _, _, text in evidence]
    annotations = json.loads((tmp_path / "out/article/london-day-one.jsonld").read_text())
    exact = [one["target"]["selector"]["refinedBy"]["exact"] for one in annotations["items"]]
    assert exact == [text for _, _, text in evidence]


def test_the_same_dossier_gives_the_same_bytes_and_is_not_written_again(london, tmp_path):
    publish_site(london, tmp_path / "a")
    publish_site(london, tmp_path / "b")
    assert files_of(tmp_path / "a") == files_of(tmp_path / "b")
    assert publish_site(london, tmp_path / "a").written == 0
    text = london / "articles/2025-06-10-london.txt"
    text.write_text(text.read_text() + "\n\nOne paragraph more.\n")
    again = publish_site(london, tmp_path / "a")
    assert 0 < again.written <= 4


def test_what_was_not_published_is_neither_replaced_nor_removed(london, tmp_path):
    out = tmp_path / "out"
    publish_site(london, out)
    (out / "mine.txt").write_text("mine")
    yaml = london / "articles/2025-06-10-london.yaml"
    yaml.write_text(yaml.read_text().replace("trump-not-easy", "trump-renamed"))
    assert publish_site(london, out).removed == 1
    assert not (out / "entry/trump-not-easy.html").exists()
    assert (out / "mine.txt").read_text() == "mine"
    other = tmp_path / "other"
    other.mkdir()
    (other / "index.html").write_text("mine")
    with pytest.raises(DossierError, match="was not written by dossier publish"):
        publish_site(london, other)
    assert files_of(other).keys() == {(other / "index.html").relative_to(other)}


def test_nothing_is_written_through_links_or_outside(london, tmp_path):
    out, victim = tmp_path / "out", tmp_path / "victim"
    out.mkdir()
    victim.mkdir()
    (out / "article").symlink_to(victim)
    with pytest.raises(DossierError, match="is a link"):
        publish_site(london, out)
    assert not list(victim.iterdir())
    (out / "article").unlink()
    (tmp_path / "keep.txt").write_text("keep")
    digest = hashlib.sha256(b"keep").hexdigest()
    for told in ([digest], [digest, ""]):
        shutil.rmtree(out)
        out.mkdir()
        (out / MANIFEST).write_text(json.dumps({"files": {"../keep.txt": told, "/etc/hostname": told}}))
        publish_site(london, out)
    assert (tmp_path / "keep.txt").read_text() == "keep"
    for inside in (london, london / "site", london / "new" / "site"):
        with pytest.raises(DossierError, match="inside the dossier"):
            publish_site(london, inside)
    (tmp_path / "alias").symlink_to(london)
    with pytest.raises(DossierError, match="inside the dossier"):
        publish_site(london, tmp_path / "alias")
    around = tmp_path / "around"
    shutil.copytree(london, around / "Entry")
    with pytest.raises(DossierError, match="into the dossier"):
        publish_site(around / "Entry", around)


def test_a_manifest_that_is_none_stops_it(tmp_path):
    (tmp_path / MANIFEST).write_text("[]")
    with pytest.raises(DossierError, match="not a manifest"):
        SiteFolder(tmp_path)


def test_text_that_may_not_be_passed_on_is_in_no_file(london, tmp_path):
    secret = "Nobody else may read this sentence"
    text = london / "articles/2025-06-10-london.txt"
    text.write_text(text.read_text() + f"\n\n{secret}.\n")
    publish_site(london, tmp_path / "all")
    assert any(secret.encode() in data for data in files_of(tmp_path / "all").values())
    for extent in ({"without_text": ("london-day-one",)}, {"without_text": ("all",)}, {"only": ("trump-not-easy",)}):
        out = tmp_path / str(len(list(tmp_path.iterdir())))
        publish_site(london, out, **extent)
        files = files_of(out)
        assert not any(secret.encode() in data or b"concluding their first day" in data for data in files.values()), (
            extent
        )
        assert any(b"China is not easy to deal with." in data for data in files.values())


def test_only_what_was_chosen_has_a_page(seed, tmp_path):
    publish_site(seed, tmp_path / "out", only=("trump-not-easy", "trump"))
    entries = {path.stem for path in (tmp_path / "out/entry").iterdir()}
    assert entries == {"trump-not-easy", "trump"}
    everything = b"".join(files_of(tmp_path / "out").values())
    assert b"hearing positive reports" not in (tmp_path / "out/article/london-day-one.html").read_bytes()
    assert b"javascript:" not in everything


def naughty_strings(folder=None):
    extra = [
        "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "{{ 7*7 }}{% raw %}",
        '" onfocus="alert(1)',
        "]]>-->",
        "\u2028alert(1)\u2029",
    ]
    found = sorted(folder.rglob("*.json")) if folder else []
    return extra + [text for path in found for text in json.loads(path.read_text()) if isinstance(text, str)][:600]


def write_naughty(folder, texts):
    folder.mkdir()

    def dumps(text):
        return special.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))

    special = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
    body = "\n\n".join(re.sub(r"\s+", " ", text.encode("utf-8", "replace").decode()) for text in texts)
    (folder / "a.txt").write_text("Plain words stand here.\n\n" + body + "\n")
    quotes = "\n".join(
        f"  q{at}: {{text: {dumps(text)}, speaker: side, issues: [issue], note: {dumps(text)}}}"
        for at, text in enumerate(texts)
        if text.strip()
    )
    (folder / "dossier.yaml").write_text(
        f"format: 1\ntitle: {dumps(texts[0])}\nsummary: {dumps(texts[1])}\nlanguage: '\"><b>'\n"
        f"articles:\n  a: {{file: a.txt, title: {dumps(texts[0])}, url: 'javascript:alert(1)', publisher: {dumps(texts[3])}}}\n"
        f"delegations:\n  side: {{name: {dumps(texts[1])}}}\nissues:\n  issue: {{name: {dumps(texts[0])}}}\narticle: a\nquotes:\n{quotes}\n"
    )


@pytest.mark.parametrize("kind", ["markup", "controls"])
def test_a_hostile_dossier_makes_no_element_and_no_script(kind, tmp_path):
    if kind == "markup":
        write_naughty(tmp_path / "d", naughty_strings())
    else:
        hostile_dossier.write(tmp_path / "d")
    publish_site(tmp_path / "d", tmp_path / "out")
    assert_harmless(tmp_path / "out")


def test_the_naughty_strings_make_no_element_and_no_script(shared_data, tmp_path):
    texts = naughty_strings(shared_data("blns", tmp_path / "blns"))
    write_naughty(tmp_path / "d", texts)
    publish_site(tmp_path / "d", tmp_path / "out")
    assert len(list((tmp_path / "out/entry").iterdir())) == 2 + sum(bool(text.strip()) for text in texts)
    assert_harmless(tmp_path / "out")


def assert_harmless(out):
    for path, page in read_pages(out).items():
        assert page.tags <= MADE_BY_US, path
        assert not page.open, path
        assert all(re.fullmatch(r"site\.js|search-\d+\.js", script["src"]) for script in page.scripts), path
        assert not [link for link in page.links if re.match(r"\s*(javascript|data|vbscript):", link, re.IGNORECASE)], (
            path
        )
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f-\x9f]", path.read_text()), path
    assert re.fullmatch(rb"[\x20-\x7e\n]*", (out / "search-0.js").read_bytes())
    assert b"<" not in (out / "search-0.js").read_bytes()


def test_the_command_says_what_it_wrote(seed, tmp_path, capsys):
    with pytest.raises(SystemExit) as left:
        main(["publish", str(tmp_path / "out"), "-d", str(seed)])
    assert left.value.code == 0
    assert "files written" in capsys.readouterr().err


def test_pages_stay_small_and_ask_nothing_of_other_places(seed, tmp_path):
    publish_site(seed, tmp_path / "out")
    for path in (tmp_path / "out").rglob("*.html"):
        assert path.stat().st_size <= 100_000
        assert "default-src 'none'" in path.read_text()


def test_dates_stand_in_words_where_a_sentence_tells_them(london, tmp_path):
    yaml = london / "articles/2025-06-10-london.yaml"
    yaml.write_text(
        yaml.read_text().replace("date: 2025-06-09", "date: 2025-06-09~").replace("when: 2025-04\n", "when: 2025-04?\n")
    )
    publish_site(london, tmp_path / "out")
    pages = {
        path.relative_to(tmp_path / "out").as_posix(): path.read_text() for path in (tmp_path / "out").rglob("*.html")
    }
    assert "10 June 2025" in pages["article/london-day-one.html"]
    assert "about 9 June 2025" in pages["entry/us-relax-in-exchange.html"]
    assert "about 9 June 2025" in pages["compare/export-controls.html"]
    assert "perhaps April 2025" in pages["entry/reciprocal-tariffs.html"]
    assert ">May 2025 · " not in pages["timeline.html"]  # the heading says it
    assert ">9 June 2025, 14:00 to 20:00 · event<" in pages["timeline.html"]
    for name, text in pages.items():
        shown = re.sub(r"<[^>]*>", " ", text)
        assert not re.search(r"(?<![\w./-])\d{4}-\d\d", re.sub(r"\S*://\S*", "", shown)), name


def test_a_person_stands_under_each_delegation_that_it_belonged_to_with_the_time(tmp_path):
    dossier = tmp_path / "d"
    dossier.mkdir()
    (dossier / "dossier.yaml").write_text(
        "format: 1\ntitle: Talks\ndelegations:\n  us: {name: United States}\n  un: {name: United Nations}\npeople:\n"
        "  kim:\n    name: Kim Lee\n    memberships:\n"
        "      - {delegation: us, from: 2023-01, until: 2024-05, role: Envoy}\n      - {delegation: un, from: 2024-06, role: Chair}\n"
    )
    publish_site(dossier, tmp_path / "out")
    page = Reader((tmp_path / "out/delegations.html").read_text())
    assert page.links.count("entry/kim.html") == 2
    assert len(page.ids) == len(set(page.ids))
    text = (tmp_path / "out/delegations.html").read_text()
    assert "Envoy January 2023 to May 2024" in text
    assert "Chair from June 2024" in text
    first, second = (text.index(f">{name}<") for name in ("United States", "United Nations"))
    assert first < text.index("Envoy") < second < text.index("Chair from June 2024")
