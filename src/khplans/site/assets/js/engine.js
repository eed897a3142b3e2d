/* The explorer's questions about a table, answered from Parquet: which rows, in which order, with which
   values. No page is needed here: served over HTTP this runs in a worker, from a folder in the page itself.
   Of a big file it reads the columns that a question needs, and long texts only for the rows in view. */
"use strict";
self.khEngine = function (config, bytesOf) {
  const { decompress, parquetMetadataAsync, parquetScan, readOffsetIndex } = self.khParquet;
  const WHOLE = 1_000_000; // bytes up to which a file is read at once
  const COLUMN = 300_000; // bytes up to which a column is
  const decoder = new TextDecoder();
  const days = new Map();
  const parsers = {
    dateFromDays(day) {
      if (!days.has(day)) days.set(day, new Date(day * 86400000).toISOString().slice(0, 10));
      return days.get(day);
    },
    stringFromBytes(bytes) {
      if (!bytes) return bytes;
      // Ids are short and plain; calling the decoder for each takes longer than decoding them.
      if (bytes.length > 64) return decoder.decode(bytes);
      for (let i = 0; i < bytes.length; i++) if (bytes[i] > 127) return decoder.decode(bytes);
      return String.fromCharCode.apply(null, bytes);
    },
  };

  /** Unpacks pages; the dictionary that comes along with each page of a column, once. */
  function unpacking() {
    const kept = new Map();
    return (input, length) => {
      const known = kept.get(input.length);
      if (known && known.output.length === length && known.input.every((byte, i) => byte === input[i])) {
        return known.output;
      }
      const output = decompress(input, new Uint8Array(length));
      kept.set(input.length, { input: input.slice(), output });
      if (kept.size > 16) kept.delete(kept.keys().next().value);
      return output;
    };
  }
  const types = new Map(config.columns.map((column) => [column.name, column.type]));
  const collator = new Intl.Collator("vi");

  /** One Parquet file: its columns whole, or the values of some rows. */
  class Table {
    constructor(name, place) {
      this.place = place;
      this.file = bytesOf(name, place, WHOLE);
      this.columns = new Map();
      this.texts = new Map();
    }

    open() {
      return (this.opened ??= (async () => {
        this.metadata = await parquetMetadataAsync(this.file, { initialFetchSize: 1 << 16 });
        const compressors = { ZSTD: unpacking() };
        const options = { file: this.file, metadata: this.metadata, compressors, parsers, useOffsetIndex: true };
        this.scan = await parquetScan(options);
        this.length = Number(this.metadata.num_rows);
        return this;
      })());
    }

    async read(name, start, end) {
      await this.open();
      const pieces = await Promise.all(
        this.scan.ranges
          .map(({ rowStart, rowEnd }) => [Math.max(rowStart, start), Math.min(rowEnd, end)])
          .filter(([from, to]) => from < to)
          .map(([rowStart, rowEnd]) => this.scan.readColumn({ column: name, rowStart, rowEnd })),
      );
      return pieces.length === 1 ? pieces[0] : pieces.flatMap((piece) => Array.from(piece));
    }

    /** A whole column. */
    async column(name) {
      await this.open();
      if (!this.columns.has(name)) this.columns.set(name, this.read(name, 0, this.length));
      return this.columns.get(name);
    }

    /** Where a column's pages begin, and where the last ends; nothing where the column is small. */
    async pages(name) {
      await this.open();
      if (this.place.size < WHOLE) return null;
      const starts = [];
      let bytes = 0;
      let row = 0;
      for (const group of this.metadata.row_groups) {
        const column = group.columns.find(({ meta_data }) => meta_data.path_in_schema[0] === name);
        if (!column.offset_index_length) return null;
        bytes += Number(column.meta_data.total_compressed_size);
        const begin = Number(column.offset_index_offset);
        const index = await this.file.slice(begin, begin + column.offset_index_length);
        const { page_locations } = readOffsetIndex({ view: new DataView(index), offset: 0 });
        for (const { first_row_index } of page_locations) starts.push(row + Number(first_row_index));
        row += Number(group.num_rows);
      }
      return bytes < COLUMN ? null : [...starts, row];
    }

    /** Values of a column in some rows; of a big column no more than the pages that they are in. */
    async values(name, rows) {
      const pages = this.columns.has(name) || rows.length > 2000 ? null : await this.pages(name);
      if (!pages) {
        const all = await this.column(name);
        return rows.map((row) => all[row] ?? null);
      }
      if (!this.texts.has(name)) this.texts.set(name, new Map());
      const known = this.texts.get(name);
      const runs = [];
      let page = 0;
      for (const row of rows.filter((row) => !known.has(row)).sort((a, b) => a - b)) {
        if (runs.length && row < runs.at(-1)[1]) continue;
        while (pages[page + 1] <= row) page++;
        if (runs.length && runs.at(-1)[1] === pages[page]) runs.at(-1)[1] = pages[page + 1];
        else runs.push([pages[page], pages[page + 1]]);
      }
      await Promise.all(
        runs.map(async ([start, end]) => {
          (await this.read(name, start, end)).forEach((value, i) => known.set(start + i, value));
        }),
      );
      return rows.map((row) => known.get(row) ?? null);
    }
  }

  const tables = Object.fromEntries(
    Object.entries(config.files).map(([name, place]) => [name, new Table(name, place)]),
  );
  const table = tables[config.table];
  const parts = config.table === "tasks" ? tables.task_agencies : null;

  const kept = new Map();
  /** What is worked out once. */
  const once = (name, make) => {
    if (!kept.has(name)) kept.set(name, make());
    return kept.get(name);
  };
  const columnsOf = (from, names) => Promise.all(names.map((name) => from.column(name)));

  /** Document id → its plan, number and how its plan is called. */
  const documents = () =>
    once("documents", async () => {
      const names = ["document_id", "plan_id", "parent_document_id", "document_type", "number", "province", "date"];
      const [ids, plans, parents, kinds, numbers, provinces, dates] = await columnsOf(tables.documents, names);
      const found = new Map();
      const called = new Map();
      ids.forEach((id, i) => {
        found.set(id, { plan: plans[i], number: numbers[i] ?? id });
        const name = { type: kinds[i], number: numbers[i], province: provinces[i], date: dates[i], id };
        if (!parents[i] || !called.has(plans[i])) called.set(plans[i], name);
      });
      return { found, called };
    });

  /** Agency id → name, with its province where names are shared. */
  const agencies = () =>
    once("agencies", async () => {
      if (!tables.agencies) return new Map();
      const [ids, names, provinces] = await columnsOf(tables.agencies, ["agency_id", "name", "province"]);
      const count = new Map();
      for (const name of names) count.set(name, (count.get(name) ?? 0) + 1);
      return new Map(
        ids.map((id, i) => [id, count.get(names[i]) > 1 && provinces[i] ? `${names[i]} (${provinces[i]})` : names[i]]),
      );
    });

  /** Measure id → name and theme. */
  const measures = () =>
    once("measures", async () => {
      if (!tables.measures) return new Map();
      const columns = ["measure_id", "name", "name_en", "theme"];
      const [ids, names, english, themes] = await columnsOf(tables.measures, columns);
      return new Map(ids.map((id, i) => [id, { name: (config.english && english[i]) || names[i], theme: themes[i] }]));
    });

  /** The values that a filter compares, one for each row (for an agency's part in a task: each part). */
  async function filtered(name) {
    if (name === "plan") {
      const [ids, { found }] = await Promise.all([table.column("document_id"), documents()]);
      return Array.from(ids, (id) => found.get(id)?.plan);
    }
    if (parts && (name === "agency" || name === "role")) return parts.column(name === "agency" ? "agency_id" : "role");
    if (name === "agency") return table.column("agency_id");
    if (name === "measure") return table.column("measure_id");
    if (name === "theme" && !types.has("theme")) {
      const [ids, known] = await Promise.all([table.column("measure_id"), measures()]);
      return Array.from(ids, (id) => known.get(id)?.theme ?? null);
    }
    return table.column(name);
  }

  /** The tasks in which an agency has a part, or anyone a role. */
  async function tasksOf({ agency, role }) {
    const [tasks, ids, roles] = await columnsOf(parts, ["task_id", "agency_id", "role"]);
    const found = new Set();
    for (let i = 0; i < tasks.length; i++) {
      if ((!agency || ids[i] === agency) && (!role || roles[i] === role)) found.add(tasks[i]);
    }
    return found;
  }

  /** Each row's words, folded, for the box that searches them. */
  const words = () =>
    once("words", async () => {
      const names = config.columns.filter((c) => c.type === "string" && !c.name.endsWith("_id")).map((c) => c.name);
      const texts = await columnsOf(table, names);
      return Array.from({ length: table.length }, (_, i) => self.khFold(texts.map((text) => text[i] ?? "").join(" ")));
    });

  async function sorted(rows, name, down) {
    const column = await table.column(name);
    const way = down ? -1 : 1;
    let rank = (value) => value;
    if (types.get(name) === "string") {
      // Few distinct values are put in order once and compared as numbers from then on.
      const distinct = [...new Set(rows.map((row) => column[row]))].filter((value) => value != null);
      const places = new Map(distinct.sort(collator.compare).map((value, i) => [value, i]));
      rank = (value) => (value == null ? null : places.get(value));
    }
    const keys = new Map(rows.map((row) => [row, rank(column[row]) ?? null]));
    return rows.sort((a, b) => {
      const [x, y] = [keys.get(a), keys.get(b)];
      if (x === null || y === null) return x === y ? a - b : x === null ? 1 : -1;
      return x < y ? -way : x > y ? way : a - b;
    });
  }

  /** The rows that a state of the explorer asks for, in its order. */
  async function chosen(state) {
    await table.open();
    let rows = Array.from({ length: table.length }, (_, i) => i);
    const asked = new Set(config.filters.filter((name) => state[name]));
    // A column that has no control of its own can still be asked for by address.
    for (const name of Object.keys(state)) if (types.has(name)) asked.add(name);
    if (parts && (state.agency || state.role)) {
      const [wanted, tasks] = await Promise.all([tasksOf(state), table.column("task_id")]);
      rows = rows.filter((row) => wanted.has(tasks[row]));
      asked.delete("agency");
      asked.delete("role");
    }
    for (const name of asked) {
      const column = await filtered(name);
      if (name === "deadline" && state[name].includes("..")) {
        const [from, to] = state[name].split("..");
        rows = rows.filter((row) => column[row] && (!from || column[row] >= from) && (!to || column[row] <= to));
      } else rows = rows.filter((row) => String(column[row]) === state[name]);
    }
    if (state.q) {
      const wanted = self.khFold(state.q).split(" ");
      const texts = await words();
      rows = rows.filter((row) => wanted.every((word) => texts[row].includes(word)));
    }
    return types.has(state.sort) ? sorted(rows, state.sort, state.dir === "desc") : rows;
  }

  let last = { key: null, rows: null };
  function rowsOf(state) {
    const { page, ...rest } = state;
    const key = JSON.stringify(rest);
    if (last.key !== key) last = { key, rows: chosen(rest) };
    return last.rows;
  }

  /** Who leads and who coordinates some tasks, by name. */
  async function shared(ids) {
    const [[tasks, agency, roles], names] = await Promise.all([
      columnsOf(parts, ["task_id", "agency_id", "role"]),
      agencies(),
    ]);
    const found = new Map(ids.map((id) => [id, { lead: [], coordinate: [] }]));
    for (let i = 0; i < tasks.length; i++) {
      found.get(tasks[i])?.[roles[i]]?.push(names.get(agency[i]) ?? agency[i]);
    }
    return ids.map((id) => found.get(id));
  }

  /** Where rows stand in their plans' originals: the page, and whether words of theirs may have been misread. */
  async function placesOf(rows, held, ids) {
    const [known, doubted, starts, keys] = await Promise.all([
      once("pages", async () => {
        const [plans, numbers, begins] = await columnsOf(tables.pages, ["plan_id", "page", "start"]);
        const found = new Map();
        plans.forEach((plan, i) => {
          if (begins[i] == null) return;
          if (!found.has(plan)) found.set(plan, []);
          found.get(plan).push([begins[i], numbers[i]]);
        });
        return found;
      }),
      once("misread", async () => {
        const [named, of, codes] = await columnsOf(tables.warnings, ["table", "row_id", "code"]);
        return new Set(of.filter((_, i) => named[i] === config.table && config.misread.includes(codes[i])));
      }),
      table.values("start", rows),
      table.values(config.key[0], rows),
    ]);
    return rows.map((_, i) => {
      const pages = known.get(held.found.get(ids[i])?.plan) ?? [];
      const page = pages.findLast(([begin]) => begin <= starts[i])?.[1];
      return page == null ? null : { page, misread: doubted.has(keys[i]) };
    });
  }

  return {
    /** A stretch of the rows asked for: `values` by column, how many there are of all, and names for ids. */
    async rows({ state, from, to, columns }) {
      const all = await rowsOf(state);
      const shown = all.slice(from, to);
      const values = {};
      const reading = columns.map(async (name) => (values[name] = await table.values(name, shown)));
      const [held, names, known] = await Promise.all([
        types.has("document_id") ? documents() : null,
        types.has("agency_id") ? agencies() : null,
        types.has("measure_id") ? measures() : null,
        ...reading,
      ]);
      if (parts) {
        const both = await shared(await table.values("task_id", shown));
        for (const role of ["lead", "coordinate"]) values[role] = both.map((task) => task[role].join("; "));
      }
      return {
        total: all.length,
        length: table.length,
        values,
        places: config.misread ? await placesOf(shown, held, await table.values("document_id", shown)) : [],
        documents: held && (values.document_id ?? []).map((id) => held.found.get(id) ?? null),
        agencies: names && (values.agency_id ?? []).map((id) => names.get(id) ?? null),
        measures: known && (values.measure_id ?? []).map((id) => known.get(id)?.name ?? null),
      };
    },

    /** The values of a filter with how often each occurs; ids with what they are called. */
    async options(name) {
      const counts = new Map();
      for (const value of await filtered(name)) if (value != null) counts.set(value, (counts.get(value) ?? 0) + 1);
      let called = () => null;
      if (name === "plan") called = ((known) => (id) => known.get(id))((await documents()).called);
      if (name === "agency") called = ((known) => (id) => known.get(id))(await agencies());
      if (name === "measure") called = ((known) => (id) => known.get(id)?.name)(await measures());
      return [...counts].map(([value, count]) => [value, count, called(value) ?? null]);
    },

    /** All rows asked for, all columns, values as the data has them, and who leads and coordinates. */
    async sheet(state) {
      const rows = await rowsOf(state);
      const head = config.columns.map((column) => column.name);
      const columns = await Promise.all(head.map((name) => table.values(name, rows)));
      const kinds = config.columns.map((column) => column.type);
      if (parts) {
        const both = await shared(await table.values("task_id", rows));
        for (const role of ["lead", "coordinate"]) {
          head.push(role);
          kinds.push("string");
          columns.push(both.map((task) => task[role].join("; ")));
        }
      }
      return { head, types: kinds, lines: rows.map((_, i) => columns.map((column) => column[i])) };
    },
  };
};

/** A file over HTTP: a small one at once, of a big one the ranges that are asked for. */
self.khRemote = function (name, { url, size }, whole) {
  let all;
  const kept = new Map();
  async function range(start, end) {
    const answer = await fetch(url, { headers: { Range: `bytes=${start}-${end - 1}` } });
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    if (answer.status === 206) return answer.arrayBuffer();
    all = answer.arrayBuffer(); // a server without ranges sent everything
    return (await all).slice(start, end);
  }
  async function everything() {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    return answer.arrayBuffer();
  }
  return {
    byteLength: size,
    async slice(start, end = size) {
      if (!all && size < whole) all = everything();
      if (all) return (await all).slice(start, end);
      const key = `${start}-${end}`;
      if (!kept.has(key)) kept.set(key, range(start, end));
      return kept.get(key);
    },
  };
};

if (typeof WorkerGlobalScope !== "undefined") {
  let engine;
  self.onmessage = async ({ data: { id, config, method, argument } }) => {
    try {
      if (config) engine = self.khEngine(config, self.khRemote);
      postMessage({ id, value: method ? await engine[method](argument) : null });
    } catch (error) {
      postMessage({ id, error: String(error?.message ?? error) });
    }
  };
}
