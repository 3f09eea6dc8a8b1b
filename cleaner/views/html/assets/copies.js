// Two texts side by side with what only one of them has: the copies of a repeat, a dropped document and its survivor.

const LARGEST_TABLE = 4_000_000; // cells of the comparison; larger texts are shown with their common ends alone

/** [[text, same], …] for both texts: a longest common subsequence of characters between their common ends. */
function differences(one, two) {
  let head = 0;
  while (head < Math.min(one.length, two.length) && one[head] === two[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(one.length, two.length) - head && one.at(-1 - tail) === two.at(-1 - tail)) tail += 1;
  const middles = [one.slice(head, one.length - tail), two.slice(head, two.length - tail)];
  const tables =
    middles[0].length * middles[1].length > LARGEST_TABLE ? middles.map((text) => [[text, false]]) : common(...middles);
  return tables.map((runs) =>
    [[one.slice(0, head), true], ...runs, [one.slice(one.length - tail), true]].filter(([text]) => text),
  );
}

function common(one, two) {
  const width = two.length + 1;
  const table = new Uint16Array((one.length + 1) * width);
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = two.length - 1; j >= 0; j -= 1) {
      const here = i * width + j;
      table[here] = one[i] === two[j] ? table[here + width + 1] + 1 : Math.max(table[here + width], table[here + 1]);
    }
  }
  const runs = [[], []];
  let [i, j] = [0, 0];
  while (i < one.length || j < two.length) {
    if (i < one.length && j < two.length && one[i] === two[j]) {
      runs.forEach((side) => append(side, one[i], true));
      [i, j] = [i + 1, j + 1];
    } else if (j >= two.length || (i < one.length && table[(i + 1) * width + j] >= table[i * width + j + 1])) {
      append(runs[0], one[i++], false);
    } else append(runs[1], two[j++], false);
  }
  return runs;
}

function append(runs, text, same) {
  if (runs.length && runs.at(-1)[1] === same) runs.at(-1)[0] += text;
  else runs.push([text, same]);
}

const runNodes = (runs) => runs.map(([text, same]) => element(same ? "span" : "mark", {}, ...textNodes(text)));

/** Both copies of a repeat; `titles` name them. */
function copies(one, two, titles = ["removed copy", "copy that stayed"]) {
  const sides = differences(one, two).map((runs, side) => textFigure([titles[side]], runNodes(runs)));
  return element("div", { class: "copies" }, ...sides);
}

const textFigure = (title, nodes) =>
  element("figure", {}, element("figcaption", {}, ...title), element("div", { class: "text" }, ...nodes));

const sentences = (text) =>
  text.split(/(?<=[。！？!?\r\n][”’』」）)"]?)(?![。！？!?”’』」）)"])/).filter((part) => part.trim());
const bare = (sentence) => sentence.replace(/\s+/g, "");

/** The sentences of `text` that `other` lacks, runs of common ones folded to their number. */
function onlyHere(text, other) {
  const theirs = sentences(other);
  const known = new Set(theirs.map(bare));
  const ours = sentences(text);
  const own = new Set(ours.map(bare));
  const lone = theirs
    .filter((sentence) => !own.has(bare(sentence)))
    .slice(0, MOST_TWINS)
    .map(paired);
  const nodes = [];
  let same = 0;
  const fold = () => {
    if (same) nodes.push(element("p", { class: "same" }, `⋯ ${plural(same, "sentence")} in both`));
    same = 0;
  };
  for (const sentence of ours) {
    if (known.has(bare(sentence))) same += 1;
    else {
      fold();
      nodes.push(element("p", {}, ...runNodes(ownRuns(sentence.trim(), lone))));
    }
  }
  fold();
  return nodes;
}

const MOST_TWINS = 300; // sentences among which a changed one looks for what it was
const ALIKE = 0.6; // of the character pairs: less is another sentence

/** What of a sentence its nearest among the others lacks; all of it when none is near. */
function ownRuns(sentence, others) {
  const pairs = pairsOf(sentence);
  const [likeness, nearest] = others.reduce(
    (best, other) => (dice(pairs, other.pairs) > best[0] ? [dice(pairs, other.pairs), other] : best),
    [0, null],
  );
  return likeness < ALIKE ? [[sentence, false]] : differences(sentence, nearest.text)[0];
}

/** The Dice coefficient of two sets. */
function dice(ones, twos) {
  let both = 0;
  for (const one of ones) both += twos.has(one);
  return (2 * both) / (ones.size + twos.size || 1);
}

const paired = (sentence) => ({ text: sentence.trim(), pairs: pairsOf(sentence.trim()) });
const pairsOf = (text) =>
  new Set(Array.from({ length: Math.max(text.length - 1, 0) }, (_, at) => text.slice(at, at + 2)));

/** Two documents side by side: what each has that the other lacks; `titles` stand before their ids. */
async function comparison(one, two, titles = ["dropped: ", "survivor: "]) {
  const contents = await Promise.all([contentOf(one), contentOf(two)]);
  if (contents.includes(null)) return element("p", { class: "notice" }, "One of the two texts is not in this page.");
  const [ours, theirs] = contents.map(cleanedOf);
  return element(
    "div",
    { class: "copies" },
    textFigure([titles[0], foreign(one.id)], onlyHere(ours, theirs)),
    textFigure([titles[1], foreign(two.id)], onlyHere(theirs, ours)),
  );
}
