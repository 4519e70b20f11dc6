"""A passage is copied with its source and a link that opens at it."""

from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, ContextMaker

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# From within the second word to within the fourth of the second paragraph.
_SELECT = """() => {
  const paragraph = document.querySelectorAll(".article-body p")[1];
  const node = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT).nextNode();
  const words = [...node.data.matchAll(/\\S+/g)];
  getSelection().setBaseAndExtent(node, words[1].index + 1, node, words[3].index + 1);
  return words.slice(1, 4).map((word) => word[0]).join(" ");
}"""


def test_selected_words_are_copied_whole_with_source_and_link(
    make_context: ContextMaker, address_of_article: str
) -> None:
    context = make_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address_of_article)
    bar = page.locator(".passage-bar")
    expect(bar).to_be_hidden()
    passage = page.evaluate(_SELECT)
    expect(bar).to_be_visible()
    bar.get_by_role("button").first.click()
    expect(bar.get_by_role("status")).not_to_be_empty()
    quoted, *citation, link = page.evaluate("navigator.clipboard.readText()").split(
        "\n"
    )
    assert quoted == f"«{passage}»"
    assert citation[0] == page.locator("#citation-arabic").inner_text().strip()
    before, behind = "يَنْبُعُ", "الجبال."
    fragment = f"p-2:~:text={before}-,{passage},-{behind}"
    assert unquote(link) == f"{address_of_article}#{fragment}"
    page.goto("about:blank")
    page.goto(link)
    # All paragraphs of this article are the same, and the browser takes the first.
    expect(page.locator("p:target")).to_be_in_viewport()


def test_related_articles_come_when_a_reader_is_near_them(
    make_context: ContextMaker, address_of_article: str
) -> None:
    page = make_context(PHONE).new_page()
    page.set_viewport_size({"width": PHONE, "height": 300})
    page.goto(address_of_article)
    page.wait_for_load_state("networkidle")
    expect(page.locator("#related")).to_be_empty()
    page.locator("#related-title").scroll_into_view_if_needed()
    expect(page.locator("#related")).not_to_be_empty()


def test_without_scripts_the_heading_leads_to_them(
    make_context: ContextMaker, address_of_article: str
) -> None:
    page = make_context(java_script_enabled=False).new_page()
    page.goto(address_of_article)
    expect(page.locator(".passage-bar")).to_be_hidden()
    page.locator("#related-title a").click()
    expect(page.locator("h1")).to_be_visible()
    assert page.url.endswith("/related/")
