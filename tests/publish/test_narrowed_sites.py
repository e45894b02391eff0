"""Sites of a part of a dossier: by lens, by filters, by chosen entries, and without texts."""

import pytest

from dossier.cli import main
from dossier.model.views import Filters
from tests.publish.test_site import files_of, publish_site, read_pages


def pages_of(out, folder):
    return {path.stem for path in (out / folder).glob("*.html")}


def assert_whole(out):
    """Every link inside the site leads to a page and a place in it."""
    pages = read_pages(out)
    for path, page in pages.items():
        for link in page.links:
            target, _, fragment = link.partition("#")
            other = (path.parent / target).resolve() if target else path
            assert other.is_file(), (path, link)
            assert not fragment or fragment in pages[other].ids, (path, link)


def test_a_lens_keeps_what_is_linked_with_it(seed, tmp_path):
    publish_site(seed, tmp_path / "out", lens=("trump",))
    entries = pages_of(tmp_path / "out", "entry")
    assert {"trump", "trump-not-easy"} <= entries
    assert "experts-partial-easing" not in entries
    assert b"linked with Donald Trump" in (tmp_path / "out/index.html").read_bytes()
    assert_whole(tmp_path / "out")


@pytest.mark.parametrize(
    ("filters", "kept", "left"),
    [
        (Filters(attributions=("paraphrase",)), "trump-treated-unfairly", "trump-not-easy"),
        (Filters(statuses=("missing",)), "", "trump-not-easy"),
        (Filters(first="2025-06-10"), "trump-not-easy", "us-relax-in-exchange"),
    ],
)
def test_filters_leave_pages_out(seed, tmp_path, filters, kept, left):
    publish_site(seed, tmp_path / "out", filters=filters)
    entries = pages_of(tmp_path / "out", "entry")
    assert not kept or kept in entries
    assert left not in entries
    matrix = (tmp_path / "out/matrix.html").read_text()
    assert left not in b"".join(files_of(tmp_path / "out").values()).decode() or left not in matrix
    assert_whole(tmp_path / "out")


def test_chosen_entries_and_texts_left_out_go_together_on_the_command_line(seed, tmp_path, capsys):
    out = tmp_path / "out"
    options = [
        "--only",
        "trump-not-easy",
        "--only",
        "london-day-one",
        "--without-text",
        "london-day-one",
        "-d",
        str(seed),
    ]
    for _ in range(2):
        with pytest.raises(SystemExit) as left:
            main(["publish", str(out), *options])
        assert left.value.code == 0
    assert "0 files written" in capsys.readouterr().err.splitlines()[-1]
    assert pages_of(out, "entry") == {"trump-not-easy"}
    everything = b"".join(files_of(out).values())
    assert b"China is not easy to deal with." in everything
    assert b"Lancaster House" not in everything
    assert_whole(out)


def test_a_narrowed_site_over_a_whole_one_leaves_nothing_of_it(seed, tmp_path):
    publish_site(seed, tmp_path / "out")
    publish_site(seed, tmp_path / "out", only=("trump",))
    publish_site(seed, tmp_path / "alone", only=("trump",))
    assert files_of(tmp_path / "out") == files_of(tmp_path / "alone")


def test_a_paraphrase_is_not_headed_as_a_quotation(seed, tmp_path):
    publish_site(seed, tmp_path / "out", only=("trump-treated-unfairly", "trump-not-easy"))
    assert '<h1 dir="auto">China treated' in (tmp_path / "out/entry/trump-treated-unfairly.html").read_text()
    assert '<h1 dir="auto">“China is not' in (tmp_path / "out/entry/trump-not-easy.html").read_text()


def test_an_id_that_is_not_there_is_refused_before_anything_is_written(seed, tmp_path, capsys):
    with pytest.raises(SystemExit) as left:
        main(["publish", str(tmp_path / "out"), "--only", "nobody", "-d", str(seed)])
    assert left.value.code == 2
    assert "nobody" in capsys.readouterr().err
    assert not list((tmp_path / "out").glob("*"))
