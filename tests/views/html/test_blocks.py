from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from cleaner.views.html.blocks import Blocks
from tests.views.html.reading import Page

ITEMS = st.lists(st.fixed_dictionaries({"text": st.text(st.characters(), max_size=30)}), max_size=30)


@given(ITEMS, st.integers(1, 200))
def test_every_item_is_found_where_its_place_says(items: list[dict[str, str]], size: int) -> None:
    out = BytesIO()
    blocks = Blocks(out, size)
    places = [blocks.add(item) for item in items]
    blocks.flush()
    page = Page(out.getvalue())
    assert [page.value(f"block-{number}")[place] for number, place in places] == items


def test_a_block_is_written_as_soon_as_it_is_full() -> None:
    out = BytesIO()
    blocks = Blocks(out, 100)
    for _ in range(10):
        blocks.add({"text": "x" * 60})
    assert out.getvalue().count(b"<script") == 9
