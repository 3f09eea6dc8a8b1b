// The keyboard: one letter an action, never while a field has the focus.

function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return escape();
    if (byId("keys").open || event.target.closest?.("input, select")) return;
    const action = ACTIONS[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

const ACTIONS = {
  "/": () => byId("query").focus(),
  j: () => stepRow(1),
  k: () => stepRow(-1),
  n: () => stepChange(1),
  p: () => stepChange(-1),
  c: closeAll,
  t: nextTheme,
  "?": () => byId("keys").showModal(),
};

function escape() {
  hideTip();
  if (document.activeElement?.matches("input, select")) document.activeElement.blur();
}

function stepRow(by) {
  const heads = [...document.querySelectorAll(".item .head")];
  const at = heads.indexOf(document.activeElement?.closest(".item")?.querySelector(".head"));
  if (at + by >= heads.length && !byId("more").hidden) {
    showMore();
    return stepRow(by);
  }
  heads[at < 0 ? 0 : Math.max(0, Math.min(at + by, heads.length - 1))]?.focus();
}

/** The next change after the one that has the focus, or after the head of the list. */
function stepChange(by) {
  const changes = [...document.querySelectorAll(".opened [data-explained][tabindex]")];
  const active = document.activeElement;
  let at = changes.indexOf(active);
  if (at < 0) {
    const after = changes.findIndex((node) => active.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);
    at = (after < 0 ? changes.length : after) - (by > 0 ? 1 : 0);
  }
  const next = changes[at + by];
  next?.scrollIntoView({ block: "center" });
  next?.focus({ preventScroll: true });
}

function closeAll() {
  document.querySelectorAll('.head[aria-expanded="true"]').forEach((head) => toggle(head.closest(".item"), false));
}

const THEMES = ["auto", "light", "dark"];

function nextTheme() {
  const root = document.documentElement;
  const theme = THEMES[(THEMES.indexOf(root.getAttribute("data-theme") ?? "auto") + 1) % THEMES.length];
  root.setAttribute("data-theme", theme);
  byId("theme").textContent = `Theme: ${theme}`;
}
