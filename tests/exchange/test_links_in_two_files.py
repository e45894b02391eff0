"""Links of one key in two files keep each their own words when a dossier goes out."""

import pytest
from exchange_worlds import carried, said

LINK = "links:\n  - {from: a, rel: about, to: tariffs"


@pytest.mark.parametrize("form", ["w3c", "refi", "brat"])
def test_a_link_without_words_does_not_get_those_of_another_file(form, tmp_path):
    home = tmp_path / "d"
    home.mkdir()
    (home / "a.txt").write_text("They spoke of tariffs at length.\n")
    (home / "dossier.yaml").write_text(
        f"format: 1\ntitle: T\narticles:\n  a: {{file: a.txt, title: A}}\nissues:\n  tariffs: {{name: Tariffs}}\n{LINK}}}\n"
    )
    (home / "more.yaml").write_text(f"{LINK}, at: {{article: a, text: spoke of tariffs}}}}\n")
    report = carried(home, form, tmp_path / "back")
    assert report.anchors == {"exact": 1}
    assert len(said(tmp_path / "back")[1]) == 2
