/* A plan's page opened from the search (`?q=words&lines=4-6`): marks the words in those lines and goes there. */
(function () {
  "use strict";
  const LINES = ".kh-doc > :is(p:not(.kh-docmark), h3, h4, h5, h6), .kh-doc > div > :is(p, h3, h4, h5, h6), .kh-doc tr";
  const asked = new URLSearchParams(location.search);
  const terms = self.khSearch.termsOf(asked.get("q") || "");
  const [first, last = first] = (asked.get("lines") || "").split("-").map(Number);
  const lines = [...document.querySelectorAll(LINES)].slice(first, last + 1);
  if (!terms.length || !asked.get("lines") || !lines.length) return;

  /** The pieces of text in the lines, each with where it begins among them all. */
  const pieces = [];
  let text = "";
  for (const block of lines.flatMap((line) => [...(line.cells || [line])])) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest(".kh-beside, .kh-md") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    );
    while (walker.nextNode()) {
      pieces.push({ node: walker.currentNode, start: text.length });
      text += walker.currentNode.data;
    }
    text += "\n";
  }

  /** From where to where in the text: words that matched, those next to each other together. */
  const stretches = [];
  const words = [...self.khSearch.wordsWithin(text)];
  const found = self.khSearch.matching(words.map(({ word }) => word), terms);
  words.forEach(({ start, end }, i) => {
    if (!found.has(i)) return;
    if (found.has(i - 1)) stretches.at(-1).end = end;
    else stretches.push({ start, end });
  });
  // From the end, so that a piece that is cut keeps what stands before.
  for (const { start, end } of stretches.reverse()) {
    for (const { node, start: begins } of [...pieces].reverse()) {
      const from = Math.max(0, start - begins);
      const to = Math.min(node.length, end - begins);
      if (from >= to || !node.data.slice(from, to).trim()) continue;
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, to);
      const mark = document.createElement("mark");
      mark.className = "kh-found";
      range.surroundContents(mark);
    }
  }

  // After plan.js, which goes to the row that the address names.
  addEventListener("load", () => {
    const place = lines[0].parentElement.querySelector(".kh-found")?.closest("p, tr, h3, h4, h5, h6") || lines[0];
    place.tabIndex = -1;
    place.classList.add("kh-arrived");
    place.focus({ preventScroll: true });
    (place.querySelector(".kh-found") || place).scrollIntoView({ block: "center", behavior: "instant" });
  });
})();
