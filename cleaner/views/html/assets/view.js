// One document opened: its source, its flags, its rules, and original and cleaned text side by side.

const MOST_NOTES = 50; // flags told above the texts
const ITEMS_AT_ONCE = 300; // rows and folds made at a time

let index = null; // set by main.js

/** The language of a text, for the forms of its characters: kana, hangul, or the script its encoding was made for. */
function languageOf(text, codec) {
  const head = text.slice(0, 4000);
  const share = (pattern) => (head.match(pattern) ?? []).length / (head.length || 1);
  if (share(/[\u3040-\u30ff]/g) > 0.05) return "ja";
  if (share(/[\uac00-\ud7af]/g) > 0.05) return "ko";
  if (share(/[\u4e00-\u9fff]/g) < 0.05) return null;
  return codec === "big5" || share(/[們這個國學會時來說為與過發對於]/g) > 0.03 ? "zh-Hant" : "zh-Hans";
}

function documentView(row, content, query) {
  const rows = rowsOf(content);
  const view = {
    row,
    content,
    query,
    rows,
    calm: !rows.some((each) => each.hot), // nothing happened in it
    hues: huesOf(row), // rule -> class
    nodes: new Map(), // key of an edit or mark -> its elements
    keys: new Map(), // element -> key
    copies: new Map(content.marks.map((mark, number) => [String(mark.edit), number])), // edit -> mark of its kept copy
  };
  const body = element(
    "div",
    { class: "opened" },
    sourceLine(row, content),
    ...flagNotes(view),
    legend(view),
    texts(view),
  );
  body.addEventListener("mouseover", (event) => light(view, event.target));
  body.addEventListener("focusin", (event) => light(view, event.target));
  return body;
}

function sourceLine(row, content) {
  const news = Object.entries(content.source).filter(
    ([name, value]) => !(name === "path" && value === row.id) && !(name === "confidence" && value === 1),
  );
  const pairs = news.map(([name, value]) =>
    element(
      "div",
      {},
      element("dt", {}, name),
      element("dd", {}, foreign(typeof value === "number" && value > 1 ? count(value) : String(value))),
    ),
  );
  return element("dl", { class: "source" }, ...pairs);
}

function flagNotes(view) {
  const { flags, marks } = view.content;
  if (!flags.length) return [];
  const placed = new Map(marks.map((mark, number) => [mark.flag, number]).filter(([flag]) => flag !== undefined));
  const notes = flags.slice(0, MOST_NOTES).map((flag, number) => flagNote(view, flag, placed.get(number)));
  if (flags.length > MOST_NOTES) notes.push(element("li", {}, `and ${plural(flags.length - MOST_NOTES, "more flag")}`));
  return [element("ul", { class: "flags", "aria-label": "Flags" }, ...notes)];
}

function flagNote(view, flag, mark) {
  const below = element("div", {});
  const offers = [
    mark === undefined ? null : button("show", "Go to the place", () => jumpTo(view, `mark-${mark}`)),
    flag.copies ? shower("both copies", below, () => copies(...flag.copies, ["this passage", "the other copy"])) : null,
    index.byId.has(flag.evidence.other)
      ? shower("compare", below, () => comparison(view.row, index.byId.get(flag.evidence.other), ["this: ", "other: "]))
      : null,
  ].filter(Boolean);
  const words = ["⚑ ", element("b", {}, foreign(flag.rule)), " ", foreign(flag.why), " ", facts(flag.evidence)];
  return element("li", {}, ...words, ...offers.flatMap((offer) => [" ", offer]), below);
}

/** A button that shows something below, and takes it away again. */
function shower(label, place, make) {
  return button(label, "Side by side", async () => place.replaceChildren(...(place.firstChild ? [] : [await make()])));
}

/** The rules at work here; a click filters by the rule. */
function legend(view) {
  const chip = (rule) =>
    element(
      "button",
      { type: "button", class: "chip", "data-rule": rule, title: `Show documents with ${rule}` },
      element("span", { class: `swatch ${view.hues.get(rule)}` }),
      foreign(rule),
      ` ${count(view.row.rules[rule])}`,
    );
  const entries = view.row.acted.map((rule) => element("li", {}, chip(rule)));
  return element("ul", { class: "legend", "aria-label": "Rules" }, ...entries);
}

function texts(view) {
  const language = languageOf(originalOf(view.content), view.row.codec);
  const table = element(
    "div",
    { class: "sides", lang: language },
    element("div", { class: "side-head" }, "original"),
    element("div", { class: "side-head" }, "cleaned"),
  );
  const items = folded(view.rows, view.query);
  if (!items.length) table.append(element("p", { class: "same" }, "The document is empty."));
  appendItems(view, table, items, 0);
  return table;
}

function appendItems(view, table, items, from) {
  const to = Math.min(from + ITEMS_AT_ONCE, items.length);
  for (let at = from; at < to; at += 1) table.append(...itemNodes(view, items, at));
  if (to === items.length) return;
  const more = button(
    `⋯ ${count(items.length - to)} more rows`,
    "Show more",
    () => {
      more.remove();
      appendItems(view, table, items, to);
    },
    "fold",
  );
  table.append(more);
}

function itemNodes(view, items, at) {
  const item = items[at];
  return item.parts ? rowNodes(view, item) : [foldNode(view, item)];
}

function foldNode(view, { from, to, characters }) {
  const fold = button(
    `⋯ ${plural(to - from, "line")}, ${plural(characters, "character")} unchanged`,
    "Show them",
    () => {
      const end = Math.min(to, from + ITEMS_AT_ONCE);
      const nodes = view.rows.slice(from, end).flatMap((row) => rowNodes(view, row));
      const left = view.rows.slice(end, to).reduce((sum, row) => sum + rowText(row).length, 0);
      fold.replaceWith(...nodes, ...(end < to ? [foldNode(view, { from: end, to, characters: left })] : []));
    },
    "fold",
  );
  return fold;
}

/** What belongs together lights up on both sides. */
function light(view, target) {
  view.lit?.forEach((node) => node.classList.remove("lit"));
  const node = target.closest?.("[data-explained]");
  const own = view.nodes.get(view.keys.get(node)) ?? [];
  const kept = view.nodes.get(`mark-${view.copies.get(node?.getAttribute("data-edit"))}`) ?? [];
  view.lit = [...own, ...kept];
  view.lit.forEach((each) => each.classList.add("lit"));
}

function jumpTo(view, key) {
  const node = view.nodes.get(key)?.[0];
  node?.scrollIntoView({ block: "center" });
  node?.focus({ preventScroll: true });
}
