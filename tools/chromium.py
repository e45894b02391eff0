"""Install Chromium for the tests of the published site where apt can: `python -m tools.chromium`."""

import os
import shutil
import subprocess

_NAMES = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    """Install it, or say in one sentence why not; its tests are skipped then."""
    if any(map(shutil.which, _NAMES)):
        print("Chromium is there already.")
        return
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        print("Chromium is not installed: that takes apt-get and root; its tests are skipped.")
        return
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    steps = ([apt, "update", "-qq"], [apt, "install", "-y", "-qq", "--no-install-recommends", "chromium"])
    for step in steps:
        try:
            done = subprocess.run(step, env=environment, stdout=subprocess.DEVNULL, timeout=240, check=False)  # noqa: S603
        except subprocess.TimeoutExpired:
            print("Chromium is not installed: apt-get took more than four minutes; its tests are skipped.")
            return
        if done.returncode:
            print(f"Chromium is not installed: apt-get ended with {done.returncode}; its tests are skipped.")
            return
    print("Chromium is installed.")


if __name__ == "__main__":
    main()
