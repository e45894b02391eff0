"""A publish that is cut short is taken up again, and never at the cost of a file that somebody else put there.

`tests/hostile/test_kill_points.py` kills it at every step.
"""

import pytest

from dossier.desk.desk import Desk
from dossier.desk.publish.journal import JOURNAL
from dossier.desk.publish.manifest import MANIFEST
from dossier.desk.publish.scope import PublicationScope
from dossier.desk.publish.site import publish
from dossier.model.problems import DossierError
from tests.publish.test_site import files_of, publish_site


class Stopped(BaseException):
    """Ends a run in the middle."""


def publish_until(many, dossier, out):
    """Publish until so many entries are done."""

    def progress(_what, done, _total):
        if done == many:
            raise Stopped

    desk = Desk.open(dossier)
    try:
        publish(desk, out, PublicationScope(), progress)
    except Stopped:
        pass
    finally:
        desk.close()


def free_pages(dossier, out, tmp_path):
    """The pages that a run which was cut short has not come to, and the whole site."""
    publish_site(dossier, tmp_path / "whole")
    whole = files_of(tmp_path / "whole")
    return [one for one in whole if str(one) != MANIFEST and not (out / one).exists()], whole


def test_a_file_put_where_a_run_that_was_cut_short_would_have_written_is_kept(london, tmp_path):
    out = tmp_path / "out"
    publish_until(20, london, out)
    free, whole = free_pages(london, out, tmp_path)
    assert len(free) > 10
    for page in free:
        (out / page).parent.mkdir(parents=True, exist_ok=True)
        (out / page).write_text("mine")
        with pytest.raises(DossierError, match="was not written by dossier publish"):
            publish_site(london, out)
        assert (out / page).read_text() == "mine", page
        (out / page).unlink()
    publish_site(london, out)
    assert files_of(out) == whole


def test_a_page_of_a_run_that_was_cut_short_is_kept_when_it_was_changed_since(london, tmp_path):
    out = tmp_path / "out"
    publish_until(20, london, out)
    page = next(path for path in sorted(out.rglob("*.html")))
    page.write_text("mine")
    with pytest.raises(DossierError, match="was not written by dossier publish"):
        publish_site(london, out)
    assert page.read_text() == "mine"


def test_a_file_put_there_while_the_site_is_made_is_kept(london, tmp_path):
    out = tmp_path / "out"

    def put_file(_what, done, _total):
        if done == 20:
            (out / "matrix.html").write_text("mine")

    desk = Desk.open(london)
    with pytest.raises(DossierError, match="was not written by dossier publish"):
        publish(desk, out, PublicationScope(), put_file)
    desk.close()
    assert (out / "matrix.html").read_text() == "mine"


@pytest.mark.parametrize("cut", [1, 30, -1, -40])
def test_a_journal_that_ends_within_a_line_is_gone_on_with(london, tmp_path, cut):
    out = tmp_path / "out"
    publish_until(20, london, out)
    whole = free_pages(london, out, tmp_path)[1]
    told = (out / JOURNAL).read_bytes()
    lines = told.splitlines(keepends=True)
    last = out / lines[-1].split()[-1].decode()
    last.unlink()  # it is written after its line
    (out / JOURNAL).write_bytes(told[: len(told) - len(lines[-1]) + cut] if cut > 0 else told[:cut])
    publish_site(london, out)
    assert files_of(out) == whole


def test_a_file_of_the_name_of_the_journal_is_kept(london, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / JOURNAL).write_text("mine\n")
    with pytest.raises(DossierError, match="is not a journal"):
        publish_site(london, tmp_path / "out")
    assert (tmp_path / "out" / JOURNAL).read_text() == "mine\n"


@pytest.mark.parametrize("many", [2, 20, 40])
def test_a_change_taken_back_after_a_run_that_was_cut_short_leaves_nothing_of_it(london, tmp_path, many):
    out = tmp_path / "out"
    publish_site(london, out)
    whole = files_of(out)
    text = london / "articles/2025-06-10-london.txt"
    before = text.read_text()
    text.write_text("Other words.\n\n" + before)
    publish_until(many, london, out)
    assert files_of(out) != whole
    text.write_text(before)
    publish_site(london, out)
    assert files_of(out) == whole
