"""The pages in a real browser: what it complains of, what the keyboard reaches, and how they fit."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Literal, cast

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from test_cli_serve import Served, serving

Scheme = Literal["light", "dark"]

pytestmark = pytest.mark.browser

CHROMIUM = os.environ.get("POWKG_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LONG_QUERY = "/sparql?query=SELECT+*+%7B+%3Fs+%3Fp+%3Fo+%7D+LIMIT+50"
PATHS = ["/", "/ontology", "/sparql", LONG_QUERY, "/sparql?query=ASK+%7B%7D", "/nowhere"]


@pytest.fixture(scope="module")
def served(real_folder: Path) -> Iterator[Served]:
    with serving(real_folder) as served:
        yield served


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, served: Served, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a window; `request.param` may give its width, its colour scheme and whether scripts run."""
    width, scheme, scripts = cast("tuple[int, Scheme, bool]", getattr(request, "param", (1100, "light", True)))
    context = chromium.new_context(
        base_url=served.url,
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        java_script_enabled=scripts,
    )
    yield context.new_page()
    context.close()


def complaints(page: Page) -> list[str]:
    """What the browser will complain of from now on: errors, refusals, failed requests, and requests of other hosts."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("requestfailed", lambda request: found.append(request.url))
    page.on("request", lambda request: None if "://127.0.0.1:" in request.url else found.append(request.url))
    return found


@pytest.mark.parametrize("page", [(360, "light", True), (1600, "dark", True)], indirect=True)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_fits_its_window_and_the_browser_is_content(page: Page, path: str) -> None:
    found = complaints(page)
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert [text for text in found if "404 (NOT FOUND)" not in text] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("[...document.styleSheets].every(sheet => sheet.cssRules.length > 0)")


@pytest.mark.parametrize("page", [(1100, "light", True), (1100, "dark", True)], ids=["light", "dark"], indirect=True)
@pytest.mark.parametrize("path", PATHS)
def test_every_text_stands_out_from_its_ground(page: Page, path: str) -> None:
    """The contrast of each text with what lies behind it is that of WCAG 2.2 AA, 4.5 to 1."""
    page.goto(path)
    assert page.evaluate(CONTRASTS) == []


CONTRASTS = """() => {
  const parse = colour => colour.match(/[\\d.]+/g).map(Number);
  const linear = part => part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const weak = [];
  for (const element of document.querySelectorAll('body *')) {
    if (![...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue;
    const one = light(parse(getComputedStyle(element).color)), other = light(ground(element));
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (contrast < 4.5) weak.push(`${element.tagName} ${element.textContent.slice(0, 30)} ${contrast}`);
  }
  return weak;
}"""


def test_light_and_dark_differ(chromium: Browser, served: Served) -> None:
    grounds = []
    schemes: tuple[Scheme, Scheme] = ("light", "dark")
    for scheme in schemes:
        page = chromium.new_page(base_url=served.url, color_scheme=scheme)
        page.goto("/")
        grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        page.close()
    assert grounds[0] != grounds[1]


def test_the_picture_is_drawn(page: Page) -> None:
    found = complaints(page)
    page.goto("/")
    picture = page.locator("figure img")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    picture.click()
    page.wait_for_url(re.compile(r"/picture/.*\.svg$"))
    assert page.evaluate("document.querySelectorAll('svg text').length") > 5
    assert found == []


@pytest.mark.parametrize("page", [(1100, "light", False), (1100, "light", True)], ids=["plain", "js"], indirect=True)
def test_a_question_runs_from_the_start_page_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    page.keyboard.press("Enter")
    assert not page.get_by_role("link", name="Who commanded the Manchurian operation?").is_visible()
    for text in ("People, bodies and offices", "Who commanded the Manchurian operation?"):
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.locator(":focus").inner_text().startswith(text):
                break
        page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/sparql.query=.*commander"))
    assert page.get_by_role("cell", name="Aleksandr Vasilevsky").is_visible()
    editor = page.get_by_label("SPARQL query")
    editor.fill("ASK { }")
    page.get_by_role("button", name="Run").click()
    page.wait_for_url(re.compile("/sparql.query=ASK"))
    assert page.get_by_text("Yes").is_visible()


def test_headings_and_landmarks_lead_through_the_page(page: Page) -> None:
    page.goto("/")
    for landmark in ("banner", "main", "contentinfo", "navigation"):
        assert page.get_by_role(landmark).count() == 1
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(heading => +heading.tagName[1])")
    assert levels[0] == 1
    assert set(levels[1:]) == {2, 3}
    assert all(level - before <= 1 for before, level in pairwise(levels))
    topics = page.get_by_role("region", name="Questions it answers").get_by_role("heading", level=3)
    assert topics.count() == levels.count(3)
    assert page.get_by_role("columnheader").count() == 4
    assert page.get_by_role("rowheader").count() >= 2


def test_an_error_is_shown_with_its_place(page: Page) -> None:
    page.goto("/sparql")
    page.get_by_label("SPARQL query").fill("SELECT *\n{ ?s ?p }")
    page.get_by_role("button", name="Run").click()
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert "line 2" in alert.inner_text()
    assert page.get_by_label("SPARQL query").input_value() == "SELECT *\n{ ?s ?p }"
