"""`article_files` names the articles it seems to name: one too few and its evidence is never looked at."""

import unicodedata
from fnmatch import fnmatchcase

from hypothesis import given
from hypothesis import strategies as st

from dossier.store.files.glob import matching

NAMES = st.sampled_from(["a", "b", "ab", "a.md", "b.md", "é.md", "e\u0301.md", "versions"])
PARTS = st.sampled_from(["*", "**", "a", "?", "*.md", "[ab]", "[!a]*", "é.md", "versions"])


def means(path, pattern):
    """The rule itself, name by name."""
    if not pattern:
        return not path
    if pattern[0] == "**":
        return any(means(path[skipped:], pattern[1:]) for skipped in range(len(path) + 1))
    return (
        bool(path) and fnmatchcase(unicodedata.normalize("NFC", path[0]), pattern[0]) and means(path[1:], pattern[1:])
    )


@given(
    paths=st.lists(st.lists(NAMES, min_size=1, max_size=4).map("/".join), max_size=8),
    pattern=st.lists(PARTS, min_size=1, max_size=4),
)
def test_what_matches_is_what_the_rule_says(paths, pattern):
    assert list(matching(paths, pattern)) == [path for path in paths if means(path.split("/"), pattern)]
