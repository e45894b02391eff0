"""What happens when a command is done."""

import subprocess
import sys

KEPT = """
import gc
gc.disable()
import dossier.cli

class Cycle:
    def __del__(self):
        print("collected")

one = Cycle()
one.itself = one
del one
"""


def test_nothing_is_looked_through_for_garbage_when_python_ends():
    done = subprocess.run([sys.executable, "-c", KEPT], capture_output=True, text=True, check=True)
    assert done.stdout == ""
