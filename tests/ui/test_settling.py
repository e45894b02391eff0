"""The test driver gives up on an app that never comes to rest: else one failing test waits as long again at each key."""

import pytest
import settling


async def test_an_app_that_never_comes_to_rest_fails_its_test(browsing, monkeypatch):
    async with browsing() as pilot:
        with monkeypatch.context() as patch:
            patch.setattr(settling, "PATIENCE", 0.05)
            patch.setattr(settling, "_to_draw", lambda _app: True)
            with pytest.raises(TimeoutError, match="not come to rest"):
                await pilot.press("j")
        await pilot.press("j")
