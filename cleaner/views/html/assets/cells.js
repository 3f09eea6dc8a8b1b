// The cells of the side-by-side view: plain text, marks, and what an edit took and gave.

const LONGEST_PART = 1200; // characters of a removed span shown before the rest is folded
const MOST_LINES = 12; // lines of it
const MOST_UNFOLDED = 20000; // characters that one click unfolds

function rowNodes(view, row) {
  const sides = [[], []];
  row.parts.forEach((part, at) => {
    const made = part.edit < 0 ? plainNodes(view, row, part, at) : editNodes(view, part);
    made.forEach((nodes, side) => sides[side].push(...nodes));
  });
  const empty = [
    row.parts.every((part) => !part.text),
    row.parts.every((part) => !(part.edit < 0 ? part.text : part.replacement)),
  ];
  const numbers = [row.left, row.right];
  return sides.map((nodes, side) =>
    element(
      "div",
      { class: `cell ${side ? "right" : "left"}${row.hot ? " hot" : ""}` },
      element("span", { class: "line", "aria-hidden": "true", "data-line": empty[side] ? "" : numbers[side] }),
      element("div", { class: "text" }, ...nodes),
    ),
  );
}

/** Plain text on both sides, long stretches folded on both at once. */
function plainNodes(view, row, part, at) {
  if (part.text.length < 2 * CONTEXT_CHARACTERS) return [0, 1].map((side) => markedNodes(view, part, part.text, side));
  const first = at === 0;
  const last = at === row.parts.length - 1;
  const head = row.parts.length === 1 ? (view.calm ? 4 : 1) : first && !part.marks.length ? 0 : 1;
  return pairedNodes(
    view,
    part,
    clipped(part.text, head * CONTEXT_CHARACTERS, last ? 0 : CONTEXT_CHARACTERS, view.query),
  );
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
  const pair = [0, 1].map(() =>
    button(
      `⋯ ${plural(text.length, "character")}`,
      "Show them",
      () => {
        const slices =
          text.length > 2 * MOST_UNFOLDED ? clipped(text, MOST_UNFOLDED, 0, "") : [{ text, hidden: false }];
        pairedNodes(view, part, slices).forEach((nodes, side) => pair[side].replaceWith(...nodes));
      },
      "clip",
    ),
  );
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
  const hue = view.hues.get(edit.rule) ?? "h0";
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
    explain(node, () => [
      ...explainEdit(edit, part.text, hue),
      ...part.marks.flatMap((mark) => explainMark(view.content.marks[mark], view.content)),
    ]);
    remember(view, key, node);
  });
  return [edit.kept ? [left, copiesButton(view, part, edit)] : [left], [right]];
}

function copiesButton(view, part, edit) {
  const open = element(
    "button",
    {
      type: "button",
      class: "both",
      "aria-expanded": "false",
      title: "Both copies side by side",
      onclick: () => {
        const cell = open.closest(".cell");
        const shown = cell.nextElementSibling.nextElementSibling;
        if (open.getAttribute("aria-expanded") === "true") shown.remove();
        else cell.nextElementSibling.after(copies(part.text, edit.kept));
        open.setAttribute("aria-expanded", String(open.getAttribute("aria-expanded") !== "true"));
      },
    },
    "both copies",
  );
  return open;
}

/** Text whose line ends can be seen, folded when it is long. */
function longNodes(text) {
  const cut = Math.min(whole(text, LONGEST_PART), endOfLine(text, MOST_LINES));
  if (text.length <= cut + LEAST_FOLD) return visibleEnds(text);
  const more = button(
    `⋯ ${plural(text.length - cut, "character")}`,
    "Show them",
    () => {
      more.replaceWith(...visibleEnds(text.slice(cut, cut + 10 * MOST_UNFOLDED)));
    },
    "clip",
  );
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
  return text
    .split(/(\r\n|\r|\n)/)
    .flatMap((part, at) => (at % 2 ? [element("span", { class: "eol" }, part)] : textNodes(part)));
}
