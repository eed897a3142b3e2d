/* What the other scripts of a page ask for: where the site is, its words, what its address names. */
"use strict";
self.khPage = (function () {
  const { root, catalogue, lang } = document.querySelector("[data-root]").dataset;
  const english = lang === "en";

  const format = new Intl.NumberFormat(lang, { maximumFractionDigits: 6 });
  /** A number as the page's language writes it. */
  const number = (value) => format.format(value);

  /** Words in the page's language: the catalogue's for these English ones, which the build puts before each script. */
  const say = (words, values) => (english ? words : self.khVietnamese[words]).replace(/%\((\w+)\)s/g, (_, name) => values[name]);

  /** A number of things, as `say`: `%(n)s` is the number. */
  const count = (one, many, n, values) => say(english && n !== 1 ? many : one, { n: number(n), ...values });

  /** One of the two wordings that the data has. */
  const either = (vietnamese, inEnglish) => (english ? inEnglish : vietnamese);

  /** An element with its attributes and what stands in it; words stay words. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  /** Run a script of the site: what a page of a folder (file://) may not fetch it can have in this way. */
  const script = (path) =>
    new Promise((resolve, reject) => {
      const element = make("script", { src: root + path });
      element.onload = resolve;
      element.onerror = () => reject(new Error(path));
      document.head.append(element);
    });

  /** The id that the address names; as it is written where it is no code. */
  function named() {
    const id = location.hash.slice(1);
    try {
      return decodeURIComponent(id);
    } catch {
      return id;
    }
  }

  /** Words on one line, no more than so many letters of them, and no piece of a word. */
  function shortened(text, most) {
    const words = text.replace(/\s+/g, " ").trim();
    const letters = Array.from(words);
    return letters.length > most ? `${letters.slice(0, most).join("").replace(/\s\S*$/, "")}…` : words;
  }

  return { root, catalogue, english, tree: root + (english ? "en/" : ""), say, count, number, either, make, script, named, shortened };
})();
