// The data blocks of the page: base64 of zlib streams, inflated when asked for.

function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** The JSON value in the data block with this id. */
async function unpacked(id) {
  const stream = new Blob([bytesOf(byId(id).textContent)]).stream();
  return new Response(stream.pipeThrough(new DecompressionStream("deflate"))).json();
}

// A block is 256 KiB of JSON: so many stay inflated, the one that was used least recently goes first.
const BLOCKS_HELD = 48;
const held = new Map();

function block(number) {
  const found = held.get(number) ?? unpacked(`block-${number}`);
  held.delete(number);
  held.set(number, found);
  if (held.size > BLOCKS_HELD) held.delete(held.keys().next().value);
  return found;
}

/** The content of a row's document; null when the page was given no room for its text. */
async function contentOf(row) {
  return row.at ? (await block(row.at[0]))[row.at[1]] : null;
}

const pieceText = (piece) => (typeof piece === "string" ? piece : piece[1]);
const isEdit = (piece) => typeof piece !== "string" && piece[0] >= 0;

function originalOf(content) {
  return content.pieces.map(pieceText).join("");
}

function cleanedOf(content) {
  const after = (piece) => (isEdit(piece) ? (content.edits[piece[0]].replacement ?? "") : pieceText(piece));
  return content.pieces.map(after).join("");
}

/** Map from key to the items that have it, in the order of the items. */
function grouped(items, keysOf) {
  const groups = new Map();
  for (const item of items) {
    for (const key of keysOf(item)) {
      if (groups.has(key)) groups.get(key).push(item);
      else groups.set(key, [item]);
    }
  }
  return groups;
}

const stageOf = (rule) => rule.split("/", 1)[0];

const HUES = 24; // as many as the style sheet has

/** The hues of the rules at work in a row: those of the overview, unless two fall together here. */
function huesOf(row) {
  const hues = new Map();
  const free = new Set(Array(HUES).keys());
  for (const rule of row.acted) {
    const own = index.hues.get(rule) ?? 0;
    const hue = free.has(own) || !free.size ? own : free.values().next().value;
    free.delete(hue);
    hues.set(rule, `h${hue}`);
  }
  return hues;
}

/** The index as the rest of the page wants it: rows with what the filters ask for worked out once. */
function prepared(index) {
  index.hues = new Map(index.rules.map((rule, place) => [rule, place % HUES]));
  for (const row of index.rows) {
    row.verdict ??= "kept";
    row.rules ??= {};
    row.flags ??= {};
    row.names = new Set([...Object.keys(row.rules), ...Object.keys(row.flags)]);
    row.stages = new Set([...row.names].map(stageOf));
    row.flagged = Object.values(row.flags).reduce((sum, each) => sum + each, 0);
    row.acted = Object.keys(row.rules).sort((one, two) => row.rules[two] - row.rules[one]);
    row.changed = Object.keys(row.rules).length > 0;
    row.key = row.id.toLowerCase();
  }
  index.byId = new Map(index.rows.map((row) => [row.id, row]));
  return index;
}
