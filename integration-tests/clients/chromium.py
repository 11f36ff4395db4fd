"""A headless Chromium, driven over a pipe by its DevTools protocol."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update", "--no-default-browser-check",
         "--remote-debugging-pipe", "--window-size=900,900", "--ignore-certificate-errors")
ANSWER_SECONDS = 30


class Chromium:
    """One page of one browser; a context manager."""

    def __init__(self, program="chromium"):
        self.profile = tempfile.mkdtemp(prefix="chromium-")
        commands, self.commands = os.pipe()
        self.answers, answers = os.pipe()

        def place_pipes():  # the browser reads from 3 and writes to 4
            os.dup2(commands, 100)
            os.dup2(answers, 101)
            os.dup2(100, 3)
            os.dup2(101, 4)

        self.process = subprocess.Popen([program, *FLAGS, f"--user-data-dir={self.profile}"], close_fds=False,
                                        preexec_fn=place_pipes, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(commands)
        os.close(answers)
        self.unread = b""
        self.number = 0
        self.session = None
        self.events = []

    def __enter__(self):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)
        os.close(self.commands)
        os.close(self.answers)
        shutil.rmtree(self.profile, ignore_errors=True)

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") != self.number:
                self.events.append(answer)
            elif "error" in answer:
                raise RuntimeError(f"{method}: {answer['error']['message']}")
            else:
                return answer["result"]

    def _next(self):
        while b"\0" not in self.unread:
            piece = os.read(self.answers, 1 << 16)
            if not piece:
                raise RuntimeError("the browser has ended")
            self.unread += piece
        message, _, self.unread = self.unread.partition(b"\0")
        return json.loads(message)

    def open(self, url):
        self.call("Page.navigate", url=url)
        self.until("document.readyState", "complete")

    def value(self, expression):
        return self.call("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def until(self, expression, wanted=True):
        """Asks until it is so; the browser's own time limits how often."""
        deadline = time.monotonic() + ANSWER_SECONDS
        while (value := self.value(expression)) != wanted:
            if time.monotonic() > deadline:
                raise RuntimeError(f"{expression} is {value!r}, and not {wanted!r}, after {ANSWER_SECONDS} s")
            self.call("Runtime.evaluate", expression="new Promise(done => setTimeout(done, 50))", awaitPromise=True)

    def screenshot(self, file, dark=False):
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.call("Emulation.setEmulatedMedia", features=scheme)
        file.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def answers_seen(self):
        """The status of every answer so far, by the end of its URL."""
        found = [event["params"]["response"] for event in self.events if event.get("method") == "Network.responseReceived"]
        return {one["url"].rpartition("/")[2]: one["status"] for one in found}

    def protocols_seen(self):
        """By which the page and its files came, as the network log has it."""
        found = [event["params"]["response"] for event in self.events if event.get("method") == "Network.responseReceived"]
        return {one["protocol"] for one in found if one["url"].startswith("http")}

    def complaints(self):
        """What the page or the browser has complained of."""
        return [event["params"] for event in self.events
                if event.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded", "Network.loadingFailed")]
