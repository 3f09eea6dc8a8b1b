// One document opened: its source, its flags, its rules, and original and cleaned text side by side.

const ITEMS_AT_ONCE = 300; // rows and folds made at a time
const LONGEST_PART = 1200; // characters of a removed span shown before the rest is folded
const MOST_LINES = 12; // lines of it
const MOST_UNFOLDED = 20000; // characters that one click unfolds

let index = null; // set by main.js
const hueOf = (rule) => index.hues.get(rule) ?? "h0";

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
  const view = { row, content, query, rows, calm: !rows.some((each) => each.hot), nodes: new Map(), keys: new Map() };
  view.copies = new Map(content.marks.map((mark, number) => [String(mark.edit), number])); // edit -> mark of the kept copy
  const body = element("div", { class: "opened" }, sourceLine(row, content), ...flagNotes(view), legend(view), texts(view));
  body.addEventListener("mouseover", (event) => light(view, event.target));
  body.addEventListener("focusin", (event) => light(view, event.target));
  return body;
}

function sourceLine(row, content) {
  const news = Object.entries(content.source).filter(([name, value]) => !(name === "path" && value === row.id) && !(name === "confidence" && value === 1));
  const pairs = news.map(([name, value]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, foreign(typeof value === "number" && value > 1 ? count(value) : String(value)))),
  );
  return element("dl", { class: "source" }, ...pairs);
}

function flagNotes(view) {
  const { content } = view;
  if (!content.flags.length) return [];
  const placed = new Map(content.marks.map((mark, number) => [mark.flag, number]).filter(([flag]) => flag !== undefined));
  const notes = content.flags.map((flag, number) => {
    const jump = placed.has(number) ? button("show", "Go to the place", () => jumpTo(view, `mark-${placed.get(number)}`)) : null;
    return element("li", {}, element("b", {}, "⚑ ", foreign(flag.rule)), " ", foreign(flag.why), " ", facts(flag.evidence), jump);
  });
  return [element("ul", { class: "flags", "aria-label": "Flags" }, ...notes)];
}

/** The rules at work here; a click filters by the rule. */
function legend(view) {
  const entries = Object.entries(view.row.rules).map(([rule, characters]) =>
    element("li", {}, element("button", { type: "button", class: "chip", "data-rule": rule, title: `Show documents with ${rule}` },
      element("span", { class: `swatch ${hueOf(rule)}` }), foreign(rule), ` ${count(characters)}`)),
  );
  return element("ul", { class: "legend", "aria-label": "Rules" }, ...entries);
}

function texts(view) {
  const language = languageOf(originalOf(view.content), view.row.codec);
  const table = element("div", { class: "sides", lang: language },
    element("div", { class: "side-head" }, "original"), element("div", { class: "side-head" }, "cleaned"));
  const items = folded(view.rows, view.query);
  if (!items.length) table.append(element("p", { class: "same" }, "The document is empty."));
  appendItems(view, table, items, 0);
  return table;
}

function appendItems(view, table, items, from) {
  const to = Math.min(from + ITEMS_AT_ONCE, items.length);
  for (let at = from; at < to; at += 1) table.append(...itemNodes(view, items, at));
  if (to === items.length) return;
  const more = button(`⋯ ${count(items.length - to)} more rows`, "Show more", () => {
    more.remove();
    appendItems(view, table, items, to);
  }, "fold");
  table.append(more);
}

function itemNodes(view, items, at) {
  const item = items[at];
  return item.parts ? rowNodes(view, item) : [foldNode(view, item)];
}

function foldNode(view, { from, to, characters }) {
  const fold = button(`⋯ ${plural(to - from, "line")}, ${plural(characters, "character")} unchanged`, "Show them", () => {
    const end = Math.min(to, from + ITEMS_AT_ONCE);
    const nodes = view.rows.slice(from, end).flatMap((row) => rowNodes(view, row));
    const left = view.rows.slice(end, to).reduce((sum, row) => sum + rowText(row).length, 0);
    fold.replaceWith(...nodes, ...(end < to ? [foldNode(view, { from: end, to, characters: left })] : []));
  }, "fold");
  return fold;
}

function rowNodes(view, row) {
  const sides = [[], []];
  row.parts.forEach((part, at) => {
    const made = part.edit < 0 ? plainNodes(view, row, part, at) : editNodes(view, part);
    made.forEach((nodes, side) => sides[side].push(...nodes));
  });
  return sides.map((nodes, side) =>
    element("div", { class: `cell ${side ? "right" : "left"}${row.hot ? " hot" : ""}` },
      element("span", { class: "line", "aria-hidden": "true", "data-line": side ? row.right : row.left }),
      element("div", { class: "text" }, ...nodes)));
}

