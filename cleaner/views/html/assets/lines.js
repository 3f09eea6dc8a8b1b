// A document's pieces as rows of a side-by-side view. Pure functions: no element is made here.

const CONTEXT_ROWS = 2; // rows shown around a change, as in a unified diff
const FIRST_ROWS = 12; // rows shown of a document without any change
const CONTEXT_CHARACTERS = 200; // shown of a long line around a change
const LEAST_FOLD = 120; // folding away less than this saves nothing

/**
 * Rows of parts. A row ends where a line ends on both sides, so that both sides stay level.
 * A part is {text, edit, marks}: `edit` is the number of the edit that took the text, -1 for none.
 */
function rowsOf(content) {
  const rows = [];
  let row = newRow(1, 1);
  const close = () => {
    rows.push(row);
    row = newRow(row.left + row.leftBreaks, row.right + row.rightBreaks);
  };
  for (const piece of content.pieces) {
    if (isEdit(piece)) {
      takeEdit(row, piece, content.edits[piece[0]]);
      if (row.leftAtStart && row.rightAtStart) close();
    } else {
      const marks = typeof piece === "string" ? [] : piece[2];
      for (const line of linesOf(pieceText(piece))) {
        takePlain(row, line, marks);
        if (row.leftAtStart && row.rightAtStart) close();
      }
    }
  }
  if (row.parts.length) rows.push(row);
  return rows;
}

function newRow(left, right) {
  return { left, right, leftBreaks: 0, rightBreaks: 0, leftAtStart: true, rightAtStart: true, parts: [], hot: false };
}

/** The lines with their ends. Cut, not matched: a greedy match would keep a step of backtracking for each character. */
const linesOf = (text) => (text ? text.split(/(?<=\n|\r(?!\n))/) : []);
const endsLine = (text) => /[\r\n]$/.test(text);
const breaksIn = (text) => (text.match(/\r\n|\r|\n/g) ?? []).length;

function takePlain(row, text, marks) {
  row.parts.push({ text, edit: -1, marks });
  row.hot ||= marks.length > 0;
  row.leftAtStart = row.rightAtStart = endsLine(text);
  if (row.leftAtStart) {
    row.leftBreaks += 1;
    row.rightBreaks += 1;
  }
}

function takeEdit(row, [edit, text, marks], { replacement = "" }) {
  row.parts.push({ text, edit, marks, replacement });
  row.hot = true;
  if (text) row.leftAtStart = endsLine(text);
  if (replacement) row.rightAtStart = endsLine(replacement);
  row.leftBreaks += breaksIn(text);
  row.rightBreaks += breaksIn(replacement);
}

const rowText = (row) => row.parts.map((part) => part.text).join("");

/** Rows and folds, in order: a fold is {from, to, characters} and stands for rows in which nothing happened. */
function folded(rows, query) {
  const wanted = rows.map((row) => row.hot || (query !== "" && rowText(row).toLowerCase().includes(query)));
  const shown = new Uint8Array(rows.length);
  if (!wanted.includes(true)) shown.fill(1, 0, FIRST_ROWS);
  wanted.forEach((hot, at) => hot && shown.fill(1, Math.max(at - CONTEXT_ROWS, 0), at + CONTEXT_ROWS + 1));
  const items = [];
  for (let at = 0; at < rows.length;) {
    if (shown[at]) {
      items.push(rows[at++]);
      continue;
    }
    const from = at;
    let characters = 0;
    while (at < rows.length && !shown[at]) characters += rowText(rows[at++]).length;
    if (characters < LEAST_FOLD) items.push(...rows.slice(from, at));
    else items.push({ from, to: at, characters });
  }
  return items;
}

/**
 * The slices of a long plain text that are shown, and between them what is folded: [{text, hidden}].
 * Shown are the ends that touch a change, and the surroundings of every place where the query stands.
 */
function clipped(text, head, tail, query) {
  const spans = [];
  if (head) spans.push([0, head]);
  if (query) {
    const lower = text.toLowerCase();
    for (let at = lower.indexOf(query); at >= 0 && spans.length < 50; at = lower.indexOf(query, at + query.length)) {
      spans.push([at - CONTEXT_CHARACTERS, at + query.length + CONTEXT_CHARACTERS]);
    }
  }
  if (tail) spans.push([text.length - tail, text.length]);
  const slices = [];
  let at = 0;
  for (const [start, end] of spans.concat([[text.length, text.length]])) {
    const from = start - at > LEAST_FOLD ? whole(text, start) : at;
    if (from > at) slices.push({ text: text.slice(at, from), hidden: true });
    const to = whole(text, Math.min(end, text.length));
    if (to > from) slices.push({ text: text.slice(from, to), hidden: false });
    at = Math.max(to, from, at);
  }
  return slices;
}

/** The offset, moved off the middle of a surrogate pair. */
function whole(text, offset) {
  const inside = /[\udc00-\udfff]/.test(text[offset] ?? "") && /[\ud800-\udbff]/.test(text[offset - 1] ?? "");
  return inside ? offset + 1 : offset;
}
