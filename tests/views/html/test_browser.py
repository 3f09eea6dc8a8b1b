"""The page in a real Chromium: lists, filters, search, lazy blocks, keyboard, and that no text of a document acts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cleaner.core.document import Document
from cleaner.core.edits import Patch, cut
from cleaner.views.html import Limits
from tests.views.html.chromium import chromium, opened, until
from tests.views.html.reading import written
from tests.views.html.samples import HOSTILE, Sample, many, plain, sample

IDS = "return [...document.querySelectorAll('.item')].map((item) => item.row.id)"
FLAGGED = {"001_c0fc854bd6533b57.txt", "gb/mojibake.txt", "hostile/all.txt", "notices/1.txt", "notices/2.txt"}
ITEM = "const item = [...document.querySelectorAll('.item')].find((each) => each.row.id === arguments[0]);"


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    with chromium() as running:
        yield running


@pytest.fixture
def page(driver: Any, small: bytes, tmp_path: Path) -> Any:
    return opened(driver, small, tmp_path)


@pytest.fixture(scope="module")
def small() -> bytes:
    return written(sample())


@pytest.fixture(scope="module")
def large() -> bytes:
    return written(Sample(tuple(many(5000, 200))))


def choose(page: Any, name: str, value: str) -> list[str]:
    script = """
        const box = document.getElementById(arguments[0]);
        box.value = arguments[1];
        box.dispatchEvent(new Event('change', {bubbles: true}));
    """
    page.execute_script(script, name, value)
    ids: list[str] = page.execute_script(IDS)
    return ids


def press(page: Any, *keys: str) -> None:
    from selenium.webdriver import ActionChains

    ActionChains(page).send_keys(*keys).perform()


def look_for(page: Any, query: str) -> list[str]:
    page.execute_script("document.getElementById('query').value = ''")
    page.find_element("id", "query").send_keys(query)
    until(page, "return document.getElementById('list').ariaBusy === 'false'")
    ids: list[str] = page.execute_script(IDS)
    return ids


def open_document(page: Any, name: str) -> None:
    page.execute_script(ITEM + "item.querySelector('.head').click()", name)
    until(page, ITEM + "return item.querySelector('.opened') !== null", name)


def unfold(page: Any, name: str) -> None:
    """Clicks every fold of a document away."""
    clicks = "const fold = () => item.querySelector('.sides .fold, .sides .clip'); while (fold()) fold().click()"
    page.execute_script(ITEM + clicks, name)


def side(page: Any, name: str, which: str) -> str:
    """The text that one side of an opened document shows."""
    shown = f"[...item.querySelectorAll('.cell.{which} > .text')].map((cell) => cell.textContent).join('')"
    points = page.execute_script(ITEM + f"return Array.from({shown}, (each) => each.codePointAt())", name)
    return "".join(map(chr, points))


def test_flagged_documents_come_first_then_rejected_and_dropped_ones(page: Any) -> None:
    ids = page.execute_script(IDS)
    assert set(ids[:5]) == FLAGGED
    assert set(ids[5:7]) == {"bin/a.exe", "bad<b>.jsonl#3"}
    assert set(ids[7:10]) == {"copies/0.txt", "copies/1.txt", "copies/2.txt"}
    assert len(ids) == len(sample().documents) + len(sample().rejected)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("verdict", "dropped", {"copies/0.txt", "copies/1.txt", "copies/2.txt"}),
        ("verdict", "rejected", {"bin/a.exe", "bad<b>.jsonl#3"}),
        ("state", "flagged", FLAGGED),
        ("stage", "decode", {"gb/mojibake.txt"}),
        ("rule", "strip/gov/pager", {"gb/mojibake.txt"}),
        ("rule", "decode/undecodable", {"gb/mojibake.txt"}),
        ("codec", "gb18030", {"gb/mojibake.txt"}),
    ],
)
def test_a_filter_shows_what_passes_it(page: Any, name: str, value: str, expected: set[str]) -> None:
    assert set(choose(page, name, value)) == expected


def test_filters_work_together(page: Any) -> None:
    choose(page, "stage", "strip")
    assert choose(page, "state", "flagged") == ["001_c0fc854bd6533b57.txt", "hostile/all.txt", "gb/mojibake.txt"]
    assert choose(page, "verdict", "dropped") == []


def test_the_order_can_be_chosen(page: Any) -> None:
    assert choose(page, "order", "removed")[0] == "003_a47c3924d11d0489.txt"
    assert choose(page, "order", "share")[0] == "gb/mojibake.txt"
    assert choose(page, "order", "id") == sorted(page.execute_script(IDS), key=str.lower)


def test_two_rules_of_one_document_have_two_colours(driver: Any, tmp_path: Path) -> None:
    text = "".join(f"第{number:02}行" for number in range(40))

    def stripped(name: str, rules: list[int]) -> Document:
        edits = (
            cut(text, at * 4, at * 4 + (2 if rule < 24 else 1), f"strip/{rule:02}") for at, rule in enumerate(rules)
        )
        return plain(name, text).with_patch(Patch("strip", tuple(edits)))

    # By what they removed, rules 0 and 24, 1 and 25 and so on have the same colour in the overview.
    documents = (stripped("both.txt", [*range(12), *range(24, 36)]), stripped("first.txt", [*range(24)]))
    page = opened(driver, written(Sample(documents)), tmp_path)
    open_document(page, "both.txt")
    colours = page.execute_script("return [...document.querySelectorAll('.left del')].map((each) => each.className)")
    assert len(set(colours)) == len(colours) == 24


def test_a_bar_of_the_overview_filters_by_its_rule(page: Any) -> None:
    page.execute_script("document.querySelector('#overview [data-rule=\"strip/gov/pager\"]').click()")
    assert page.execute_script(IDS) == ["gb/mojibake.txt"]


def test_search_finds_ids_and_texts_that_are_still_compressed(page: Any) -> None:
    assert look_for(page, "mojibake") == ["gb/mojibake.txt"]
    assert look_for(page, "签到天数") == ["001_c0fc854bd6533b57.txt"]
    assert look_for(page, "吉林市工作报告") == ["gb/mojibake.txt"]  # stands in the cleaned text alone
    assert look_for(page, "no such words") == []


def test_both_sides_show_the_texts_character_for_character(page: Any) -> None:
    for document in sample().documents:
        open_document(page, document.id)
        unfold(page, document.id)
        # Buttons stand between the texts; lone surrogates come through the wire as numbers only.
        page.execute_script(ITEM + "item.querySelectorAll('.both').forEach((each) => each.remove())", document.id)
        assert side(page, document.id, "left") == document.original
        assert side(page, document.id, "right") == document.text


def test_no_text_of_a_document_acts(page: Any) -> None:
    for name in [*HOSTILE, "hostile/all.txt"]:
        open_document(page, name)
        unfold(page, name)
    for node in page.find_elements("css selector", ".opened [data-explained]"):
        page.execute_script("arguments[0].focus()", node)
    assert page.execute_script("return window.hacked === undefined && Object.prototype.hacked === undefined")
    assert (
        page.execute_script(
            "return document.querySelectorAll('main :is(script, style, img, iframe, link, object)').length"
        )
        == 0
    )
    assert page.execute_script("return getComputedStyle(document.body).display") == "block"
    assert [entry for entry in page.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_the_policy_stops_a_script_that_gets_in_all_the_same(page: Any) -> None:
    refused = """
        const made = document.createElement('img');
        const attempts = [
            () => document.body.innerHTML += '<img src=x onerror=window.hacked=1>',
            () => made.setAttribute('onerror', 'window.hacked=2'),
        ];
        return attempts.map((attempt) => { try { attempt(); return 'done' } catch { return 'refused' } });
    """
    assert page.execute_script(refused) == ["refused"] * 2
    inline = """
        const made = document.createElement('script');
        made.type = 'module';
        made.append('window.hacked=4');
        document.body.append(made);
        setTimeout(() => arguments[0](window.hacked ?? 'nothing'), 100);
    """
    assert page.execute_async_script(inline) == "nothing"


def test_bidi_controls_keep_their_effect_to_themselves(page: Any) -> None:
    open_document(page, "bidi.txt")
    told = """
        const frames = [...item.querySelectorAll('.left .unseen')];
        return frames.map((frame) => [frame.title, getComputedStyle(frame).unicodeBidi]);
    """
    frames = page.execute_script(ITEM + told, "bidi.txt")
    assert frames[0] == ["U+202E", "isolate"]
    assert {kind for _, kind in frames} == {"isolate"}


def test_a_change_explains_itself_to_pointer_and_keyboard(page: Any) -> None:
    from selenium.webdriver import ActionChains

    open_document(page, "001_c0fc854bd6533b57.txt")
    span = page.find_element("css selector", ".left del")
    page.execute_script("arguments[0].scrollIntoView({block: 'center'})", span)
    ActionChains(page).move_to_element(span).perform()
    until(page, "return !document.getElementById('tip').hidden")
    said = page.find_element("id", "tip").text
    for words in ("strip/discuz/head", "22 characters removed", "zone", "anchor", "fixed words of the forum engine"):
        assert words in said


def test_a_repeat_shows_both_copies_and_where_they_differ(page: Any) -> None:
    open_document(page, "003_a47c3924d11d0489.txt")
    page.execute_script("document.querySelectorAll('.both')[1].click()")
    copies = page.find_elements("css selector", ".copies figure")
    assert len(copies) == 2
    assert [mark.text for mark in copies[0].find_elements("tag name", "mark")]
    page.execute_script("document.querySelectorAll('.both')[1].click()")
    assert page.find_elements("css selector", ".copies") == []


def test_flags_of_a_pair_show_both_sides_of_it(page: Any) -> None:
    open_document(page, "notices/2.txt")
    buttons = "return [...document.querySelectorAll('.flags li')].map((note) => [...note.querySelectorAll('button')])"
    (_, both), (compare,) = page.execute_script(buttons)
    both.click()
    assert [mark.text for mark in page.find_elements("css selector", ".flags .copies mark")] == ["5", "3"]
    both.click()
    compare.click()
    until(page, "return document.querySelector('.flags .copies') !== null")
    assert [mark.text for mark in page.find_elements("css selector", ".flags .copies mark")] == ["2", "1"]


def test_a_cluster_is_a_star_and_tells_what_only_the_dropped_one_has(page: Any) -> None:
    assert page.execute_script("return document.querySelectorAll('.star .leaf').length") == 3
    rows = [row.text for row in page.find_elements("css selector", ".members tbody tr")]
    assert rows == [
        "copies/0.txt exact nothing",
        "copies/1.txt 93.0% 12 characters",
        "copies/2.txt 81.0% 39 characters",
    ]
    page.execute_script(
        "document.querySelectorAll('.members tbody tr')[1].querySelector('td:last-child button').click()"
    )
    until(page, "return document.querySelector('.compared .copies') !== null")
    assert "本报记者补充" in page.find_element("css selector", ".compared mark").text


def test_a_flag_leads_to_its_document_and_its_place(page: Any) -> None:
    page.execute_script(
        "[...document.querySelectorAll('.review button')].find((each) => each.textContent.startsWith('001')).click()"
    )
    until(page, "return document.querySelector('.opened .flags button') !== null")
    page.execute_script("document.querySelector('.opened .flags button').click()")
    assert "is-flag" in page.execute_script("return document.activeElement.className")


def test_the_keyboard_reaches_everything(page: Any) -> None:
    press(page, "j")
    assert page.execute_script("return document.activeElement.closest('.item').row.id") == "001_c0fc854bd6533b57.txt"
    press(page, "\ue007")
    until(page, "return document.querySelector('.opened del') !== null")
    press(page, "n", "n")
    assert page.execute_script("return document.activeElement.dataset.of") == "strip/discuz/profile"
    assert page.find_element("id", "tip").is_displayed()
    press(page, "p")
    assert page.execute_script("return document.activeElement.dataset.of") == "strip/discuz/head"
    press(page, "\ue00c")
    assert not page.find_element("id", "tip").is_displayed()
    press(page, "c")
    assert page.execute_script("return document.querySelectorAll('.opened').length") == 0
    press(page, "?")
    assert page.find_element("id", "keys").is_displayed()
    press(page, "\ue00c")
    until(page, "return !document.getElementById('keys').open")
    press(page, "/", "t")
    assert page.execute_script("return document.activeElement.id") == "query"
    assert page.execute_script("return document.documentElement.dataset.theme") is None


def test_light_and_dark_differ_and_both_can_be_read(page: Any) -> None:
    grounds = set()
    for theme in ("light", "dark"):
        press(page, "t")
        assert page.execute_script("return document.documentElement.dataset.theme") == theme
        grounds.add(page.execute_script("return getComputedStyle(document.body).backgroundColor"))
    assert len(grounds) == 2


def test_the_address_of_an_opened_document_leads_back_to_it(page: Any) -> None:
    name = "<script>window.hacked=8</script>\"'.txt"
    open_document(page, name)
    address = page.current_url
    page.get("about:blank")
    page.get(address)
    until(page, "return document.documentElement.hasAttribute('data-ready')")
    assert page.execute_script(IDS) == [name]
    assert page.execute_script("return document.querySelector('.opened') !== null")


def test_a_page_that_had_no_room_says_so(driver: Any, tmp_path: Path) -> None:
    limits = Limits(rows=5, characters=5000)
    page = opened(driver, written(Sample(tuple(many(10, 3000))), limits), tmp_path)
    assert "5 further documents found no room" in page.find_element("id", "count").text
    page.execute_script(
        "[...document.querySelectorAll('.item')].find((each) => !each.row.at).querySelector('.head').click()"
    )
    until(page, "return document.querySelector('.body .notice') !== null")
    assert "found no room" in page.find_element("css selector", ".body .notice").text


CONTRAST = """
    const luminance = (colour) => {
        const canvas = new OffscreenCanvas(1, 1).getContext('2d');
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const linear = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((value) => value / 255)
            .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    };
    const ink = luminance(getComputedStyle(document.body).color);
    const spans = Array.from({length: 24}, (_, hue) => {
        const span = document.createElement('del');
        span.className = `span h${hue}`;
        document.body.append(span);
        return luminance(getComputedStyle(span).backgroundColor);
    });
    return spans.map((ground) => (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05));
"""


@pytest.mark.parametrize("presses", [1, 2], ids=["light", "dark"])
def test_text_stands_out_from_every_colour_of_a_rule(page: Any, presses: int) -> None:
    press(page, *["t"] * presses)
    assert min(page.execute_script(CONTRAST)) >= 7  # enhanced contrast, WCAG 2.2, 1.4.6


def test_five_thousand_documents_load_their_texts_when_they_are_opened(
    driver: Any, large: bytes, tmp_path: Path
) -> None:
    page = opened(driver, large, tmp_path)
    assert "5,000 documents" in page.find_element("id", "count").text
    assert page.execute_script("return document.querySelectorAll('.item').length") <= 300
    assert "第" not in page.execute_script("return document.getElementById('list').textContent")
    assert look_for(page, "第4321号文件") == ["site-2/04321.txt"]
    open_document(page, "site-2/04321.txt")
    assert "第4321号文件" in page.find_element("css selector", ".right .text").text
