/* SQL over all tables: SQLite compiled for browsers, loaded when the first question is asked. The question
   stands in the address, so that Back goes back to the one before and a link asks it again. */
(function () {
  "use strict";
  const { root, tree, catalogue, english, say, make } = self.khPage;
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
  const number = new Intl.NumberFormat(english ? "en" : "vi");
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
    [/^no such table: (.+)/, (name) => say(`Không có bảng “${name}”; tên các bảng ở cuối trang.`, `There is no table “${name}”; the tables are named below.`)],
    [/^no such column: (.+)/, (name) => say(`Không có cột “${name}” trong các bảng đã nêu. Chữ phải đặt trong dấu nháy đơn: 'chữ'.`, `The tables named have no column “${name}”. Texts stand in single quotes: 'text'.`)],
    [/^no such function: (.+)/, (name) => say(`SQLite không có hàm “${name}”.`, `SQLite has no function “${name}”.`)],
    [/^ambiguous column name: (.+)/, (name) => say(`Cột “${name}” có ở nhiều bảng; viết tên bảng phía trước, như tasks.${name}.`, `Several of the tables have a column “${name}”; write the table's name before it, as tasks.${name}.`)],
    [/^near "(.*)": syntax error/, (words) => say(`Câu lệnh sai cú pháp ở gần “${words}”.`, `The query's syntax is wrong near “${words}”.`)],
    [/^incomplete input/, () => say("Câu lệnh còn thiếu phần cuối.", "The query is not finished.")],
    [/^unrecognized token: (.+)/, (words) => say(`Không hiểu ${words}; có thể thiếu một dấu nháy.`, `${words} is not understood; a quote may be missing.`)],
    [/^misuse of aggregate:? ?(.*)/, (name) => say(`Hàm gộp ${name} không dùng được ở WHERE; dùng HAVING.`, `The aggregate ${name} can't stand in WHERE; use HAVING.`)],
    [/^wrong number of arguments to function (.+)/, (name) => say(`Hàm ${name} nhận số đối số khác.`, `The function ${name} takes another number of arguments.`)],
    [/^a GROUP BY clause is required/, () => say("HAVING cần có GROUP BY.", "HAVING needs a GROUP BY.")],
    [/number of result columns|same number of/, () => say("Các phần nối nhau bằng UNION phải có số cột bằng nhau.", "What UNION joins must have the same number of columns.")],
    [/^too much/, () => say("Kết quả quá lớn; thêm WHERE hay LIMIT.", "The result is too large; add a WHERE or LIMIT.")],
    [/readonly database/, () => say("Dữ liệu ở đây chỉ để đọc: dùng SELECT.", "The data here is for reading only: use SELECT.")],
    [/^interrupted/, () => say(`Câu lệnh chạy quá ${LIMIT} giây nên bị dừng.`, `The query took more than ${LIMIT} seconds and was stopped.`)],
    [/^khplans\.sqlite|NetworkError|Failed to fetch|^worker|WebAssembly/, () => say("Không mở được cơ sở dữ liệu; thử lại hoặc tải các bảng.", "The database could not be opened; try again or download the tables.")],
  ];

  function explained(message) {
    for (const [pattern, words] of ERRORS) {
      const found = pattern.exec(message);
      if (found) return `${words(...found.slice(1))} (SQLite: ${message})`;
    }
    return say(`SQLite báo lỗi: ${message}`, `SQLite says: ${message}`);
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
    return make("div", { class: "kh-scroll", tabindex: 0, role: "region", "aria-label": say("Kết quả", "The result") }, grid);
  }

  function counted({ values, shown }, took) {
    const n = values.length;
    const rows = say(`${number.format(n)} dòng`, `${number.format(n)} ${n === 1 ? "row" : "rows"}`);
    const part = n > shown ? say(`, hiện ${shown} dòng đầu`, `, the first ${shown} shown`) : "";
    return `${rows}${part}, ${took} ms`;
  }

  let running = 0;
  async function run() {
    const query = text.value;
    const mine = ++running;
    state.textContent = say("Đang tìm…", "Asking…");
    try {
      const { found, took } = await answerOf(query);
      if (mine !== running) return;
      last = found;
      result.replaceChildren(...(found ? [table(found)] : []));
      state.textContent = found ? counted(found, took) : say("Không có kết quả.", "No result.");
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
