/* SQL over all tables: SQLite compiled for browsers, loaded when the first question is asked. The question
   stands in the address, so that Back goes back to the one before and a link asks it again. */
(function () {
  "use strict";
  const { root, tree, catalogue, english, say, count, make } = self.khPage;
  const form = document.getElementById("kh-sql");
  const text = document.getElementById("kh-sql-text");
  const state = document.getElementById("kh-sql-state");
  const result = document.getElementById("kh-sql-result");
  const saving = document.getElementById("kh-sql-save");
  const asked = document.getElementById("kh-sql-history");
  const LIMIT = 30; // seconds that a question may take
  const KEPT = 20;
  const LONG = 20_000; // letters of a value that are shown; the download has all
  const SHORT = 12; // letters of a value that stays on one line: a date, a number
  let last = null;

  /* ---- the database ---- */

  let worker;
  /** Stops the question that has no answer yet, and the worker with it. */
  let stop = () => {};
  /** The answer of the worker. A question is stopped where it takes too long, and by the next one. */
  function inWorker(query) {
    stop("interrupted");
    worker ??= new Worker(`${root}static/js/sql-engine.js`);
    return new Promise((resolve, reject) => {
      const done = (settle, value) => {
        clearTimeout(timer);
        stop = () => {};
        settle(value);
      };
      stop = (message) => {
        worker.terminate();
        worker = undefined;
        done(reject, new Error(message));
      };
      const timer = setTimeout(() => stop("interrupted"), LIMIT * 1000);
      worker.onmessage = ({ data: { error, lost, ...answer } }) => {
        if (lost) stop(lost);
        else if (error) done(reject, new Error(error));
        else done(resolve, answer);
      };
      worker.onerror = (event) => stop(event.message || "worker");
      worker.postMessage({ base: new URL(root, location.href).href, query });
    });
  }

  let opened;
  async function inPage(query) {
    const open = async () => {
      await self.khScript("static/js/sql-engine.js");
      const [wasmBinary, bytes] = await Promise.all(["sql-wasm.wasm", "khplans.sqlite"].map(self.khFolder));
      return self.khDatabase({ wasmBinary }, bytes);
    };
    opened ??= open();
    opened.catch(() => (opened = undefined));
    const ask = await opened;
    const began = performance.now();
    return { found: ask(query), took: Math.round(performance.now() - began) };
  }

  const answerOf = location.protocol === "file:" ? inPage : inWorker;

  /* ---- what SQLite complains of, in the reader's language ---- */

  const ERRORS = [
    [/^no such table: (.+)/, (name) => say("There is no table “%(name)s”; the tables are named below.", { name })],
    [/^no such column: (.+)/, (name) => say("The tables named have no column “%(name)s”. Texts stand in single quotes: 'text'.", { name })],
    [/^no such function: (.+)/, (name) => say("SQLite has no function “%(name)s”.", { name })],
    [/^ambiguous column name: (.+)/, (name) => say("Several of the tables have a column “%(name)s”; write the table's name before it, as tasks.%(name)s.", { name })],
    [/^near "(.*)": syntax error/, (words) => say("The query's syntax is wrong near “%(words)s”.", { words })],
    [/^incomplete input/, () => say("The query is not finished.")],
    [/^unrecognized token: (.+)/, (words) => say("%(words)s is not understood; a quote may be missing.", { words })],
    [/^misuse of aggregate:? ?(.*)/, (name) => say("The aggregate %(name)s can't stand in WHERE; use HAVING.", { name })],
    [/^wrong number of arguments to function (.+)/, (name) => say("The function %(name)s takes another number of arguments.", { name })],
    [/^a GROUP BY clause is required/, () => say("HAVING needs a GROUP BY.")],
    [/number of result columns|same number of/, () => say("What UNION joins must have the same number of columns.")],
    [/^too much/, () => say("The result is too large; add a WHERE or LIMIT.")],
    [/readonly database/, () => say("The data here is for reading only: use SELECT.")],
    [/^interrupted/, () => say("The query took more than %(limit)s seconds and was stopped.", { limit: LIMIT })],
    [/^khplans\.sqlite|NetworkError|Failed to fetch|^worker|WebAssembly/, () => say("The database could not be opened; try again or download the tables.")],
  ];

  function explained(message) {
    for (const [pattern, words] of ERRORS) {
      const found = pattern.exec(message);
      if (found) return `${words(...found.slice(1))} (SQLite: ${message})`;
    }
    return say("SQLite says: %(message)s", { message });
  }

  /* ---- the result ---- */

  function table({ columns, values, links, shown }) {
    const grid = make("table");
    const head = grid.createTHead().insertRow();
    head.append(...columns.map((name) => make("th", { scope: "col" }, self.khVisible(name))));
    const body = grid.createTBody();
    for (const row of values.slice(0, shown)) {
      const line = body.insertRow();
      row.forEach((value, i) => {
        const cell = line.insertCell();
        const path = links[i]?.get(value);
        const whole = String(value ?? "");
        const words = self.khVisible(whole.length > LONG ? `${whole.slice(0, LONG)} …` : whole);
        if (words.length <= SHORT) cell.className = "nowrap";
        cell.append(path ? make("a", { href: tree + path }, words) : words);
      });
    }
    return make("div", { class: "kh-scroll", tabindex: 0, role: "region", "aria-label": say("The result") }, grid);
  }

  function counted({ values, shown }, took) {
    const rows = count("%(n)s row", "%(n)s rows", values.length);
    const part = values.length > shown ? say("the first %(shown)s shown", { shown }) : "";
    return [rows, part, `${took} ms`].filter(Boolean).join(", ");
  }

  let running = 0;
  async function run() {
    const query = text.value;
    const mine = ++running;
    state.textContent = say("Asking…");
    try {
      const { found, took } = await answerOf(query);
      if (mine !== running) return;
      last = found;
      result.replaceChildren(...(found ? [table(found)] : []));
      state.textContent = found ? counted(found, took) : say("No result.");
      remember(query);
    } catch (error) {
      if (mine !== running) return;
      last = null;
      result.replaceChildren();
      state.textContent = self.khVisible(explained(String(error?.message ?? error)));
    }
    saving.disabled = !last;
  }

  /* ---- the address ---- */

  const inAddress = () => new URLSearchParams(location.hash.slice(1)).get("q");

  function ask(query) {
    text.value = query;
    if (inAddress() === query) run();
    else location.hash = `q=${encodeURIComponent(query)}`; // and what hears of that runs it
  }

  function follow() {
    const query = inAddress();
    if (!query) return;
    text.value = query;
    run();
  }

  /* ---- what was asked in this browser ---- */

  function history() {
    try {
      const kept = JSON.parse(localStorage.getItem("khplans-sql") ?? "[]");
      return Array.isArray(kept) ? kept.filter((query) => typeof query === "string") : [];
    } catch {
      return [];
    }
  }

  function keep(queries) {
    try {
      localStorage.setItem("khplans-sql", JSON.stringify(queries));
    } catch {
      /* A browser may keep nothing. */
    }
    list();
  }

  const remember = (query) => keep([query, ...history().filter((other) => other !== query)].slice(0, KEPT));

  function list() {
    const queries = history();
    asked.hidden = !queries.length;
    asked.querySelector("ol").replaceChildren(
      ...queries.map((query) => {
        const button = make("button", { type: "button" }, self.khVisible(query));
        button.addEventListener("click", () => ask(query));
        return make("li", {}, button);
      }),
    );
  }

  asked.querySelector("[data-clear]").addEventListener("click", () => {
    keep([]);
    text.focus();
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(text.value);
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) ask(text.value);
  });
  for (const button of document.querySelectorAll("[data-sql]")) {
    button.addEventListener("click", () => ask(button.dataset.sql));
  }
  saving.addEventListener("click", async () => {
    await self.khScript("static/js/sheet.js");
    const { save, toCsv } = self.khSheet;
    save(toCsv(last.columns.map((title) => ({ title })), last.values, english ? "en" : "vi"), `${catalogue}-sql.csv`);
  });
  addEventListener("hashchange", follow);
  list();
  follow();
})();
