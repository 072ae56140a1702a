"""The page of a stress test in a real browser: it asks for nothing, complains of nothing, and fits a phone."""

from dataclasses import replace

import pytest

from drawdown.report.stress_page import render_stress
from kit.browser import open_page, start_browser, wait
from kit.some_answers import some_answers

#: The texts of charts that reach more than a pixel beyond their picture, where they are cut off.
CLIPPED = """
return [...document.querySelectorAll('figure svg')].flatMap(svg => {
  const room = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter(text => {
    const box = text.getBoundingClientRect();
    return text.textContent && box.width && (box.left < room.left - 1 || box.right > room.right + 1
      || box.top < room.top - 1 || box.bottom > room.bottom + 1);
  }).map(text => text.textContent);
});
"""


webdriver = pytest.importorskip("selenium.webdriver")


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    driver = start_browser(tmp_path_factory.mktemp("profile"))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("stress") / "stress.html"
    path.write_text(render_stress(some_answers()), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [1280, 390])
def test_it_makes_no_request_and_no_complaint_and_fits_the_screen(browser, path, width):
    assert open_page(browser, path, width) == []
    assert [entry["message"] for entry in browser.get_log("browser")] == []
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 390])
def test_no_text_of_a_chart_is_cut_off(browser, path, width):
    open_page(browser, path, width)
    assert browser.execute_script(CLIPPED) == []


def test_a_bar_tells_its_figures_under_the_pointer(browser, path):
    open_page(browser, path)
    bar = browser.find_element("css selector", "#chart-knock_outs .mark-rect path")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", bar)
    webdriver.ActionChains(browser).move_to_element_with_offset(bar, 5, 0).perform()
    wait(browser, "!document.getElementById('tip').hidden")
    said = browser.find_element("id", "tip").text
    assert "refusals" in said
    assert "+5" in said


def test_a_hostile_name_does_not_run(browser, tmp_path):
    hostile = "<script>document.title='taken'</script><img src='https://example.org/x.png'>"
    answers = some_answers()
    sites = tuple(replace(site, name=hostile) for site in answers.sites)
    answers = replace(answers, mission=hostile, sites=sites)
    path = tmp_path / "hostile.html"
    path.write_text(render_stress(answers), encoding="utf-8")
    assert open_page(browser, path) == []
    assert browser.title.startswith("a plan under chance")
    assert browser.execute_script("return document.images.length") == 0
