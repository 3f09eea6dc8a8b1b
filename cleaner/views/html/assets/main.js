// The start: the index is inflated, the lists are filled, everything else waits until it is asked for.

function failed(error) {
  byId("failure").textContent = `This page could not be read: ${error.message ?? error}`;
  byId("failure").hidden = false;
}

/** Calls the function once the calls have paused. */
function settled(action, pause) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, pause);
  };
}

function startFilters() {
  const refreshSoon = settled(refresh, 200);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("change", (event) => event.target.id !== "query" && refresh());
  byId("clear").addEventListener("click", () => setTimeout(refresh)); // after the form has emptied its fields
  byId("query").addEventListener("input", () => {
    byId("list").setAttribute("aria-busy", "true");
    refreshSoon();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(
      "button[data-rule], button[data-stage], button[data-verdict], button[data-state], button[data-codec]",
    );
    if (link) filterBy(...Object.entries(link.dataset).find(([name]) => FIELDS.includes(name)));
  });
}

async function start() {
  if (!globalThis.DecompressionStream) throw new Error("this browser is too old (it has no DecompressionStream)");
  index = prepared(await unpacked("index"));
  fillChoices();
  startFilters();
  startTips();
  startKeys();
  byId("theme").addEventListener("click", nextTheme);
  byId("help").addEventListener("click", () => byId("keys").showModal());
  new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && showMore(), {
    rootMargin: "800px",
  }).observe(byId("more"));
  showReview();
  showClusters();
  refresh();
  if (location.hash.startsWith("#id=")) await openDocument(decodeURIComponent(location.hash.slice(4)));
  document.documentElement.setAttribute("data-ready", "");
}

start().catch(failed);
