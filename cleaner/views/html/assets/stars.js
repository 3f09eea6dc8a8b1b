// Clusters of duplicates: the survivor in the middle, the nearer a dropped one lies the more alike it is.

const CLUSTERS_AT_ONCE = 12;
const MOST_SPOKES = 36;
const MOST_ROWS = 8;

function clusters() {
  const dropped = index.rows.filter((row) => row.verdict === "dropped");
  const groups = [...grouped(dropped, (row) => [row.of])].map(([of, members]) => ({
    of,
    members: members.sort(nearest),
  }));
  return groups.sort((one, two) => two.members.length - one.members.length || (one.of < two.of ? -1 : 1));
}

const nearest = (one, two) => two.jaccard - one.jaccard || byName(one, two);

function showClusters() {
  const groups = clusters();
  const place = byId("duplicates-body");
  if (!groups.length)
    return place.replaceChildren(element("p", { class: "same" }, "No document was dropped as a duplicate."));
  const total = groups.reduce((sum, group) => sum + group.members.length, 0);
  const words = [
    `${plural(total, "document")} dropped in ${plural(groups.length, "cluster")}.`,
    "In the middle of a star stands the document that was kept; the nearer a dropped one lies, the more alike the two are.",
    "The last column tells what only the dropped one had, and compares the two.",
  ].join(" ");
  const grid = element("div", { class: "clusters" });
  place.replaceChildren(element("p", { class: "lead" }, words), grid);
  appendClusters(grid, groups, 0);
}

function appendClusters(grid, groups, from) {
  const to = Math.min(from + CLUSTERS_AT_ONCE, groups.length);
  grid.append(...groups.slice(from, to).map(cluster));
  if (to === groups.length) return;
  const more = button(
    `${plural(groups.length - to, "more cluster")}`,
    "Show more",
    () => {
      more.remove();
      appendClusters(grid, groups, to);
    },
    "fold",
  );
  grid.append(more);
}

function cluster({ of, members }) {
  const title = index.byId.has(of) ? documentLink(of) : element("span", {}, foreign(of), " (of an earlier run)");
  const rows = element("tbody", {}, ...members.slice(0, MOST_ROWS).map(memberRow));
  const table = element(
    "table",
    { class: "members" },
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        ...["dropped", "similarity", "only in it"].map((name) => element("th", { scope: "col" }, name)),
      ),
    ),
    rows,
  );
  const rest =
    members.length > MOST_ROWS
      ? button(
          `${count(members.length - MOST_ROWS)} more`,
          "Show all of them",
          (event) => {
            rows.append(...members.slice(MOST_ROWS).map(memberRow));
            event.currentTarget.remove();
          },
          "fold",
        )
      : null;
  return element(
    "article",
    { class: `card cluster${members.length < 3 ? " small" : ""}` },
    element("h3", {}, title),
    star(of, members),
    element("div", {}, table, rest),
  );
}

function memberRow(row) {
  const lacking = row.lacking ? plural(row.lacking, "character") : "nothing";
  const survivor = index.byId.get(row.of);
  const line = element(
    "tr",
    {},
    element("td", {}, documentLink(row.id)),
    element("td", { class: "number", title: likeness(row) }, row.method === "exact" ? "exact" : percent(row.jaccard)),
    element(
      "td",
      {},
      survivor
        ? button(lacking, "What each has that the other lacks", () => compareBelow(line, row, survivor))
        : lacking,
    ),
  );
  return line;
}

async function compareBelow(line, row, survivor) {
  if (line.nextElementSibling?.classList.contains("compared")) return line.nextElementSibling.remove();
  line.after(element("tr", { class: "compared" }, element("td", { colspan: "3" }, await comparison(row, survivor))));
}

/** The star as SVG: the angle says nothing, the distance is 1 - similarity, scaled from 0.5 to 1. */
function star(of, members) {
  const drawn = members.slice(0, MOST_SPOKES);
  const places = drawn.map((row, at) => {
    const angle = (2 * Math.PI * at) / drawn.length - Math.PI / 2;
    const distance = 26 + 54 * Math.min(2 * (1 - row.jaccard), 1);
    return { row, x: distance * Math.cos(angle), y: distance * Math.sin(angle) };
  });
  const spokes = places.map(({ x, y }) => element("svg:line", { x1: 0, y1: 0, x2: x.toFixed(1), y2: y.toFixed(1) }));
  const rings = [26, 53, 80].map((r) => element("svg:circle", { class: "ring", r }));
  const nodes = places.map(({ row, x, y }) =>
    element(
      "svg:circle",
      { class: "leaf", cx: x.toFixed(1), cy: y.toFixed(1), r: 5, onclick: () => openDocument(row.id) },
      element("svg:title", {}, `${row.id}: ${likeness(row)}`),
    ),
  );
  const centre = element(
    "svg:circle",
    { class: "centre", r: 9, onclick: () => openDocument(of) },
    element("svg:title", {}, of),
  );
  return element(
    "svg:svg",
    {
      class: "star",
      viewBox: "-92 -92 184 184",
      role: "img",
      "aria-label": `${plural(members.length, "duplicate")} around ${of}`,
    },
    ...rings,
    ...spokes,
    ...nodes,
    centre,
  );
}
