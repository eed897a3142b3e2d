/* SQL over all tables: SQLite compiled for browsers, loaded when the first question is asked. */
(function () {
  "use strict";
  const root = document.querySelector("[data-root]").dataset.root;
  const english = document.querySelector("[data-root]").dataset.lang === "en";
  const form = document.getElementById("kh-sql");
  const text = document.getElementById("kh-sql-text");
  const state = document.getElementById("kh-sql-state");
  const result = document.getElementById("kh-sql-result");
  const saving = document.getElementById("kh-sql-save");
  let opening;
  let last = null;

  async function open() {
    const base = "static/vendor/sql.js/";
    await self.khScript(`${base}sql-wasm.js`);
    if (location.protocol === "file:") {
      const [wasmBinary, bytes] = await Promise.all(["sql-wasm.wasm", "khplans.sqlite"].map(self.khFolder));
      const sql = await window.initSqlJs({ wasmBinary });
      return new sql.Database(new Uint8Array(bytes));
    }
    const [sql, bytes] = await Promise.all([
      window.initSqlJs({ locateFile: (name) => root + base + name }),
      fetch(`${root}static/khplans.sqlite`).then((answer) => answer.arrayBuffer()),
    ]);
    return new sql.Database(new Uint8Array(bytes));
  }

  function table({ columns, values }) {
    const grid = document.createElement("table");
    const head = grid.createTHead().insertRow();
    for (const name of columns) {
      const cell = document.createElement("th");
      cell.scope = "col";
      cell.textContent = self.khVisible(name);
      head.append(cell);
    }
    const body = grid.createTBody();
    for (const row of values.slice(0, 500)) {
      const line = body.insertRow();
      for (const value of row) line.insertCell().textContent = self.khVisible(String(value ?? ""));
    }
    const box = document.createElement("div");
    box.className = "kh-scroll";
    box.tabIndex = 0;
    box.append(grid);
    return box;
  }

  async function run() {
    state.textContent = english ? "Loading…" : "Đang mở…";
    try {
      const database = await (opening ??= open());
      const began = performance.now();
      const found = database.exec(text.value);
      last = found.at(-1) ?? null;
      const took = Math.round(performance.now() - began);
      const rows = last ? last.values.length : 0;
      result.replaceChildren(...(last ? [table(last)] : []));
      state.textContent = english ? `${rows} rows, ${took} ms` : `${rows} dòng, ${took} ms`;
      saving.disabled = !last;
    } catch (error) {
      opening = window.initSqlJs ? opening : undefined;
      result.replaceChildren();
      state.textContent = self.khVisible(String(error.message ?? error));
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
  });
  for (const button of document.querySelectorAll("[data-sql]")) {
    button.addEventListener("click", () => {
      text.value = button.dataset.sql;
      run();
    });
  }
  saving.addEventListener("click", async () => {
    await self.khScript("static/js/sheet.js");
    const { save, toCsv } = self.khSheet;
    save(toCsv(last.columns, last.values), "khplans-sql.csv");
  });
})();
