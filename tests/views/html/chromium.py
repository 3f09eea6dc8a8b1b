"""A real Chromium without a window, driven by selenium; both are looked for, never downloaded."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest


@contextmanager
def chromium() -> Iterator[Any]:
    """A driver. Skips when Chromium, its driver or selenium is not on this machine."""
    selenium = pytest.importorskip("selenium.webdriver", reason="selenium is not installed (extra `test`)")
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not browser or not driver:
        pytest.skip("no chromium or chromedriver on this machine (Debian: chromium, chromium-driver)")
    options = selenium.ChromeOptions()
    options.binary_location = browser
    # No sandbox: containers give it no user namespaces. No /dev/shm: theirs is too small.
    for switch in (
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--window-size=1400,1000",
    ):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    running = selenium.Chrome(options=options, service=selenium.ChromeService(driver))
    try:
        yield running
    finally:
        running.quit()


def opened(driver: Any, page: bytes, folder: Path) -> Any:
    """The driver, the page loaded from a file and its lists filled."""
    path = folder / "report.html"
    path.write_bytes(page)
    driver.get_log("browser")
    driver.get(path.as_uri())
    until(driver, "return document.documentElement.hasAttribute('data-ready')")
    return driver


def until(driver: Any, condition: str, *arguments: Any) -> Any:
    """Waits until a script returns something true and gives that."""
    from selenium.webdriver.support.wait import WebDriverWait

    return WebDriverWait(driver, 20, 0.05).until(lambda _: driver.execute_script(condition, *arguments), condition)
