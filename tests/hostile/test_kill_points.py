"""The machine may stop at any moment: what is found afterwards is the old or the new, never a mixture of them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hostile import dying

STEPS = {
    "kept": 1,
    "first-build": 11,
    "later-build": 8,
    "lock": 8,
    "export": 3,
    "annotate": 17,
    "publish": 30,
    "publish-first": 12,
}
"""So many moments apart, where not every one is tried."""


@pytest.mark.skipif(sys.platform != "linux", reason="programs are killed as on Linux")
@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.thorough)], ids=["sample", "all"])
@pytest.mark.parametrize("scenario", dying.SCENARIOS)
def test_killed_at_any_moment_nothing_is_mixed_and_nothing_is_left_over(seed, tmp_path, scenario, every):
    place = tmp_path / "place"
    shutil.copytree(seed, place / "dossier")
    step = 1 if every else STEPS[scenario]
    command = [sys.executable, "-P", str(Path(dying.__file__)), scenario, str(place), str(step)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode == 0, done.stderr[-3_000:]
    assert done.stdout
    print(f"\n  {done.stdout.strip()}")
