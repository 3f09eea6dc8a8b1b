// Decisions that want a reader: what a stage saw and did not do, one card per rule, and inputs that were rejected.

const EXAMPLES = 4;

function showReview() {
  const groups = [...grouped(index.rows, (row) => Object.keys(row.flags))].sort(
    ([one, ones], [two, twos]) => twos.length - ones.length || (one < two ? -1 : 1),
  );
  const rejected = index.rows.filter((row) => row.verdict === "rejected");
  const cards = groups.map(([rule, rows]) => flagCard(rule, rows));
  if (rejected.length) cards.push(rejectedCard(rejected));
  const place = byId("review-body");
  if (!cards.length) return place.replaceChildren(element("p", { class: "same" }, "Nothing was flagged or rejected."));
  const words = "When a stage was not sure, it left the text alone and says so here.";
  place.replaceChildren(element("p", { class: "lead" }, words), element("div", { class: "reviews" }, ...cards));
}

function flagCard(rule, rows) {
  const total = rows.reduce((sum, row) => sum + row.flags[rule], 0);
  const shown = rows
    .flatMap((row) =>
      row.look
        .filter((look) => look.rule === rule)
        .slice(0, 1)
        .map((look) => [row, look]),
    )
    .slice(0, EXAMPLES);
  const all = element(
    "button",
    { type: "button", class: "link", "data-rule": rule },
    `${plural(rows.length, "document")} in the list`,
  );
  return element(
    "article",
    { class: "card review" },
    element("h3", {}, "⚑ ", foreign(rule), element("small", {}, ` ${plural(total, "flag")}`)),
    element("ul", {}, ...shown.map(([row, look]) => example(row, look))),
    element("p", {}, all),
  );
}

function example(row, { why, at: [before, text, after] }) {
  const place = text
    ? element("blockquote", {}, foreign(before, "around"), element("mark", {}, foreign(text)), foreign(after, "around"))
    : null;
  return element("li", {}, documentLink(row.id), " ", foreign(why), place);
}

function rejectedCard(rows) {
  const all = element(
    "button",
    { type: "button", class: "link", "data-verdict": "rejected" },
    `${plural(rows.length, "input")} in the list`,
  );
  return element(
    "article",
    { class: "card review" },
    element("h3", {}, "Rejected", element("small", {}, ` ${plural(rows.length, "input")}`)),
    element(
      "ul",
      {},
      ...rows.slice(0, EXAMPLES).map((row) => element("li", {}, documentLink(row.id), " ", foreign(row.error))),
    ),
    element("p", {}, all),
  );
}
