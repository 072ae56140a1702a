"""The pages of a running drawdown in a real browser: they ask for nothing, complain of nothing, and fit a phone."""

from dataclasses import replace
from datetime import date

import pytest

from drawdown.forecast.answers import Violation
from drawdown.report.forecast_page import render_forecast
from drawdown.report.hindcast_page import render_hindcast
from drawdown.report.status_page import render_status
from kit.browser import open_page, start_browser, wait
from kit.some_standings import some_forecast, some_hindcast, some_status

#: The texts of charts that reach more than a pixel beyond their picture, where they are cut off.
CLIPPED = """
return [...document.querySelectorAll('figure svg')].flatMap(svg => {
  const room = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter(text => {
    const box = text.getBoundingClientRect();
    const seen = text.textContent && box.width && text.checkVisibility({opacityProperty: true});
    return seen && (box.left < room.left - 1 || box.right > room.right + 1
      || box.top < room.top - 1 || box.bottom > room.bottom + 1);
  }).map(text => text.textContent);
});
"""
#: Names above a chart, on its axes and in its legend that lie on each other.
COVERED = """
return [...document.querySelectorAll('figure svg')].flatMap(svg => {
  const texts = [...svg.querySelectorAll('text')].filter(text => text.textContent.trim() && text.checkVisibility({
    opacityProperty: true}) && text.getBoundingClientRect().width);
  const boxes = texts.map(text => [text.textContent, text.getBoundingClientRect()]);
  const wide = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const tall = (a, b) => Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return boxes.flatMap(([one, a], n) => boxes.slice(n + 1).filter(([other, b]) => wide(a, b) > 1 && tall(a, b) > 3)
    .map(([other]) => `${one} / ${other}`));
});
"""

#: One on the first day that the chart of sites shows, and one that lasts.
VIOLATIONS = tuple(
    Violation("fact", "headcount", "headcount", place, name, date(2025, 7, 20), end, "no authority " * 40, None)
    for place, name, end in (
        ("post-id", "Post", date(2025, 7, 20)),
        ("depot-id", "Depot", date(2025, 9, 4)),
        ("port", "A port", date(2025, 9, 4)),
    )
)

webdriver = pytest.importorskip("selenium.webdriver")


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    driver = start_browser(tmp_path_factory.mktemp("profile"))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def paths(tmp_path_factory):
    made = {
        "status": render_status(some_status()),
        "violations": render_status(replace(some_status(), violations=VIOLATIONS)),
        "forecast": render_forecast(some_forecast()),
        "hindcast": render_hindcast(some_hindcast()),
    }
    folder = tmp_path_factory.mktemp("tracking")
    for name, page in made.items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in made}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", ["status", "violations", "forecast", "hindcast"])
def test_a_page_makes_no_request_and_no_complaint_and_its_charts_fit(browser, paths, name, width):
    assert open_page(browser, paths[name], width) == []
    assert [entry["message"] for entry in browser.get_log("browser")] == []
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    assert browser.execute_script(CLIPPED) == []
    assert browser.execute_script(COVERED) == []
    rooms = browser.execute_script("return [...document.querySelectorAll('figure svg')].map(s => s.clientWidth)")
    assert all(width / 2 < room <= width for room in rooms)


def test_a_count_tells_its_source_under_the_pointer(browser, paths):
    open_page(browser, paths["status"])
    dot = browser.find_elements("css selector", "#chart-people .mark-symbol.role-mark path")[0]
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", dot)
    webdriver.ActionChains(browser).move_to_element(dot).perform()
    wait(browser, "!document.getElementById('tip').hidden")
    said = browser.find_element("id", "tip").text
    assert "31 Jul 2025" in said
    assert "Report of the mission, letter 3" in said
