"""The report in a real browser: it asks for nothing, complains of nothing, and answers to the slider."""

import pytest

from kit.browser import open_page, start_browser


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    driver = start_browser(tmp_path_factory.mktemp("profile"))
    yield driver
    driver.quit()


def choose(browser, day):
    browser.execute_script(
        "const slider = document.getElementById('day'); slider.value = arguments[0];"
        "slider.dispatchEvent(new Event('input'));", day,
    )  # fmt: skip
    browser.execute_async_script("requestAnimationFrame(() => setTimeout(arguments[0], 100));")


@pytest.fixture(scope="module")
def opened(browser, page, tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(page, encoding="utf-8")
    return path, open_page(browser, path)


def test_it_makes_no_request_and_no_complaint(browser, opened):
    _, requests = opened
    assert requests == []
    assert [entry["message"] for entry in browser.get_log("browser")] == []


@pytest.mark.usefixtures("opened")
def test_the_slider_drives_the_map_and_the_day_lines(browser):
    def shown():
        return {
            name: browser.execute_script(f"return document.querySelector('#chart-{name} svg').outerHTML")
            for name in ("overview", "closures", "people", "people_by_site", "equipment", "vehicles", "routes")
        }

    choose(browser, 0)
    before = shown()
    choose(browser, 12)
    after = shown()
    assert all(before[name] != after[name] for name in before)
    said = browser.find_element("id", "day-text").text
    assert said.startswith("13 July 2025, day 12 \N{MIDDLE DOT} 995 people in the mission")
    assert said.endswith("2 moves under way")


@pytest.mark.usefixtures("opened")
def test_moves_can_be_filtered_and_sorted(browser):
    browser.execute_script(
        "const filter = document.getElementById('filter'); filter.value = 'post camp road';"
        "filter.dispatchEvent(new Event('input'));"
    )
    visible = "return [...document.querySelectorAll('table.moves tbody tr')].filter(r => !r.hidden).length"
    assert browser.execute_script(visible) == 2
    assert browser.find_element("id", "found").text == "2 of 24 moves"
    people = "return [...document.querySelectorAll('table.moves tbody tr')].map(r => r.cells[5].textContent)"
    press = "document.querySelectorAll('table.moves thead button')[5].click()"
    browser.execute_script(press)
    browser.execute_script(press)
    counts = [int(text) for text in browser.execute_script(people) if text]
    assert counts == sorted(counts, reverse=True)


def test_a_phone_shows_it_without_scrolling_sideways(browser, opened):
    path, _ = opened
    assert open_page(browser, path, width=390) == []
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 390


def test_a_hostile_name_does_not_run(browser, report, mission, plan, tmp_path):
    hostile = "<script>document.title='taken'</script><img src='https://example.org/x.png'>"
    sites = tuple(site.model_copy(update={"name": f"{hostile} {site.id}"}) for site in mission.sites)
    path = tmp_path / "hostile.html"
    path.write_text(report(mission.model_copy(update={"sites": sites}), plan), encoding="utf-8")
    assert open_page(browser, path) == []
    assert browser.title != "taken"
    assert browser.execute_script("return document.images.length") == 0


def test_without_scripts_the_charts_are_there_as_pictures(browser, opened):
    path, _ = opened
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(path.as_uri())
        shapes = browser.find_elements("css selector", "#chart-overview svg path")
        assert len(shapes) > 20
        assert not browser.find_element("id", "day-bar").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
