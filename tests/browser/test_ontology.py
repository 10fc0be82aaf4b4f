"""The page of the ontology in a real browser: both themes, narrow and wide, with the keyboard and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from test_browser_pages import CHROMIUM, CONTRASTS, FLAGS, Scheme, complaints

from test_cli_serve import Served, serving

pytestmark = pytest.mark.browser

WINDOWS = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]


@pytest.fixture(scope="module")
def server(real_folder: Path) -> Iterator[Served]:
    with serving(real_folder) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, server: Served, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page in a window without scripts; `request.param` may give its width and colour scheme."""
    width, scheme = cast("tuple[int, Scheme]", getattr(request, "param", (1280, "light")))
    context = browser.new_context(
        base_url=server.url,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        java_script_enabled=False,
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("page", WINDOWS, indirect=True)
def test_it_fits_its_window_and_the_browser_is_content(page: Page) -> None:
    found = complaints(page)
    page.goto("/ontology")
    page.wait_for_load_state("networkidle")
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("page", WINDOWS, indirect=True)
def test_every_text_stands_out_from_its_ground(page: Page) -> None:
    page.goto("/ontology#MilitaryOperation")
    assert page.evaluate(CONTRASTS) == []


FILLS = """() => {
  const parse = colour => colour.match(/[\\d.]+/g).map(Number);
  const linear = part => part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const contrast = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  const sheet = light(parse(getComputedStyle(document.body).backgroundColor));
  const found = [];
  for (const text of document.querySelectorAll('.diagram text')) {
    const shape = text.parentElement.querySelector('rect, polygon:not(.link *)');
    const inBox = text.closest('a');
    const ground = inBox ? light(parse(getComputedStyle(shape).fill)) : sheet;
    const ratio = contrast(light(parse(getComputedStyle(text).fill)), ground);
    if (ratio < 4.5) found.push(`${text.textContent} ${ratio}`);
  }
  for (const line of document.querySelectorAll('.diagram path')) {
    const ratio = contrast(light(parse(getComputedStyle(line).stroke)), sheet);
    if (ratio < 3) found.push(`a line ${ratio}`);
  }
  return found;
}"""


@pytest.mark.parametrize("page", [(1280, "light"), (1280, "dark")], ids=["light", "dark"], indirect=True)
def test_the_diagram_is_legible_in_both_themes(page: Page) -> None:
    page.goto("/ontology")
    assert page.evaluate("document.querySelectorAll('.diagram text').length") > 30
    assert page.evaluate(FILLS) == []


def test_the_texts_of_the_diagram_fit_their_boxes(page: Page) -> None:
    page.goto("/ontology")
    outside = page.evaluate("""() => [...document.querySelectorAll('.diagram a')].filter(box => {
      const shape = box.querySelector('rect, polygon').getBBox();
      return [...box.querySelectorAll('text')].some(text => {
        const part = text.getBBox();
        return part.x < shape.x || part.x + part.width > shape.x + shape.width;
      });
    }).map(box => box.textContent)""")
    assert outside == []


@pytest.mark.parametrize("page", [(360, "light"), (1280, "light")], ids=["narrow", "wide"], indirect=True)
def test_a_box_of_the_diagram_leads_to_its_class(page: Page) -> None:
    page.goto("/ontology")
    box = page.locator(".diagram a[href='#Cohort']")
    box.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#Cohort$"))
    top = page.locator("#Cohort").evaluate("section => section.getBoundingClientRect().top")
    assert 0 <= top < 100


def test_an_address_of_a_term_lands_on_it(page: Page) -> None:
    page.goto("/ontology#MilitaryOperation")
    section = page.locator("#MilitaryOperation")
    assert 0 <= section.evaluate("section => section.getBoundingClientRect().top") < 100
    other = page.locator("#Battle")
    colours = [part.evaluate("part => getComputedStyle(part).backgroundColor") for part in (section, other)]
    assert colours[0] != colours[1]


def test_headings_and_landmarks_lead_through_the_page(page: Page) -> None:
    page.goto("/ontology")
    for landmark in ("banner", "main", "contentinfo"):
        assert page.get_by_role(landmark).count() == 1
    assert page.get_by_role("navigation", name="On this page").count() == 1
    assert page.get_by_role("heading", level=1).inner_text() == "powkg ontology"
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(heading => +heading.tagName[1])")
    assert all(level - before <= 1 for before, level in pairwise(levels))
    assert page.get_by_role("group", name="The core of the model").count() == 1
    unnamed = page.evaluate("[...document.querySelectorAll('a')].filter(link => !link.textContent.trim()).length")
    assert unnamed == 0


def test_a_reader_comes_from_the_start_page_to_a_query_that_uses_a_term(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Model").click()
    page.wait_for_url(re.compile("/ontology$"))
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="index").click()
    page.locator("#property-index").get_by_role("link", name="commander", exact=True).click()
    page.locator("#commander").get_by_role("link", name="Who commanded the Manchurian operation?").click()
    page.wait_for_url(re.compile("/sparql.query="))
    assert page.get_by_role("cell", name="Aleksandr Vasilevsky").is_visible()


def test_the_keyboard_skips_to_the_content(page: Page) -> None:
    page.goto("/ontology")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "The model in ten minutes"
