/* The search: folds what is typed as the index was folded, reads the shards it needs, ranks, marks. */
"use strict";
window.khSearch = (function () {
  const fold = self.khFold;
  const root = document.querySelector("[data-root]").dataset.root;
  const english = document.querySelector("[data-root]").dataset.lang === "en";
  const waiting = new Map();
  const parts = new Map();
  const KINDS = english
    ? { a: "Agency", p: "Plan", m: "Measure", i: "Cited document", t: "Task", n: "Figure" }
    : { a: "Cơ quan", p: "Kế hoạch", m: "Chỉ tiêu", i: "Văn bản", t: "Nhiệm vụ", n: "Con số" };

  /** A part of the index; scripts rather than fetch, so that a folder (file://) works as well. */
  function part(name) {
    if (!parts.has(name)) {
      parts.set(
        name,
        new Promise((resolve, reject) => {
          waiting.set(name, resolve);
          const script = document.createElement("script");
          script.src = `${root}static/search/${name}.js`;
          script.onerror = () => {
            parts.delete(name);
            reject(new Error(name));
          };
          document.head.append(script);
        }),
      );
    }
    return parts.get(name);
  }

  function put(name, value) {
    waiting.get(name)?.(value);
  }

  /** Shards that can hold terms beginning with a prefix. */
  function shardsOf(core, prefix) {
    const found = [];
    for (let i = 0; i < core.borders.length; i++) {
      const next = core.borders[i + 1];
      if (core.borders[i] > prefix + "\uffff") break;
      if (next === undefined || next > prefix) found.push(i);
    }
    return found;
  }

  /** Entry → weight, for a term (or for all that begin with it). */
  async function postings(core, term, prefix) {
    const found = new Map();
    for (const number of shardsOf(core, term)) {
      const shard = await part(`terms-${number}`);
      for (const [word, codes] of Object.entries(shard)) {
        if (!(word === term || (prefix && word.startsWith(term)))) continue;
        const exact = word === term ? 1 : 0.6;
        let entry = -1;
        for (const code of codes.split(" ")) {
          const [gap, weight] = code.split(".");
          entry += parseInt(gap, 36) + 1;
          const value = exact * (weight ? Number(weight) : 1);
          if (!(found.get(entry) >= value)) found.set(entry, value);
        }
      }
    }
    return found;
  }

  function kindOf(core, entry) {
    let kind = core.kinds[0];
    for (const next of core.kinds) if (next[0] <= entry) kind = next;
    return kind;
  }

  async function entry(core, number) {
    const run = await part(`entries-${Math.floor(number / core.run)}`);
    return run[number % core.run];
  }

  /** The best entries for a query, and how many there are. */
  async function find(query, limit) {
    const folded = fold(query);
    const terms = [...new Set(folded.split(" ").filter(Boolean))].slice(0, 12);
    if (!terms.length || folded.length < 2) return { total: 0, hits: [], terms };
    const core = await part("core");
    const lists = await Promise.all(
      terms.map((term, i) => postings(core, term, i === terms.length - 1 && term.length > 1)),
    );
    const shortest = lists.reduce((a, b) => (a.size <= b.size ? a : b));
    const scores = [];
    for (const number of shortest.keys()) {
      if (!lists.every((list) => list.has(number))) continue;
      let score = 0;
      for (const list of lists) {
        score += list.get(number) ** 2 * Math.log(1 + core.count / list.size);
      }
      const boost = kindOf(core, number)[2];
      scores.push([number, score * (1 + boost / 40)]);
    }
    scores.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const near = scores.slice(0, Math.max(limit, 30));
    const hits = await Promise.all(
      near.map(async ([number, score]) => {
        const [kind, address, title, text] = await entry(core, number);
        const titleFolded = fold(title);
        let bonus = 1;
        if (titleFolded.startsWith(folded)) bonus = 4;
        else if (` ${titleFolded} `.includes(` ${folded} `)) bonus = 3;
        else if (` ${fold(text)} `.includes(` ${folded} `)) bonus = 2.2;
        return {
          kind,
          address,
          title,
          text,
          score: score * bonus * (titleFolded.split(" ").length <= terms.length + 3 ? 1.2 : 1),
        };
      }),
    );
    hits.sort((a, b) => b.score - a.score);
    return { total: scores.length, hits: hits.slice(0, limit), terms };
  }

  /** Which words of a text matched: the whole phrase where it stands there, else each word. */
  function matches(keys, terms) {
    const near = (key, term, last) => key === term || (last && term.length > 1 && key.startsWith(term));
    const phrase = new Set();
    const filled = keys.map((key, i) => [key, i]).filter(([key]) => key);
    for (let i = 0; terms.length > 1 && i + terms.length <= filled.length; i++) {
      const run = filled.slice(i, i + terms.length);
      if (run.every(([key], k) => near(key, terms[k], k === terms.length - 1))) {
        for (let place = run[0][1]; place <= run.at(-1)[1]; place++) phrase.add(place);
      }
    }
    if (phrase.size) return phrase;
    return new Set(filled.filter(([key]) => terms.some((term) => near(key, term, term.length > 2))).map(([, i]) => i));
  }

  /** Text with the words that matched marked. */
  function marked(text, terms) {
    const box = document.createElement("span");
    const words = text.split(/([^\p{L}\p{N}\p{M}_&]+)/u);
    const hits = matches(words.map(fold), terms);
    let mark = null;
    words.forEach((word, i) => {
      if (!hits.has(i)) {
        mark = null;
        box.append(word);
        return;
      }
      if (!mark) {
        mark = document.createElement("mark");
        box.append(mark);
      }
      mark.append(word);
    });
    return box;
  }

  /** The part of a long text where most of the words matched. */
  function snippet(text, terms, length = 230) {
    if (text.length <= length) return text;
    const words = [...text.matchAll(/\S+/g)];
    let best = 0;
    let most = -1;
    const wanted = (word) => terms.includes(fold(word));
    const places = words.filter((m) => m[0].split(/[^\p{L}\p{N}\p{M}&]+/u).some(wanted)).map((m) => m.index);
    for (const start of places) {
      const count = places.filter((p) => p >= start && p < start + length - 40).length;
      if (count > most) [best, most] = [start, count];
    }
    let begin = Math.max(0, best - 40);
    if (begin) begin = text.indexOf(" ", begin) + 1;
    let end = Math.min(text.length, begin + length);
    if (end < text.length) end = text.lastIndexOf(" ", end);
    return (begin ? "… " : "") + text.slice(begin, end) + (end < text.length ? " …" : "");
  }

  function address(hit) {
    const [path, fragment] = hit.address.split("#");
    const name = path + ".html" + (fragment ? "#" + encodeURI(fragment) : "");
    return root + (english ? "en/" : "") + name;
  }

  function show(hit, terms) {
    const link = document.createElement("a");
    link.href = address(hit);
    link.className = "kh-hit";
    const kind = document.createElement("span");
    kind.className = "kh-hit-kind";
    kind.textContent = KINDS[hit.kind];
    const title = document.createElement("span");
    title.className = "kh-hit-title";
    title.append(marked(hit.title, terms));
    link.append(kind, title);
    if (hit.text) {
      const text = document.createElement("span");
      text.className = "kh-hit-text";
      text.lang = "vi";
      text.append(marked(snippet(hit.text, terms), terms));
      link.append(text);
    }
    return link;
  }

  function header() {
    const input = document.getElementById("kh-q");
    const box = document.getElementById("kh-hits");
    if (!input || !box) return;
    let asked = 0;
    let chosen = -1;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-controls", "kh-hits");
    input.setAttribute("aria-expanded", "false");
    box.setAttribute("role", "listbox");
    box.setAttribute("aria-label", english ? "Results" : "Kết quả");
    const close = () => {
      box.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const choose = (step) => {
      const links = [...box.querySelectorAll("a")];
      if (!links.length) return;
      chosen = (chosen + step + links.length) % links.length;
      links.forEach((link, i) => link.setAttribute("aria-selected", String(i === chosen)));
      links[chosen].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", links[chosen].id);
    };
    input.addEventListener("focus", () => part("core").catch(() => {}), { once: true });
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
      if (fold(query).length < 2) return close();
      let found;
      try {
        found = await find(query, 8);
      } catch {
        return close();
      }
      if (mine !== asked) return;
      chosen = -1;
      box.replaceChildren(
        ...found.hits.map((hit, i) => {
          const link = show(hit, found.terms);
          link.id = `kh-hit-${i}`;
          link.setAttribute("role", "option");
          link.tabIndex = -1;
          return link;
        }),
      );
      if (found.total) {
        const all = document.createElement("a");
        all.id = "kh-hit-all";
        all.href = `${root}${english ? "en/" : ""}search.html?q=${encodeURIComponent(query)}`;
        all.setAttribute("role", "option");
        all.tabIndex = -1;
        all.textContent = english ? `All ${found.total} results` : `Tất cả ${found.total} kết quả`;
        box.append(all);
      } else {
        const none = document.createElement("p");
        none.textContent = english ? "Nothing found." : "Không tìm thấy.";
        box.append(none);
      }
      box.hidden = false;
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
      if (!event.target.closest(".md-search") || event.target.closest(".kh-hits a")) close();
    });
    document.addEventListener("keydown", (event) => {
      const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        input.focus();
      }
    });
  }

  async function page() {
    const list = document.getElementById("kh-search-results");
    if (!list) return;
    const input = document.getElementById("kh-search-q");
    const count = document.getElementById("kh-search-count");
    const form = document.getElementById("kh-search-form");
    let asked = 0;
    const run = async () => {
      const mine = ++asked;
      const found = await find(input.value, 60);
      if (mine !== asked) return;
      list.replaceChildren(
        ...found.hits.map((hit) => {
          const item = document.createElement("li");
          item.append(show(hit, found.terms));
          return item;
        }),
      );
      count.textContent = !found.terms.length
        ? ""
        : english
          ? `${found.total} results${found.total > 60 ? ", the best 60 shown" : ""}`
          : `${found.total} kết quả${found.total > 60 ? ", hiện 60 kết quả đầu" : ""}`;
      const state = input.value ? `?q=${encodeURIComponent(input.value)}` : location.pathname;
      try {
        history.replaceState(null, "", state);
      } catch {
        /* A page of a folder may not rewrite its address. */
      }
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run();
    });
    input.addEventListener("input", run);
    input.value = new URLSearchParams(location.search).get("q") || "";
    if (input.value) await run();
    else input.focus();
  }

  header();
  queueMicrotask(page);
  return { put, find };
})();
