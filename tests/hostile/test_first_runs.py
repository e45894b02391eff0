"""Programs that open a dossier for the first time at the same moment, from an empty cache: none of them fails."""

import os
import shutil
import subprocess
import sys
from itertools import cycle, islice

import pytest

PROGRAMS = 8


@pytest.mark.parametrize("rounds", [1, pytest.param(200, marks=pytest.mark.thorough)])
def test_eight_first_runs_at_once_all_answer(seed, tmp_path, rounds):
    root = str(seed)
    commands = (["check", root], ["search", "china", "-d", root], ["show", "china", "-d", root])
    for number in range(rounds):
        home = tmp_path / str(number)
        places = {f"XDG_{name}_HOME": str(home / name) for name in ("CACHE", "STATE", "CONFIG")}
        running = [
            subprocess.Popen(
                [sys.executable, "-m", "dossier", *command],
                env={**os.environ, "HOME": str(home), **places},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for command in islice(cycle(commands), number % 3, number % 3 + PROGRAMS)
        ]
        for one in running:
            out, told = one.communicate(timeout=120)
            assert one.returncode == 0, (number, one.args, told)
            assert "damaged" not in told, told
            assert out or one.args[3] == "check"
        shutil.rmtree(home)
