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
  /** The table whose rows have the values of some filters, several to a row of this one. */
  const through = config.through && { ...config.through, rows: tables[config.through.table] };
  const roles = config.table === "tasks";

  const kept = new Map();
  /** What is worked out once. */
  const once = (name, make) => {
    if (!kept.has(name)) kept.set(name, make());
    return kept.get(name);
  };
  const columnsOf = (from, names) => Promise.all(names.map((name) => from.column(name)));

  /** Document id → its plan, number, province, date and issuer's id, and how its plan is called. */
  const documents = () =>
    once("documents", async () => {
      const names = ["document_id", "plan_id", "parent_document_id", "document_type", "number", "province", "date", "issuer_id"];
      const [ids, plans, parents, kinds, numbers, provinces, dates, issuers] = await columnsOf(tables.documents, names);
      const found = new Map();
      const called = new Map();
      ids.forEach((id, i) => {
        found.set(id, { plan: plans[i], number: numbers[i] ?? id, province: provinces[i], date: dates[i], issuer: issuers[i] });
        const name = { type: kinds[i], number: numbers[i], province: provinces[i], date: dates[i], id };
        if (!parents[i] || !called.has(plans[i])) called.set(plans[i], name);
      });
      return { found, called };
    });

  /** Agency id → name, with its province where names are shared, and province. */
  const agencies = () =>
    once("agencies", async () => {
      if (!tables.agencies) return new Map();
      const [ids, names, provinces] = await columnsOf(tables.agencies, ["agency_id", "name", "province"]);
      const count = new Map();
      for (const name of names) count.set(name, (count.get(name) ?? 0) + 1);
      const called = (i) => (count.get(names[i]) > 1 && provinces[i] ? `${names[i]} (${provinces[i]})` : names[i]);
      return new Map(ids.map((id, i) => [id, { name: called(i), province: provinces[i] }]));
    });

  /** Measure id → name and theme. */
  const measures = () =>
    once("measures", async () => {
      if (!tables.measures) return new Map();
      const columns = ["measure_id", "name", "name_en", "theme"];
      const [ids, names, english, themes] = await columnsOf(tables.measures, columns);
      return new Map(ids.map((id, i) => [id, { name: (config.english && english[i]) || names[i], theme: themes[i] }]));
    });

  /* ---- filters ---- */

  const sourceOf = (name) => (through?.filters.includes(name) ? through.rows : table);

  /** The province of each row of the table that a filter reads. */
  async function provinces(source) {
    const column = await source.column(config.province);
    if (config.province === "province") return column;
    const [{ found, called }, bodies] = await Promise.all([documents(), agencies()]);
    const known = { document_id: found, plan_id: called }[config.province] ?? bodies;
    return Array.from(column, (id) => known.get(id)?.province ?? null);
  }

  /** The values that a filter compares, one for each row of the table that it reads. */
  async function filtered(name) {
    const source = sourceOf(name);
    if (name === "province") return provinces(source);
    if (name === "plan") {
      const [ids, { found }] = await Promise.all([source.column("document_id"), documents()]);
      return Array.from(ids, (id) => found.get(id)?.plan);
    }
    if (name === "theme" && !types.has("theme")) {
      const [ids, known] = await Promise.all([source.column("measure_id"), measures()]);
      return Array.from(ids, (id) => known.get(id)?.theme ?? null);
    }
    return source.column({ agency: "agency_id", measure: "measure_id" }[name] ?? name);
  }

  /** What a state asks of each filter; a column that has no control of its own can be asked for by address. */
  const askedOf = (state) => Object.keys(state).filter((name) => config.filters.includes(name) || types.has(name));

  /** Rows of the other table in which all that is asked of its filters holds at once. */
  async function matching(state, names) {
    const columns = await Promise.all(names.map(filtered));
    await through.rows.open();
    const rows = Array.from({ length: through.rows.length }, (_, i) => i);
    return rows.filter((row) => names.every((name, i) => String(columns[i][row]) === state[name]));
  }

  /** Each row's words, folded, for the box that searches them. */
  const words = () =>
    once("words", async () => {
      const names = config.columns.filter((c) => c.type === "string" && !c.name.endsWith("_id")).map((c) => c.name);
      const texts = await columnsOf(table, names);
      return Array.from({ length: table.length }, (_, i) => self.khFold(texts.map((text) => text[i] ?? "").join(" ")));
    });

  function holds(name, wanted) {
    if (name !== "deadline" || !wanted.includes("..")) return (value) => String(value) === wanted;
    const [from, to] = wanted.split("..");
    return (value) => value && (!from || value >= from) && (!to || value <= to);
  }

  /** The rows for which all that a state asks holds. */
  async function narrowed(state) {
    let rows = await fullest();
    const asked = askedOf(state);
    const elsewhere = asked.filter((name) => sourceOf(name) !== table);
    if (elsewhere.length) {
      const [found, keys, own] = await Promise.all([
        matching(state, elsewhere),
        through.rows.column(through.key),
        table.column(through.key),
      ]);
      const wanted = new Set(found.map((row) => keys[row]));
      rows = rows.filter((row) => wanted.has(own[row]));
    }
    for (const name of asked.filter((name) => sourceOf(name) === table)) {
      const [column, right] = [await filtered(name), holds(name, state[name])];
      rows = rows.filter((row) => right(column[row]));
    }
    if (state.q) {
      const wanted = self.khFold(state.q).split(" ");
      if (!wanted[0]) return []; // signs that no row is looked through for
      const texts = await words();
      rows = rows.filter((row) => wanted.every((word) => texts[row].includes(word)));
    }
    return rows;
  }

  /* ---- orders ---- */

  /** All rows, those with most in them first, else as the table has them. */
  const fullest = () =>
    once("fullest", async () => {
      await table.open();
      const filled = new Uint8Array(table.length);
      await Promise.all(
        config.fullest.map(async (name) => {
          if (name === "lead" || name === "coordinate") {
            const [found, keys, own] = await Promise.all([
              matching({ role: name }, ["role"]),
              through.rows.column(through.key),
              table.column(through.key),
            ]);
            const having = new Set(found.map((row) => keys[row]));
            own.forEach((key, row) => (filled[row] += having.has(key)));
          } else (await table.column(name)).forEach((value, row) => (filled[row] += value != null));
        }),
      );
      return Array.from(filled, (_, i) => i).sort((a, b) => filled[b] - filled[a] || a - b);
    });

  /** A figure below zero where it falls. */
  const signed = (value, change) => (change === "decrease" ? -value : value);

  async function signedOf(name, rows) {
    const [values, changes] = await Promise.all([table.values(name, rows), table.values("change", rows)]);
    return values.map((value, i) => (value == null ? null : signed(value, changes[i])));
  }

  /** What a column's rows are sorted by. */
  async function ranked(name) {
    const column = await table.column(name);
    if (name === "value" && types.has("change")) {
      const changes = await table.column("change");
      return Array.from(column, (value, i) => (value == null ? null : signed(value, changes[i])));
    }
    if (types.get(name) !== "string") return column;
    const distinct = [...new Set(column)].filter((value) => value != null);
    const places = new Map(distinct.sort(collator.compare).map((value, i) => [value, i]));
    return Array.from(column, (value) => (value == null ? null : places.get(value)));
  }

  async function sorted(rows, name, down) {
    const [keys, way] = [await ranked(name), down ? -1 : 1];
    return [...rows].sort((a, b) => {
      const [x, y] = [keys[a] ?? null, keys[b] ?? null];
      if (x === null || y === null) return x === y ? a - b : x === null ? 1 : -1;
      return x < y ? -way : x > y ? way : a - b;
    });
  }

  const last = new Map();
  /** Rows of the last states that were asked for. */
  function remembered(kind, state, make) {
    const key = JSON.stringify([kind, state]);
    const found = last.get(key) ?? make();
    last.delete(key);
    last.set(key, found);
    if (last.size > 12) last.delete(last.keys().next().value);
    return found;
  }
  const rowsWith = ({ sort, dir, ...asked }) => remembered("rows", asked, () => narrowed(asked));
  const rowsOf = (state) =>
    types.has(state.sort)
      ? remembered("sorted", state, async () => sorted(await rowsWith(state), state.sort, state.dir === "desc"))
      : rowsWith(state);

  /* ---- names ---- */

  /** Who leads and who coordinates some tasks: names, each with how it is known. */
  async function shared(ids) {
    const [[tasks, bodies, kinds, bases], names] = await Promise.all([
      columnsOf(through.rows, ["task_id", "agency_id", "role", "basis"]),
      agencies(),
    ]);
    const found = new Map(ids.map((id) => [id, { lead: [], coordinate: [] }]));
    for (let i = 0; i < tasks.length; i++) {
      found.get(tasks[i])?.[kinds[i]]?.push([names.get(bodies[i])?.name ?? bodies[i], bases[i]]);
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

  /** The columns that a row of another table is called by, and what stands between them. */
  const CALLED = {
    documents: [["number", "title"], null],
    sections: [["path", "heading"], " "],
    tasks: [["text"], null],
    citations: [["quote"], null],
    indicators: [["name", "quote"], ": "],
    instruments: [["document_type", "number", "title", "date"], " "],
  };

  /** What a spreadsheet calls the rows of another table, by id. */
  const called = (name) =>
    once(`called ${name}`, async () => {
      if (name === "agencies" || name === "measures") {
        const known = await { agencies, measures }[name]();
        return new Map([...known].map(([id, { name }]) => [id, name]));
      }
      const [columns, between] = CALLED[name];
      const key = `${name.slice(0, -1)}_id`;
      const [ids, ...texts] = await columnsOf(tables[name], [key, ...columns]);
      const short = (text) => (text.length > 160 ? `${text.slice(0, 159).trimEnd()}…` : text);
      return new Map(
        Array.from(ids, (id, i) => {
          const parts = texts.map((text) => text[i]).filter((part) => part != null);
          return [id, short((between === null ? parts[0] : parts.join(between)) || id)];
        }),
      );
    });

  /** The columns of a spreadsheet that are made from others; each gives a value for each of some rows. */
  const made = {
    "@province": (rows) => ofDocument(rows, "province"),
    "@date": (rows) => ofDocument(rows, "date"),
    "@issuer": async (rows) => {
      const [ids, known] = await Promise.all([ofDocument(rows, "issuer"), called("agencies")]);
      return ids.map((id) => known.get(id) ?? id);
    },
    "@plan": async (rows) => {
      const [ids, titles] = await columnsOf(tables.documents, ["document_id", "plan_title"]);
      const known = new Map(Array.from(ids, (id, i) => [id, titles[i]]));
      return (await table.values("document_id", rows)).map((id) => known.get(id) ?? null);
    },
    "@signed": (rows) => signedOf("value", rows),
    "@signed_high": (rows) => signedOf("value_high", rows),
    "@page": async (rows) => {
      const [ids, ...place] = await Promise.all(["document_id", ...PLACE].map((name) => table.values(name, rows)));
      const { found } = await documents();
      return ids.map((id, i) => {
        const [named, key] = place.length > 1 ? [place[0][i], place[1][i]] : [ofRow, place[0][i]];
        return found.has(id) ? { plan: found.get(id).plan, row: named === "documents" ? "" : `${named}/${key}` } : null;
      });
    },
    ...Object.fromEntries(
      ["lead", "coordinate"].flatMap((role) => [
        [`@${role}`, async (rows) => (await sharedOf(rows)).map((task) => task[role].map(([name]) => name).join("; "))],
        [`@${role}_basis`, async (rows) => (await sharedOf(rows)).map((task) => task[role].map(([, basis]) => basis))],
      ]),
    ),
  };
  /** What names the row whose words a row is shown by: a warning, an agency's part are shown beside another's. */
  const PLACE = config.table === "warnings" ? ["table", "row_id"] : [config.table === "task_agencies" ? "task_id" : config.key[0]];
  const ofRow = config.table === "task_agencies" ? "tasks" : config.table;
  const sharedOf = async (rows) => shared(await table.values("task_id", rows));

  async function ofDocument(rows, name) {
    const [ids, { found }] = await Promise.all([table.values("document_id", rows), documents()]);
    return ids.map((id) => found.get(id)?.[name] ?? null);
  }

  async function sheetColumn({ name, of }, rows) {
    if (made[name]) return made[name](rows);
    const values = await table.values(name, rows);
    if (!of) return values;
    const known = await called(of);
    return values.map((id) => (id == null ? null : (known.get(id) ?? id)));
  }

  return {
    /** A stretch of the rows asked for: `values` by column, how many there are of all, and names for ids. */
    async rows({ state, from, to, columns }) {
      const all = await rowsOf(state);
      const shown = all.slice(from, to);
      const values = {};
      const reading = columns.map(async (name) => (values[name] = await table.values(name, shown)));
      const bodies = config.table === "agencies" ? [] : ["agency_id", "group_id"].filter((name) => types.has(name));
      const [held, names, known] = await Promise.all([
        types.has("document_id") ? documents() : null,
        bodies.length ? agencies() : null,
        types.has("measure_id") ? measures() : null,
        ...reading,
      ]);
      if (roles) {
        const both = await shared(await table.values("task_id", shown));
        for (const role of ["lead", "coordinate"]) values[role] = both.map((task) => task[role]);
      }
      return {
        total: all.length,
        length: table.length,
        values,
        places: config.misread ? await placesOf(shown, held, await table.values("document_id", shown)) : [],
        documents: held && (values.document_id ?? []).map((id) => held.found.get(id) ?? null),
        agencies: Object.fromEntries(bodies.map((name) => [name, values[name].map((id) => names.get(id)?.name ?? null)])),
        measures: known && (values.measure_id ?? []).map((id) => known.get(id)?.name ?? null),
      };
    },

    /** The values of a filter with how many rows each has among those that the other filters leave; ids with
        what they are called. */
    async options({ name, state: { [name]: chosen, sort, dir, ...others } }) {
      const [rows, values, source] = [await rowsWith(others), await filtered(name), sourceOf(name)];
      const counts = new Map();
      const add = (value) => value != null && counts.set(value, (counts.get(value) ?? 0) + 1);
      if (source === table) rows.forEach((row) => add(values[row]));
      else {
        const beside = askedOf(others).filter((other) => sourceOf(other) === source);
        const [own, keys] = await Promise.all([table.column(through.key), source.column(through.key)]);
        const wanted = new Set(rows.map((row) => own[row]));
        const seen = new Set();
        for (const row of await matching(others, beside)) {
          const pair = `${keys[row]} ${values[row]}`;
          if (wanted.has(keys[row]) && !seen.has(pair)) add(values[row]);
          seen.add(pair);
        }
      }
      if (chosen && !counts.has(chosen)) counts.set(chosen, 0);
      const known = { plan: async () => (await documents()).called, agency: () => called("agencies"), measure: () => called("measures") };
      const names = await known[name]?.();
      return [...counts].map(([value, count]) => [value, count, names?.get(value) ?? null]);
    },

    /** All rows asked for, in the columns of a spreadsheet: texts as the data has them, names for ids. */
    async sheet(state) {
      const rows = await rowsOf(state);
      const columns = await Promise.all(config.sheet.map((column) => sheetColumn(column, rows)));
      return rows.map((_, i) => columns.map((column) => column[i]));
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
