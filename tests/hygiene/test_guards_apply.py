"""The table of `tools.break_guards` speaks of the code as it is; to break them all takes half an hour."""

import pytest

from tools.break_guards import GUARDS, ROOT


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: f"{guard[0]}: {guard[1].strip()[:40]}")
def test_each_guard_stands_once_and_its_test_is_there(guard):
    file, old, new, test = guard
    assert (ROOT / file).read_text("utf-8").count(old) == 1
    assert old != new
    assert (ROOT / test).is_file()
