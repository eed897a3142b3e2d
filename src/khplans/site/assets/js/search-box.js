/* Where the search is used: the box on every page and the page with all results. */
(function () {
  "use strict";
  const search = self.khSearch;
  const { tree, english, say, count, either, make } = self.khPage;

  /** The words of a text with which of them matched. */
  function looked(text, terms) {
    const words = [...search.wordsWithin(text)];
    const found = search.matching(words.map(({ word }) => word), terms);
    return words.filter((_, i) => found.has(i));
  }

  /** Text with what matched marked, neighbours together. */
  function marked(text, terms) {
    const box = make("span");
    let done = 0;
    let mark = null;
    for (const { start, end } of looked(text, terms)) {
      const between = text.slice(done, start);
      if (mark && !/[\p{L}\p{N}]/u.test(between)) mark.append(between);
      else {
        mark = make("mark");
        box.append(between, mark);
      }
      mark.append(text.slice(start, end));
      done = end;
    }
    box.append(text.slice(done));
    return box;
  }

  /** The part of a long text where most of the words matched. */
  function snippet(text, terms, length = 230) {
    if (text.length <= length) return text;
    const places = looked(text, terms).map(({ start }) => start);
    const within = (start) => places.filter((place) => place >= start && place < start + length - 50).length;
    const best = places.reduce((one, two) => (within(two) > within(one) ? two : one), places[0] ?? 0);
    const begin = best > 50 ? text.indexOf(" ", best - 40) + 1 : 0;
    let end = Math.min(text.length, begin + length);
    if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), begin + 1);
    return (begin ? "… " : "") + text.slice(begin, end) + (end < text.length ? " …" : "");
  }

  /** Where a hit leads: into a plan's text with what to mark there. */
  function address({ page, place, lines }, query) {
    const marks = lines ? `?q=${encodeURIComponent(query)}&lines=${lines}` : "";
    return `${tree}${page}.html${marks}${place ? `#${encodeURI(place)}` : ""}`;
  }

  /** Words of the page's language, else the Vietnamese ones, said to be so. */
  function worded(className, vietnamese, inEnglish, write) {
    const translated = english && inEnglish;
    const made = make("span", { class: className }, write(translated ? inEnglish : vietnamese));
    if (english && !translated) made.lang = "vi";
    return made;
  }

  function show(hit, found, kinds) {
    const link = make("a", { class: "kh-hit", href: address(hit, found.query) });
    const write = (text) => marked(text, found.terms);
    link.append(make("span", { class: "kh-hit-kind" }, either(...kinds[hit.kind])));
    if (hit.title) link.append(worded("kh-hit-title", hit.title, hit.titleEn, write), " ");
    if (hit.about || !hit.title) link.append(worded(hit.title ? "kh-hit-about" : "kh-hit-title", hit.about, hit.aboutEn, write));
    if (hit.text) link.append(worded("kh-hit-text", hit.text, hit.textEn, (text) => write(snippet(text, found.terms))));
    return link;
  }

  async function find(query, options) {
    const [{ kinds }, found] = await Promise.all([search.core(), search.find(query, options)]);
    const told = { ...found, query: found.instead ? found.terms.join(" ") : query.trim() };
    return { ...told, links: found.hits.map((hit) => show(hit, told, kinds)) };
  }

  /** What the reader should know of how the hits were found. */
  function note(found, typed) {
    if (found.instead) return say("Nothing has “%(typed)s”. Results for “%(query)s”:", { typed, query: found.query });
    if (found.near) return say("No document has the number in “%(typed)s”. The nearest numbers:", { typed });
    if (found.partly) return say("Nothing has all of the words. The nearest:");
    return "";
  }

  function header() {
    const input = document.querySelector("#kh-q");
    const box = document.querySelector("#kh-hits");
    if (!input || !box) return;
    let around = input;
    while (!around.contains(box)) around = around.parentElement;
    let asked = 0;
    let chosen = -1;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", "kh-hits");
    input.setAttribute("aria-expanded", "false");
    box.setAttribute("role", "listbox");
    box.setAttribute("aria-label", say("Results"));
    const close = () => {
      asked++;
      box.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const choose = (step) => {
      const links = [...box.querySelectorAll("a")];
      if (!links.length) return;
      chosen = (chosen + step + links.length + (chosen < 0 && step < 0 ? 1 : 0)) % links.length;
      links.forEach((link, i) => link.setAttribute("aria-selected", String(i === chosen)));
      links[chosen].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", links[chosen].id);
    };
    const option = (made, id) => {
      made.id = id;
      made.setAttribute("role", "option");
      made.tabIndex = -1;
      return made;
    };
    const told = (text) => {
      const made = option(make("p", { class: "kh-hits-note" }, text), "kh-hits-note");
      made.setAttribute("aria-disabled", "true");
      return made;
    };
    input.addEventListener("focus", () => search.core().catch(() => {}), { once: true });
    // Keys wait for the hits of what was typed: a quick hand must not open an earlier query's.
    let ready = Promise.resolve();
    let moved = false;
    input.addEventListener("input", () => {
      moved = false;
      ready = refresh();
    });
    async function refresh() {
      const mine = ++asked;
      const query = input.value;
      if (search.wordsOf(query).join("").length < 2) return close();
      let found;
      try {
        found = await find(query);
      } catch {
        return close();
      }
      if (mine !== asked) return;
      chosen = -1;
      const href = `${tree}search.html?q=${encodeURIComponent(query)}`;
      const all = make("a", { class: "kh-hits-all", href }, found.links.length ? say("All results") : say("Other ways to search"));
      const said = found.links.length ? note(found, query) : say("Nothing found.");
      box.replaceChildren(...(said ? [told(said)] : []), ...found.links.map((link, i) => option(link, `kh-hit-${i}`)), option(all, "kh-hit-all"));
      box.hidden = false;
      box.scrollTop = 0;
      input.setAttribute("aria-expanded", "true");
    }
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        moved = true;
        ready.then(() => choose(event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Escape") close();
      else if (event.key === "Enter" && moved) {
        event.preventDefault();
        ready.then(() => {
          box.querySelectorAll("a")[chosen]?.click();
          close();
        });
      }
    });
    document.addEventListener("click", (event) => {
      if (!around.contains(event.target) || event.target.closest("#kh-hits a")) close();
    });
    around.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !around.contains(event.relatedTarget)) close();
    });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, textarea, select, [contenteditable]");
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        input.focus();
      }
    });
  }

  /** How many results the page shows at first, and more each time that more are asked for. */
  const STEP = 30;

  async function page() {
    const form = document.querySelector("#kh-search-form");
    if (!form) return;
    const list = document.querySelector("#kh-search-results");
    const told = document.querySelector("#kh-search-count");
    const none = document.querySelector("#kh-search-none");
    const more = document.querySelector("#kh-search-more");
    const wider = document.querySelector("#kh-search-wider");
    const { q: input, kind, province } = form.elements;
    let asked = 0;
    let limit = STEP;
    const run = async () => {
      const mine = ++asked;
      const typed = input.value;
      const found = await find(typed, { limit, kind: kind.value, province: province.value });
      if (mine !== asked) return;
      list.replaceChildren(...found.links.map((link) => make("li", {}, link)));
      const n = found.links.length;
      const results = count("%(n)s result", "%(n)s results", n, { n: `${n}${found.more ? "+" : ""}` });
      told.textContent = found.links.length ? [note(found, typed), found.near ? "" : results].filter(Boolean).join(" ") : "";
      more.hidden = !found.more;
      none.hidden = !found.terms.length || found.links.length > 0;
      wider.parentElement.hidden = !kind.value && !province.value;
      document.querySelector("#kh-search-typed").textContent = typed;
      const state = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
      try {
        history.replaceState(null, "", state.size ? `?${state}` : location.pathname);
      } catch {
        /* A page of a folder may not rewrite its address. */
      }
    };
    const again = () => {
      limit = STEP;
      return run();
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      again();
    });
    form.addEventListener("input", again);
    more.addEventListener("click", async () => {
      const next = list.children.length;
      limit += STEP;
      await run();
      list.children[next]?.querySelector("a").focus();
    });
    wider.addEventListener("click", () => {
      kind.value = province.value = "";
      again();
    });
    const asking = new URLSearchParams(location.search);
    for (const field of [input, kind, province]) field.value = asking.get(field.name) ?? field.value;
    if (input.value) await run();
    else input.focus();
  }

  header();
  page();
})();
