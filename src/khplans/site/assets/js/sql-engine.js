/* The database that the SQL page asks: over HTTP in a worker, so that a query that takes too long can be
   stopped; opened from a folder, in the page itself. */
"use strict";
(function () {
  /** The columns whose values name a row of a table that has its place in a plan's text. */
  const ROWS = new Map([
    ["task_id", "tasks"],
    ["indicator_id", "indicators"],
    ["citation_id", "citations"],
    ["short_citation_id", "short_citations"],
    ["correction_id", "corrections"],
    ["section_id", "sections"],
    ["document_id", "documents"],
  ]);
  /** Those that name something with a page of its own: its folder, and which values have one. */
  const PAGES = new Map([
    ["plan_id", ["plans", "SELECT plan_id FROM documents"]],
    ["agency_id", ["agencies", "SELECT agency_id FROM agencies"]],
    ["instrument_id", ["instruments", "SELECT instrument_id FROM instruments"]],
    ["measure_id", ["measures", "SELECT measure_id FROM indicators WHERE measure_id IS NOT NULL"]],
  ]);
  const SHOWN = 500;
  const MOST = 50_000_000; // what a result may hold: letters of its texts, and eight for each value

  const pageName = (id) => self.khSlug(id) || "x";

  self.khDatabase = async (options, bytes) => {
    const sql = await self.initSqlJs(options);
    const database = new sql.Database(new Uint8Array(bytes));

    /** The rows of the last of a query's statements that gives any; none of them may change the data. */
    function rowsOf(query) {
      let found = null;
      let size = 0;
      for (const statement of database.iterateStatements(query)) {
        database.run("PRAGMA query_only = 1"); // the statement before may have undone it
        const values = [];
        while (statement.step()) {
          const row = statement.get();
          values.push(row);
          for (const value of row) size += 8 + (value?.length ?? 0);
          if (size > MOST) throw new Error("too much");
        }
        if (values.length) found = { columns: statement.getColumnNames(), values };
      }
      return found;
    }

    /** The addresses of what a column's values name, below the language's tree. */
    function linksOf(name, values) {
      const marks = values.map(() => "?").join(",");
      const all = (query) => database.exec(query, values)[0]?.values ?? [];
      const table = ROWS.get(name);
      if (table) {
        const plans = all(`SELECT t.${name}, d.plan_id FROM ${table} t JOIN documents d USING (document_id) WHERE t.${name} IN (${marks})`);
        return plans.map(([id, plan]) => [id, `plans/${pageName(plan)}.html#${table}/${encodeURI(id).replaceAll("%20", "_")}`]);
      }
      const [folder, known] = PAGES.get(name);
      const found = all(`SELECT id FROM (SELECT DISTINCT value AS id FROM json_each(json_array(${marks}))) WHERE id IN (${known})`);
      return found.map(([id]) => [id, `${folder}/${pageName(id)}.html`]);
    }

    /** The last result of a query, with where the ids in its first rows lead. */
    return (query) => {
      const found = rowsOf(query);
      if (!found) return null;
      const links = [];
      found.columns.forEach((name, i) => {
        const values = [...new Set(found.values.slice(0, SHOWN).map((row) => row[i]))].filter((value) => typeof value === "string");
        if (values.length && (ROWS.has(name) || PAGES.has(name))) links[i] = new Map(linksOf(name, values));
      });
      return { ...found, links, shown: SHOWN };
    };
  };

  if (typeof WorkerGlobalScope !== "undefined") {
    let database;
    self.onmessage = async ({ data: { base, query } }) => {
      const open = async () => {
        const answer = await fetch(`${base}static/khplans.sqlite`);
        if (!answer.ok) throw new Error(`khplans.sqlite: ${answer.status}`);
        return self.khDatabase({ locateFile: (name) => `${base}static/vendor/sql.js/${name}` }, await answer.arrayBuffer());
      };
      const told = (error) => String(error?.message ?? error);
      try {
        database ??= await open();
      } catch (error) {
        return postMessage({ lost: told(error) });
      }
      try {
        const began = performance.now();
        postMessage({ found: database(query), took: Math.round(performance.now() - began) });
      } catch (error) {
        // A database that broke down answers nothing any more.
        postMessage({ [error instanceof WebAssembly.RuntimeError ? "lost" : "error"]: told(error) });
      }
    };
  }
})();
