/* A plan's pages: from marked words to their rows, from a row to its words, kinds on and off. */
(function () {
  "use strict";
  const { tree, say, either, make, script, named } = self.khPage;
  const text = document.querySelector(".kh-doc");
  const notes = new Map();
  for (const note of text.querySelectorAll("li[data-k]")) notes.set(note.dataset.k, note);
  /** Key of a row → the element that its address names. */
  const places = new Map();
  for (const place of text.querySelectorAll("[id][data-k]")) places.set(place.dataset.k.split(" ")[0], place);
  for (const [key, note] of notes) {
    const label = note.querySelector("b");
    const place = places.get(key);
    if (!place) continue;
    label.append(make("a", { href: `#${encodeURI(place.id)}` }, ...label.childNodes));
  }
  const marksOf = (key) => text.querySelectorAll(`mark[data-k~="${CSS.escape(key)}"]`);

  function light(keys) {
    for (const on of document.querySelectorAll(".kh-on")) on.classList.remove("kh-on");
    for (const key of keys) {
      for (const mark of marksOf(key)) mark.classList.add("kh-on");
      notes.get(key)?.classList.add("kh-on");
    }
  }

  /** Light the words that the address points to, all of them, not the first piece alone. */
  function follow() {
    const place = document.getElementById(named());
    if (!place) return elsewhere();
    if (!place.dataset.k) return;
    const key = place.dataset.k.split(" ")[0];
    light([key]);
    marksOf(key)[0]?.scrollIntoView({ block: "center", behavior: "instant" });
  }

  /** A row is known by the address of its plan's first page: its words may stand on a later one. */
  function elsewhere() {
    if (!/^[a-z_]+\/./.test(named())) return;
    const plan = text.dataset.plan;
    self.khPlaces = (pages) => {
      const number = pages.findIndex((ids) => ids.includes(named())) + 1;
      const page = number > 1 ? `${plan}/${number}` : plan;
      if (number) location.replace(`${tree}plans/${page}.html${location.hash}`);
    };
    script(`static/plans/${plan}.js`).catch(() => {});
  }

  const name = say("Rows taken from these words");
  const box = make("div", { class: "kh-pop", hidden: "", role: "dialog", "aria-label": name });
  document.getElementById("content").append(box);

  /** The rules behind the rows of this page, read by the first who wants to know. */
  let reasons;
  self.khWhy = (given) => (reasons = given);

  function verdict(found, changed) {
    if (!found) return say("Today’s rules no longer give this row.");
    if (!changed.length) return say("Today’s rules give this very row.");
    return say("Today’s rules give another value in: %(columns)s", { columns: changed.join(", ") });
  }

  /** A rule: what is asked, by what it goes, the words that it was about, its name. */
  function told([table, rule, ask, askEnglish, answer, answerEnglish], quotes) {
    const shown = quotes.slice(0, 3).map((words) => make("q", { lang: "vi" }, words));
    if (quotes.length > 3) shown.push(`+${quotes.length - 3}`);
    const item = make("li", {}, make("small", {}, either(ask, askEnglish)), make("br"), either(answer, answerEnglish), " ");
    item.append(...shown.flatMap((one) => [one, " "]), make("code", {}, `${table}: ${rule}`));
    return item;
  }

  /** Why a row is what it is, folded away. */
  function why(place) {
    const fold = make("details", { class: "kh-why" }, make("summary", {}, say("Why is this row what it is?")));
    const fill = async () => {
      try {
        if (!reasons) await script(`static/why/${text.dataset.why}.js`);
      } catch {
        fold.append(make("p", {}, say("It could not be loaded; open the row again to retry.")));
        return;
      }
      const [found, changed, decisions] = reasons.rows[place];
      const quotes = new Map();
      for (const [rule, quote] of decisions.map((number) => reasons.told[number])) {
        quotes.set(rule, [...(quotes.get(rule) ?? []), quote]);
      }
      fold.append(make("p", {}, verdict(found, changed)), make("ol", {}, ...[...quotes].map(([rule, list]) => told(reasons.rules[rule], list))));
    };
    fold.addEventListener("toggle", fill, { once: true });
    return fold;
  }

  /** To report an error in a row, ready with its address and words. */
  function report(place, words) {
    const link = self.khReportLink?.(`#${encodeURI(place)}`, words);
    if (link?.getAttribute("href")) return link;
    return say("This catalogue names nobody to whom errors could be reported.");
  }

  /** A row in the box: its note, and what can be done with it. */
  function row(key) {
    const note = notes.get(key).cloneNode(true);
    const place = places.get(key)?.id;
    if (!place) return note;
    const words = [...marksOf(key)].map((mark) => mark.textContent).join("");
    note.append(make("p", {}, report(place, words)));
    if (text.dataset.why && !place.startsWith("warnings/")) note.append(why(place));
    return note;
  }

  function open(mark) {
    const keys = mark.dataset.k.split(" ").filter((key) => notes.has(key));
    if (!keys.length) return;
    const place = places.get(keys[0]);
    if (place) history.replaceState(null, "", `#${encodeURI(place.id)}`);
    const close = make("button", { type: "button", "aria-label": say("Close") }, "×");
    close.addEventListener("click", hide);
    box.replaceChildren(close, make("ul", {}, ...keys.map(row)));
    box.hidden = false;
    const around = mark.getBoundingClientRect();
    const width = Math.min(384, innerWidth - 16);
    box.style.width = `${width}px`;
    const home = box.offsetParent.getBoundingClientRect();
    box.style.left = `${Math.max(8, Math.min(around.left, innerWidth - width - 8)) - home.left}px`;
    box.style.top = `${around.bottom + 6 - home.top}px`;
    light(keys);
  }

  function hide() {
    box.hidden = true;
  }

  document.addEventListener("click", (event) => {
    const mark = event.target.closest("main mark[data-k]");
    if (mark) open(mark);
    else if (!event.target.closest(".kh-pop")) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  for (const [key, note] of notes) {
    note.addEventListener("mouseenter", () => light([key]));
  }
  for (const input of document.querySelectorAll(".kh-kinds input")) {
    input.addEventListener("change", () => {
      document.querySelector("main").classList.toggle(`kh-no-${input.value}`, !input.checked);
    });
  }
  addEventListener("hashchange", follow);
  follow();
})();
