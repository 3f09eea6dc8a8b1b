// The list of documents: rows appear as they scroll into reach, a document's content when it is opened.

const ROWS_AT_ONCE = 100;
let listed = [];
let shownRows = 0;
let search = 0; // the number of the newest search; older ones stop when they see it

function refresh() {
  const wanted = filters();
  const { found, open } = selected(wanted);
  const mine = ++search;
  list(found, wanted);
  searching(open.length > 0);
  if (!open.length) return;
  searchTexts(
    open,
    wanted.query,
    () => mine === search,
    (more, share) => {
      byId("scan").value = share;
      if (more.length || share === 1) relist([...found, ...more], wanted);
      searching(share < 1);
    },
  ).catch(failed);
}

function searching(busy) {
  byId("scan").hidden = !busy;
  byId("list").setAttribute("aria-busy", String(busy));
}

function list(rows, wanted) {
  listed = rows.sort(ORDERS[wanted.order]);
  shownRows = 0;
  byId("list").replaceChildren();
  tellCount();
  showMore();
}

/** Takes in what a search has found meanwhile; rows that stand already stay as they are. */
function relist(rows, wanted) {
  if (rows.length === listed.length) return tellCount();
  const known = new Map([...byId("list").children].map((item) => [item.row, item]));
  listed = rows.sort(ORDERS[wanted.order]);
  shownRows = Math.min(Math.max(shownRows, ROWS_AT_ONCE), listed.length);
  byId("list").replaceChildren(...listed.slice(0, shownRows).map((row) => known.get(row) ?? item(row)));
  tellCount();
  tellMore();
}

function tellCount() {
  const all = listed.length === index.rows.length;
  const beyond = index.leftOut
    ? ` ${plural(index.leftOut, "further document")} found no room in this page; the totals count them.`
    : "";
  byId("count").textContent =
    (all ? plural(listed.length, "document") : `${count(listed.length)} of ${plural(index.rows.length, "document")}`) +
    beyond;
}

function showMore() {
  const next = listed.slice(shownRows, shownRows + ROWS_AT_ONCE);
  byId("list").append(...next.map(item));
  shownRows += next.length;
  tellMore();
}

function tellMore() {
  byId("more").hidden = shownRows >= listed.length;
  byId("more").replaceChildren(button(`${count(listed.length - shownRows)} more`, "Show more rows", showMore, "fold"));
}

function item(row) {
  const body = element("div", { class: "body", hidden: true });
  const head = element(
    "button",
    { type: "button", class: "head", "aria-expanded": "false", onclick: () => toggle(node) },
    foreign(row.id, "id"),
    ...badges(row),
    meter(row),
  );
  const node = element("li", { class: `item is-${row.verdict}` }, head, body);
  node.row = row;
  return node;
}

const MOST_SWATCHES = 8;

function badges(row) {
  const hues = huesOf(row);
  const badge = (text, kind) => element("span", { class: `badge ${kind}` }, text);
  return [
    row.flagged ? badge(`⚑ ${row.flagged}`, "flagged") : null,
    row.verdict === "kept" ? null : badge(row.verdict, row.verdict),
    row.codec && row.codec !== "utf-8" && row.codec !== "text" ? badge(row.codec, "codec") : null,
    ...row.acted
      .slice(0, MOST_SWATCHES)
      .map((rule) => element("span", { class: `swatch ${hues.get(rule)}`, title: rule })),
  ].filter(Boolean);
}

function meter(row) {
  if (row.verdict === "rejected") return foreign(row.error, "measure");
  const words = row.removed
    ? `−${count(row.removed)} of ${count(row.characters)} (${percent(share(row))})`
    : plural(row.characters, "character");
  return element("span", { class: "measure" }, words);
}

async function toggle(node, open = node.querySelector(".head").getAttribute("aria-expanded") !== "true") {
  const [head, body] = [node.querySelector(".head"), node.querySelector(".body")];
  head.setAttribute("aria-expanded", String(open));
  body.hidden = !open;
  if (!open) return body.replaceChildren();
  body.setAttribute("aria-busy", "true");
  try {
    body.replaceChildren(...(await bodyOf(node.row)));
  } catch (error) {
    failed(error);
  }
  body.removeAttribute("aria-busy");
  highlight();
  dim(body);
  remembered(node.row.id);
}

/** Puts the document into the address, so that the address leads back to it. */
function remembered(id) {
  if (id.isWellFormed?.()) history.replaceState(null, "", `#id=${encodeURIComponent(id)}`);
}

async function bodyOf(row) {
  if (row.verdict === "rejected") {
    const sha = row.sha256 ? element("p", {}, "sha256 ", element("code", {}, row.sha256)) : null;
    return [element("div", { class: "opened" }, element("p", {}, foreign(row.error)), ...(sha ? [sha] : []))];
  }
  const content = await contentOf(row);
  const notes = row.verdict === "dropped" ? [droppedNote(row)] : [];
  if (!content)
    return [
      ...notes,
      element("p", { class: "notice" }, "This text found no room in the page; the output folder has it."),
    ];
  return [...notes, documentView(row, content, filters().query)];
}

function droppedNote(row) {
  const survivor = index.byId.get(row.of);
  const place = element("div", {});
  const compare =
    survivor &&
    button("compare", "What each has that the other lacks", async () => {
      place.replaceChildren(...(place.firstChild ? [] : [await comparison(row, survivor)]));
    });
  const words = element(
    "p",
    { class: "notice" },
    "Dropped: ",
    survivor ? documentLink(row.of) : foreign(row.of),
    ` stands for it (${likeness(row)}). `,
    compare || "It is not in this run.",
  );
  return element("div", {}, words, place);
}

function likeness(row) {
  const parts = [
    `similarity ${row.jaccard.toFixed(4)}`,
    row.containment ? `containment ${row.containment.toFixed(4)}` : "",
    row.method,
  ];
  return [...parts.filter(Boolean), `${plural(row.lacking, "character")} only here`].join(", ");
}

const documentLink = (id) => button(foreign(id), "Open the document", () => openDocument(id));

/** Shows one document alone in the list, opened. */
function openDocument(id) {
  const row = index.byId.get(id);
  if (!row) return;
  byId("filters").reset();
  byId("query").value = id;
  search += 1;
  searching(false);
  list([row], { ...filters(), order: "id", rule: "" });
  byId("documents").scrollIntoView();
  const node = byId("list").firstElementChild;
  node.querySelector(".head").focus({ preventScroll: true });
  return toggle(node, true);
}
