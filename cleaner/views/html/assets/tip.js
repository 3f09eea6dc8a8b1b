// The explanation that appears when the pointer or the keyboard reaches a change.

const explained = new WeakMap(); // element -> () => children of the explanation
let explaining = null;

const DEEDS = {
  decode: "Decoding: how the bytes became text.",
  repair: "Repair: damaged or converted characters.",
  strip: "Strip: chrome of the web page, not part of the text.",
  repeats: "Repeats: a passage that stands again in this document.",
  dedup: "Near-duplicates across documents.",
};

/** Facts as a table; long texts are cut, what the page shows elsewhere is left out. */
function facts(evidence) {
  const shown = Object.entries(evidence).filter(([name]) => !/^kept_(start|end)$/.test(name));
  return element(
    "dl",
    { class: "facts" },
    ...shown.map(([name, value]) =>
      element(
        "div",
        {},
        element("dt", {}, foreign(name.replaceAll("_", " "))),
        element("dd", {}, foreign(short(String(value), 200))),
      ),
    ),
  );
}

const short = (text, most) => (text.length > most ? `${text.slice(0, whole(text, most))}…` : text);

function explainEdit(edit, text, hue) {
  const deed = edit.replacement === undefined ? "removed" : text ? "rewritten" : "inserted";
  const size = text ? plural([...short(text, 100000)].length, "character") : "text";
  return [
    element("p", { class: "tip-rule" }, element("span", { class: `swatch ${hue}` }), foreign(edit.rule)),
    element("p", {}, `${size} ${deed}. ${DEEDS[stageOf(edit.rule)] ?? ""}`),
    facts(edit.evidence),
  ];
}

const MARK_WORDS = { kept: "This copy stayed; the other one was removed.", bytes: "Bytes that the text cannot say: " };

function explainMark(mark, content) {
  if (mark.kind === "flag") {
    const flag = content.flags[mark.flag];
    const rule = element("p", { class: "tip-rule" }, "⚑ ", foreign(flag.rule));
    return [rule, element("p", {}, foreign(flag.why)), facts(flag.evidence)];
  }
  return [element("p", {}, MARK_WORDS[mark.kind], mark.hex ? element("code", {}, mark.hex) : "")];
}

function showTip(node) {
  explaining?.removeAttribute("aria-describedby");
  explaining = node;
  byId("tip").replaceChildren(...explained.get(node)());
  byId("tip").hidden = false;
  node.setAttribute("aria-describedby", "tip");
  placeTip(node);
}

const GAP = 8; // pixels between the explanation and what it explains
const HEADS = 100; // pixels that the heads of page and document take

/** Below what it explains, or above it where there is no room. */
function placeTip(node) {
  const tip = byId("tip");
  const boxes = [...node.getClientRects()];
  const [first, last] = [boxes[0] ?? node.getBoundingClientRect(), boxes.at(-1) ?? node.getBoundingClientRect()];
  const above = first.top - tip.offsetHeight - GAP;
  const under = last.bottom + GAP;
  const top = under + tip.offsetHeight < innerHeight ? under : Math.max(above, HEADS);
  tip.style.left = `${Math.max(GAP, Math.min(first.left, innerWidth - tip.offsetWidth - GAP))}px`;
  tip.style.top = `${top}px`;
}

function hideTip() {
  explaining?.removeAttribute("aria-describedby");
  explaining = null;
  byId("tip").hidden = true;
}

function startTips() {
  const holder = (target) => target instanceof Element && target.closest("[data-explained]");
  const enter = (event) => {
    const node = holder(event.target);
    if (node) showTip(node);
    else if (explaining) hideTip();
  };
  document.addEventListener("mouseover", enter);
  document.addEventListener("focusin", enter);
  const follow = () => explaining && (explaining.matches(":hover, :focus") ? placeTip(explaining) : hideTip());
  document.addEventListener("scroll", follow, { passive: true });
}

function explain(node, words) {
  node.setAttribute("data-explained", "");
  explained.set(node, words);
  return node;
}
