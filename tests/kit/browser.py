"""A real browser that opens pages from disk and tells what they ask for. Needs selenium, chromium and chromedriver."""

import json
import os
import shutil

import pytest

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run", "--hide-scrollbars")  # fmt: skip
DRAWN = "[...document.querySelectorAll('figure')].every(f => f.querySelector('.vega-embed svg, svg.marks'))"


def start_browser(profile):
    """A browser with a profile in an empty folder; the test is skipped where there is none, unless one is required."""
    webdriver = pytest.importorskip("selenium.webdriver")
    programs = [shutil.which(name) for name in ("chromium", "chromedriver")]
    if None in programs:
        missing = "chromium and chromedriver are not on the PATH"
        if os.environ.get("DRAWDOWN_REQUIRE_BROWSER"):
            pytest.fail(f"{missing}, and DRAWDOWN_REQUIRE_BROWSER is set")
        pytest.skip(missing)
    options = webdriver.ChromeOptions()
    options.binary_location = programs[0]
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(programs[1]))
    driver.set_script_timeout(30)
    return driver


def open_page(browser, path, width=1280):
    """Open a page from disk; returns what it asked for, after its charts have been drawn."""
    browser.get("about:blank")
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    for log in ("performance", "browser"):
        browser.get_log(log)
    browser.get(path.as_uri())
    wait(browser, DRAWN)
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    sent = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    return [url for url in sent if url != path.as_uri()]


def wait(browser, condition):
    """Wait until an expression is true in the page (the driver's script timeout bounds it)."""
    script = f"const done = arguments[0]; (function look() {{ ({condition}) ? done() : setTimeout(look, 20); }})();"
    browser.execute_async_script(script)
