# SPDX-License-Identifier: Apache-2.0
"""JupyterLab in a headless browser: a server, a page, and what a person does there."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import nbformat
from playwright.sync_api import TimeoutError, sync_playwright

BIN = Path(sys.executable).parent
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SETTINGS = {
    # Cells that are off the screen must be drawn too.
    "notebook-extension/tracker": {"windowingMode": "none", "recordTiming": True},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "apputils-extension/themes": {"theme": "JupyterLab Light"},
}


def free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


class Lab:
    """A server with its page open."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.port = free_port()
        settings = self.folder / "settings"
        for name, content in SETTINGS.items():
            file = settings / "@jupyterlab" / f"{name}.jupyterlab-settings"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(content))
        self.work = self.folder / "work"
        self.work.mkdir()
        environment = {**os.environ, "JUPYTERLAB_SETTINGS_DIR": str(settings), "JUPYTER_PREFER_ENV_PATH": "1",
                       "JUPYTERLAB_WORKSPACES_DIR": str(self.folder / "workspaces"),
                       "JUPYTER_CONFIG_DIR": str(self.folder / "config"),
                       "JUPYTER_RUNTIME_DIR": str(self.folder / "runtime")}
        self.log = open(self.folder / "server.log", "w")
        self.server = subprocess.Popen(
            [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", "--expose-app-in-browser",
             f"--ServerApp.port={self.port}", "--ServerApp.port_retries=0", "--ServerApp.ip=127.0.0.1",
             "--IdentityProvider.token=token", f"--ServerApp.root_dir={self.work}"],
            env=environment, stdout=self.log, stderr=self.log, cwd=self.work, start_new_session=True)
        self.driver = sync_playwright().start()
        self.browser = self.driver.chromium.launch(
            executable_path=BROWSER,
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"])
        self.page = self.browser.new_page(viewport={"width": 1100, "height": 1000})
        self.page.set_default_timeout(60_000)
        self.wait_for_server()

    def wait_for_server(self):
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            assert self.server.poll() is None, (self.folder / "server.log").read_text()
            time.sleep(0.2)
        raise AssertionError("the server does not listen")

    def open(self, name, *cells):
        """Writes a notebook, opens it, and waits for its kernel."""
        kernel = {"name": "easel", "display_name": "Easel", "language": "easel"}
        made = [nbformat.v4.new_code_cell(cell) for cell in cells]
        nbformat.write(nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": kernel}), self.work / name)
        self.page.goto(f"http://127.0.0.1:{self.port}/lab/tree/{name}?token=token&reset")
        self.page.wait_for_selector(".jp-Notebook .jp-Cell")
        self.page.wait_for_function("() => window.jupyterapp !== undefined")
        self.wait_for_status("Idle")

    def command(self, name):
        """Runs a command of the page without waiting for its end."""
        self.page.evaluate(f"() => {{ window.jupyterapp.commands.execute('{name}'); }}")

    def status(self):
        """The state of the kernel that the page shows, such as Idle."""
        script = """() => window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status ?? 'none'"""
        return self.page.evaluate(script).capitalize()

    def wait_for_status(self, *wanted, seconds=60):
        deadline = time.monotonic() + seconds
        while self.status() not in wanted:
            assert time.monotonic() < deadline, f"the kernel is {self.status()}, not {wanted}"
            time.sleep(0.05)

    def run_all(self, seconds=90):
        """Runs every cell and waits until no prompt shows a star."""
        self.command("notebook:run-all-cells")
        self.wait_until_done(seconds)

    def wait_until_done(self, seconds=90):
        self.page.wait_for_function(
            """() => [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]
                  .every(prompt => /\\[\\d+\\]/.test(prompt.textContent))""", timeout=seconds * 1000)
        self.wait_for_status("Idle", seconds=seconds)

    def prompts(self):
        return [re.sub(r"\s", "", text) for text in
                self.page.locator(".jp-CodeCell .jp-InputPrompt").all_inner_texts()]

    def cell(self, index):
        return self.page.locator(".jp-CodeCell").nth(index)

    def output(self, index):
        """What a cell shows, as text."""
        return self.cell(index).locator(".jp-OutputArea").inner_text()

    def accept_dialog(self):
        self.page.locator(".jp-Dialog .jp-mod-accept").click()

    def picture(self, name):
        """Saves what the page looks like."""
        folder = Path(os.environ.get("EASEL_PICTURES", self.folder))
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=folder / f"lab-{name}.png")

    def close(self):
        self.browser.close()
        self.driver.stop()
        subprocess.run([BIN / "jupyter-server", "stop", str(self.port)], capture_output=True)
        self.server.terminate()
        try:
            self.server.wait(10)
        except subprocess.TimeoutExpired:
            self.server.kill()
        self.log.close()


__all__ = ["BROWSER", "Lab", "TimeoutError"]
