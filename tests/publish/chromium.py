"""Chromium without a window, spoken to by its DevTools protocol."""

import base64
import json
import shutil
import subprocess
import tempfile
from contextlib import contextmanager

import websocket

BINARY = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Page:
    def __init__(self, socket):
        self.socket = socket
        self.number = 0
        self.requests = []
        self.frames = []

    def call(self, method, **params):
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("method") == "Network.requestWillBeSent":
                self.requests.append(message["params"]["request"]["url"])
            if message.get("method") == "Network.webSocketFrameReceived":
                self.frames.append(message["params"]["response"])
            if message.get("id") == self.number:
                assert "error" not in message, message
                return message["result"]

    def run(self, code):
        result = self.call("Runtime.evaluate", expression=code, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def received(self):
        """The text that came through web sockets so far; binary frames are base64."""
        self.run("0")
        found = [base64.b64decode(one["payloadData"]) for one in self.frames if one["opcode"] == 2]
        return b"".join(found).decode("utf-8", "replace")

    def open(self, url):
        self.call("Page.navigate", url=url)
        self.run(
            f"new Promise(done => {{ const look = () => location.href.startsWith({json.dumps(url.partition('#')[0])})"
            " && document.readyState === 'complete' ? done(1) : setTimeout(look, 5); look(); })"
        )


@contextmanager
def page():
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--remote-allow-origins=*",
        ]
        process = subprocess.Popen(
            [BINARY, *options, f"--user-data-dir={profile}", "--remote-debugging-port=0", "about:blank"],
            stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        try:
            line = next(line for line in process.stderr if "DevTools listening on" in line)
            browser = websocket.create_connection(line.split()[-1], timeout=120, suppress_origin=True)
            browser.send(json.dumps({"id": 1, "method": "Target.getTargets"}))
            found = json.loads(browser.recv())["result"]["targetInfos"]
            target = next(one["targetId"] for one in found if one["type"] == "page")
            browser.close()
            root = line.split()[-1].split("/devtools/")[0]
            socket = websocket.create_connection(f"{root}/devtools/page/{target}", timeout=120, suppress_origin=True)
            shown = Page(socket)
            shown.call("Page.enable")
            shown.call("Network.enable")
            yield shown
            socket.close()
        finally:
            process.kill()
            process.communicate()
