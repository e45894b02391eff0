"""What a watcher tells of is all that is looked at, and nothing that changed is missed by it."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dossier.store.files.folder import Folder
from dossier.store.files.relisting import relist

PATHS = ["dossier.yaml", "a.yaml", "articles/a.md", "articles/b.md", "articles/deep/c.md", "articles", "articles/deep",
         "index/x", ".hidden", ".git/x", "é.md"]  # fmt: skip
ACTS = st.tuples(st.sampled_from(["write", "remove", "replace", "link", "folder"]), st.sampled_from(PATHS))


def do(act, path):
    """Return one thing that a program does to a file, where it can be done; the paths a watcher tells of."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if act == "remove":
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        elif act == "folder":
            path.mkdir()
        elif act == "link":
            path.symlink_to("dossier.yaml")
        elif act == "replace":
            new = path.with_name("4913")
            new.write_text("new")
            new.replace(path)
        else:
            path.write_text(str(os.urandom(4)))
    except OSError:
        pass
    return [path, Path(os.path.realpath(path)), path.with_name("4913"), path.parent]


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    return tmp_path_factory.mktemp("watched")


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(before=[("write", "articles/a.md")], acts=[("remove", "articles"), ("write", "articles")])
@example(before=[("link", "articles/a.md")], acts=[("remove", "articles")])
@given(before=st.lists(ACTS, max_size=12), acts=st.lists(ACTS, max_size=6))
def test_a_listing_brought_up_to_date_is_that_of_the_folder(room, before, acts):
    root = room / "dossier"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    folder = Folder(root)
    for act, path in before:
        do(act, root / path)
    known = folder.listing()
    told = [one for act, path in acts for one in do(act, root / path) if one != root]
    found = relist(folder, known, told)
    assert found is None or found == folder.listing()


def test_one_saved_file_needs_no_look_at_the_others(tmp_path):
    for name in ("dossier.yaml", "a.yaml", "b.yaml"):
        (tmp_path / name).write_text(name)
    folder = Folder(tmp_path)
    known = folder.listing()
    do("replace", tmp_path / "a.yaml")
    (tmp_path / "b.yaml").unlink()
    (tmp_path / "c.yaml").write_text("c")
    found = relist(folder, known, [tmp_path / name for name in ("4913", "a.yaml", "b.yaml", "c.yaml")])
    assert found == folder.listing() != known
