// Elements and text. Text of documents enters the page through createTextNode alone and is never parsed.

const byId = (id) => document.getElementById(id);

/** An element; `attributes` are set as they are, `on…` functions listen, null and false leave an attribute out. */
function element(tag, attributes = {}, ...children) {
  const node = tag.startsWith("svg:")
    ? document.createElementNS("http://www.w3.org/2000/svg", tag.slice(4))
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

function button(label, title, action, classes = "link") {
  return element("button", { type: "button", class: classes, title, onclick: action }, label);
}

const numbers = new Intl.NumberFormat("en");
const count = (value) => numbers.format(value);
const plural = (value, one, many = `${one}s`) => `${count(value)} ${value === 1 ? one : many}`;
const percent = (value) => `${(100 * value).toFixed(1)}%`;

// Controls, formats (bidi, zero width, tags), lone surrogates: framed and named, and still what they are when copied.
const unseen = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\ufffd]/gu;

/** Text as nodes: plain runs, and a frame around each character that cannot be seen. */
function textNodes(text) {
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(unseen)) {
    if (match.index > at) nodes.push(document.createTextNode(text.slice(at, match.index)));
    const name = `U+${match[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
    nodes.push(element("span", { class: "unseen", "data-name": name, title: name }, match[0]));
    at = match.index + match[0].length;
  }
  if (at < text.length) nodes.push(document.createTextNode(text.slice(at)));
  return nodes;
}

/** Foreign text that stands in a line of ours: isolated, so that its direction ends with it. */
const foreign = (text, classes = "") => element("bdi", { class: classes || null }, ...textNodes(text));
