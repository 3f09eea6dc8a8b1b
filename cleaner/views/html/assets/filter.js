// Which documents are shown, in which order; and the search through texts that are still compressed.

const BLOCKS_AT_ONCE = 8; // inflated side by side in a search

const FIELDS = ["verdict", "state", "stage", "rule", "codec", "order"];

function filters() {
  const chosen = Object.fromEntries(FIELDS.map((name) => [name, byId(name).value]));
  return { ...chosen, query: byId("query").value.trim().toLowerCase() };
}

const STATES = {
  flagged: (row) => row.flagged > 0,
  changed: (row) => row.changed,
  unchanged: (row) => !row.changed && row.verdict !== "rejected",
};

function passes(row, wanted) {
  return (
    (!wanted.verdict || row.verdict === wanted.verdict) &&
    (!wanted.state || STATES[wanted.state](row)) &&
    (!wanted.stage || row.stages.has(wanted.stage)) &&
    (!wanted.rule || row.names.has(wanted.rule)) &&
    (!wanted.codec || row.codec === wanted.codec)
  );
}

const byName = (one, two) => (one.key < two.key ? -1 : one.key > two.key ? 1 : 0);
const urgency = (row) =>
  row.flagged ? 0 : row.verdict === "rejected" ? 1 : row.verdict === "dropped" ? 2 : row.changed ? 3 : 4;
const share = (row) => (row.characters ? row.removed / row.characters : 0);
const ORDERS = {
  flagged: (one, two) => urgency(one) - urgency(two) || (two.removed ?? 0) - (one.removed ?? 0) || byName(one, two),
  removed: (one, two) => (two.removed ?? 0) - (one.removed ?? 0) || byName(one, two),
  share: (one, two) => share(two) - share(one) || byName(one, two),
  id: byName,
};

/** The rows that pass the filters and whose id has the query, in order; and those whose text must be asked. */
function selected(wanted) {
  const passing = index.rows.filter((row) => passes(row, wanted));
  const found = wanted.query
    ? passing.filter((row) => row.key.includes(wanted.query) || row.error?.toLowerCase().includes(wanted.query))
    : passing;
  const sure = new Set(found);
  const open = wanted.query ? passing.filter((row) => row.at && !sure.has(row)) : [];
  return { found, open };
}

/**
 * Asks the texts, block by block, and tells `report` what was found so far; a newer search ends it.
 * Original and cleaned text are both asked.
 */
async function searchTexts(rows, query, current, report) {
  const blocks = [...grouped(rows, (row) => [row.at[0]])];
  const found = [];
  for (let at = 0; at < blocks.length; at += BLOCKS_AT_ONCE) {
    const some = blocks.slice(at, at + BLOCKS_AT_ONCE);
    const contents = await Promise.all(some.map(([number]) => held.get(number) ?? unpacked(`block-${number}`)));
    if (!current()) return;
    some.forEach(([, members], nth) =>
      found.push(...members.filter((row) => mentions(contents[nth][row.at[1]], query))),
    );
    report(found, Math.min((at + BLOCKS_AT_ONCE) / blocks.length, 1));
  }
}

function mentions(content, query) {
  return (
    originalOf(content).toLowerCase().includes(query) ||
    (content.edits.length > 0 && cleanedOf(content).toLowerCase().includes(query))
  );
}

/** The choices of the lists that depend on the run. */
function fillChoices() {
  const fill = (name, values) =>
    byId(name).append(...values.map((value) => element("option", { value }, short(value, 60))));
  fill("rule", [...index.rules].sort());
  fill("stage", [...new Set(index.rules.map(stageOf))]);
  fill("codec", [...new Set(index.rows.map((row) => row.codec).filter(Boolean))].sort());
}

/** Sets one filter from elsewhere on the page and shows the list. */
function filterBy(name, value) {
  byId("filters").reset();
  byId(name).value = value;
  refresh();
  byId("documents").scrollIntoView();
}