/** Plain text on both sides, long stretches folded on both at once. */
function plainNodes(view, row, part, at) {
  if (part.text.length < 2 * CONTEXT_CHARACTERS) return [0, 1].map((side) => markedNodes(view, part, part.text, side));
  const first = at === 0;
  const last = at === row.parts.length - 1;
  const head = row.parts.length === 1 ? (view.calm ? 4 : 1) : first && !part.marks.length ? 0 : 1;
  return pairedNodes(view, part, clipped(part.text, head * CONTEXT_CHARACTERS, last ? 0 : CONTEXT_CHARACTERS, view.query));
}

function pairedNodes(view, part, slices) {
  const sides = [[], []];
  for (const { text, hidden } of slices) {
    if (hidden) clipPair(view, part, text).forEach((node, side) => sides[side].push(node));
    else sides.forEach((nodes, side) => nodes.push(...markedNodes(view, part, text, side)));
  }
  return sides;
}

function clipPair(view, part, text) {
  const pair = [0, 1].map(() => button(`⋯ ${plural(text.length, "character")}`, "Show them", () => {
    const slices = text.length > 2 * MOST_UNFOLDED ? clipped(text, MOST_UNFOLDED, 0, "") : [{ text, hidden: false }];
    pairedNodes(view, part, slices).forEach((nodes, side) => pair[side].replaceWith(...nodes));
  }, "clip"));
  return pair;
}

function markedNodes(view, part, text, side) {
  const nodes = textNodes(text);
  if (!part.marks.length) return nodes;
  const kinds = part.marks.map((mark) => `is-${view.content.marks[mark].kind}`).join(" ");
  const span = element("span", { class: `mark ${kinds}`, tabindex: side ? null : "-1" }, ...nodes);
  explain(span, () => part.marks.flatMap((mark) => explainMark(view.content.marks[mark], view.content)));
  part.marks.forEach((mark) => remember(view, `mark-${mark}`, span));
  return [span];
}

function remember(view, key, node) {
  if (!view.nodes.has(key)) view.nodes.set(key, []);
  view.nodes.get(key).push(node);
  view.keys.set(node, key);
}

/** What an edit took on the left; what it gave, or a tick where something went, on the right. */
function editNodes(view, part) {
  const edit = view.content.edits[part.edit];
  const hue = hueOf(edit.rule);
  const key = `edit-${part.edit}`;
  const attributes = { "data-edit": part.edit, "data-of": edit.rule, tabindex: "-1" };
  const left = part.text
    ? element("del", { ...attributes, class: `span ${hue}` }, ...longNodes(part.text))
    : element("span", { ...attributes, class: `tick ${hue}` });
  const right = part.replacement
    ? element("ins", { class: `span ${hue}`, "data-of": edit.rule }, ...longNodes(part.replacement))
    : element("span", { class: `tick ${hue}`, "data-of": edit.rule });
  part.marks.forEach((mark) => {
    left.classList.add("mark", `is-${view.content.marks[mark].kind}`);
    remember(view, `mark-${mark}`, left);
  });
  [left, right].forEach((node) => {
    explain(node, () => [...explainEdit(edit, part.text), ...part.marks.flatMap((mark) => explainMark(view.content.marks[mark], view.content))]);
    remember(view, key, node);
  });
  return [edit.kept ? [left, copiesButton(view, part, edit)] : [left], [right]];
}

function copiesButton(view, part, edit) {
  const open = element("button", { type: "button", class: "both", "aria-expanded": "false", title: "Both copies side by side",
    onclick: () => {
      const cell = open.closest(".cell");
      const shown = cell.nextElementSibling.nextElementSibling;
      if (open.getAttribute("aria-expanded") === "true") shown.remove();
      else cell.nextElementSibling.after(copies(part.text, edit.kept));
      open.setAttribute("aria-expanded", String(open.getAttribute("aria-expanded") !== "true"));
    } }, "both copies");
  return open;
}

/** Text whose line ends can be seen, folded when it is long. */
function longNodes(text) {
  const cut = Math.min(whole(text, LONGEST_PART), endOfLine(text, MOST_LINES));
  if (text.length <= cut + LEAST_FOLD) return visibleEnds(text);
  const more = button(`⋯ ${plural(text.length - cut, "character")}`, "Show them", () => {
    more.replaceWith(...visibleEnds(text.slice(cut, cut + 10 * MOST_UNFOLDED)));
  }, "clip");
  return [...visibleEnds(text.slice(0, cut)), more];
}

/** The offset behind so many lines. */
function endOfLine(text, lines) {
  let at = 0;
  for (const end of text.matchAll(/\r\n|\r|\n/g)) {
    at += 1;
    if (at === lines) return end.index + end[0].length;
  }
  return text.length;
}

function visibleEnds(text) {
  return text.split(/(\r\n|\r|\n)/).flatMap((part, at) => (at % 2 ? [element("span", { class: "eol" }, part)] : textNodes(part)));
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
