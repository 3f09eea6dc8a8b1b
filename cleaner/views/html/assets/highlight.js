// What filters and search make visible inside opened documents.

/** With a rule chosen, the work of the others steps back. */
function dim(body) {
  const { rule } = filters();
  if (!rule) return;
  for (const node of body.querySelectorAll("[data-of]"))
    node.classList.toggle("other", node.getAttribute("data-of") !== rule);
}

/** Marks the query in the opened texts (CSS Custom Highlight API; where there is none, nothing is marked). */
function highlight() {
  if (!globalThis.CSS?.highlights) return;
  CSS.highlights.delete("query");
  const { query } = filters();
  if (!query) return;
  const ranges = [];
  for (const cell of document.querySelectorAll(".opened .text")) ranges.push(...rangesIn(cell, query));
  CSS.highlights.set("query", new Highlight(...ranges));
}

function rangesIn(cell, query) {
  const ranges = [];
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node && ranges.length < 2000; node = walker.nextNode()) {
    const lower = node.data.toLowerCase();
    for (let at = lower.indexOf(query); at >= 0; at = lower.indexOf(query, at + query.length)) {
      const range = new Range();
      range.setStart(node, Math.min(at, node.length));
      range.setEnd(node, Math.min(at + query.length, node.length));
      ranges.push(range);
    }
  }
  return ranges;
}
