/* A table's explorer: reads the Parquet that is offered for download, filters, sorts, shares its state
   in the address and downloads the rows in view. Of a big file it reads the columns that filters need,
   and long texts only for the rows that are shown. */
import { decompress, parquetMetadataAsync, parquetRead } from "../vendor/parquet-reader/parquet-reader.js";
import { fold } from "./fold.mjs";
import { save, toCsv, toXlsx } from "./sheet.mjs";

const config = JSON.parse(document.getElementById("kh-explorer").textContent);
const box = document.getElementById("explorer");
const english = document.body.dataset.lang === "en";
const say = (vi, en) => (english ? en : vi);
const PAGE = 50;
const WHOLE = 1_000_000; // bytes up to which a file is fetched at once
const LONG = matchMedia("(max-width: 40rem)").matches ? 140 : 300; // letters of a cell that is cut
const GAP = 48; // rows that are rather read than skipped, of a column of long texts
const compressors = { ZSTD: (input, length) => decompress(input, new Uint8Array(length)) };

/* ---- reading ---- */

function remote({ url, size }) {
  let whole;
  const kept = new Map();
  const all = () => (whole ??= fetch(url).then((answer) => answer.arrayBuffer()));
  async function range(start, end) {
    const answer = await fetch(url, { headers: { Range: `bytes=${start}-${end - 1}` } });
    if (answer.status === 206) return answer.arrayBuffer();
    whole = answer.arrayBuffer(); // a server without ranges sent everything
    return (await whole).slice(start, end);
  }
  return {
    byteLength: size,
    async slice(start, end = size) {
      if (whole || size < WHOLE) return (await all()).slice(start, end);
      const key = `${start}-${end}`;
      if (!kept.has(key)) kept.set(key, range(start, end));
      return kept.get(key);
    },
  };
}

class Table {
  constructor(place) {
    this.file = remote(place);
    this.cached = new Map();
    this.texts = new Map();
  }

  async open() {
    this.metadata = await parquetMetadataAsync(this.file, { initialFetchSize: 1 << 16 });
    this.length = Number(this.metadata.num_rows);
    return this;
  }

  /** A whole column as an array. */
  column(name) {
    if (!this.cached.has(name)) this.cached.set(name, this.read(name, 0, this.length));
    return this.cached.get(name);
  }

  /** Values of a column in some rows; of long texts no more than the pages that they are in. */
  async values(name, rows) {
    if (this.cached.has(name) || !byName.get(name)?.heavy || this.file.byteLength < WHOLE) {
      const all = await this.column(name);
      return rows.map((row) => all[row]);
    }
    if (!this.texts.has(name)) this.texts.set(name, new Map());
    const known = this.texts.get(name);
    const runs = [];
    for (const row of [...rows].filter((row) => !known.has(row)).sort((a, b) => a - b)) {
      const last = runs.at(-1);
      if (last && row - last[1] < GAP) last[1] = row + 1;
      else runs.push([row, row + 1]);
    }
    await Promise.all(
      runs.map(async ([start, end]) => {
        (await this.read(name, start, end)).forEach((value, i) => known.set(start + i, value));
      }),
    );
    return rows.map((row) => known.get(row));
  }

  async read(name, rowStart, rowEnd) {
    let found = [];
    await parquetRead({
      file: this.file,
      metadata: this.metadata,
      columns: [name],
      rowStart,
      rowEnd,
      compressors,
      useOffsetIndex: true,
      onComplete: (rows) => {
        found = rows.map(([value]) => plain(value));
      },
    });
    return found;
  }
}

function plain(value) {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === "bigint") return Number(value);
  return value ?? null;
}

const columnsOf = async (table, names) =>
  Object.fromEntries(await Promise.all(names.map(async (name) => [name, await table.column(name)])));

/* ---- what is shown of a value ---- */

const byName = new Map(config.columns.map((column) => [column.name, column]));
const formatNumber = new Intl.NumberFormat(english ? "en" : "vi", { maximumFractionDigits: 6 });
const MONTHS = "January February March April May June July August September October November December".split(" ");

function showDate(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  return english ? `${day} ${MONTHS[month - 1]} ${year}` : `${day}/${month}/${year}`;
}

function showPeriod(period) {
  return period
    .split("/")
    .map((moment) => (moment.length === 10 ? showDate(moment) : moment))
    .join("–");
}

function label(name, value) {
  if (value == null) return "";
  if (name === "period") return showPeriod(value);
  const column = byName.get(name);
  if (column?.labels[value]) return column.labels[value];
  if (name === "unit") return config.units[value] ?? value;
  if (name === "theme") return config.themes[value] ?? value;
  if (column?.type === "date") return showDate(value);
  if ((column?.type === "number" || column?.type === "integer") && name !== "year") return formatNumber.format(value);
  return String(value);
}

/* ---- joins ---- */

let table;
let plans = []; // plan id of each row
let names = { agency: new Map(), measure: new Map(), theme: new Map() };
let parts = null; // task id → [{agency, role}]
let numbers = new Map(); // document id → {plan, number}

async function load() {
  const others = Object.fromEntries(
    await Promise.all(Object.entries(config.files).map(async ([name, place]) => [name, await new Table(place).open()])),
  );
  table = others[config.table];
  const documents = await columnsOf(others.documents, ["document_id", "plan_id", "number"]);
  documents.document_id.forEach((id, i) =>
    numbers.set(id, { plan: documents.plan_id[i], number: documents.number[i] ?? id }),
  );
  if (byName.has("document_id") && config.filters.includes("plan")) {
    const ids = await table.column("document_id");
    plans = ids.map((id) => numbers.get(id)?.plan);
  }
  if (others.agencies) {
    const found = await columnsOf(others.agencies, ["agency_id", "name", "province"]);
    const count = new Map();
    for (const name of found.name) count.set(name, (count.get(name) ?? 0) + 1);
    found.agency_id.forEach((id, i) => {
      const province = count.get(found.name[i]) > 1 && found.province[i];
      names.agency.set(id, province ? `${found.name[i]} (${province})` : found.name[i]);
    });
  }
  if (config.table === "tasks") {
    const found = await columnsOf(others.task_agencies, ["task_id", "agency_id", "role"]);
    parts = new Map();
    found.task_id.forEach((task, i) => {
      if (!parts.has(task)) parts.set(task, []);
      parts.get(task).push({ agency: found.agency_id[i], role: found.role[i] });
    });
  }
  if (others.measures) {
    const found = await columnsOf(others.measures, ["measure_id", english ? "name_en" : "name", "name", "theme"]);
    found.measure_id.forEach((id, i) => {
      names.measure.set(id, (english && found.name_en[i]) || found.name[i]);
      names.theme.set(id, found.theme[i]);
    });
  }
}

/* ---- filters ---- */

const FILTERS = {
  plan: { title: say("Kế hoạch", "Plan"), of: async () => plans, name: (v) => config.plans[v] ?? v },
  agency: {
    title: say("Cơ quan", "Agency"),
    of: async () => (config.table === "tasks" ? null : table.column("agency_id")),
    name: (v) => names.agency.get(v) ?? v,
  },
  role: {
    title: say("Vai trò", "Role"),
    of: async () => (config.table === "tasks" ? null : table.column("role")),
    name: (v) => ({ lead: say("Chủ trì", "Lead"), coordinate: say("Phối hợp", "Coordinating") })[v] ?? v,
  },
  measure: { title: say("Thước đo", "Measure"), of: () => table.column("measure_id"), name: (v) => names.measure.get(v) ?? v },
  theme: {
    title: say("Chủ đề", "Theme"),
    of: async () =>
      byName.has("theme")
        ? table.column("theme")
        : (await table.column("measure_id")).map((id) => names.theme.get(id) ?? null),
    name: (v) => config.themes[v] ?? v,
  },
};

function filterOf(name) {
  return (
    FILTERS[name] ?? {
      title: byName.get(name).title,
      of: () => table.column(name),
      name: (value) => label(name, value),
    }
  );
}

const state = Object.fromEntries(new URLSearchParams(location.search));
let tasks; // task ids, for the filter by agency

async function chosen() {
  let rows = Array.from({ length: table.length }, (_, i) => i);
  for (const name of config.filters) {
    const wanted = state[name];
    if (!wanted) continue;
    if (name === "deadline") {
      const [from, to] = wanted.split("..");
      const column = await table.column("deadline");
      rows = rows.filter((i) => column[i] && (!from || column[i] >= from) && (!to || column[i] <= to));
    } else if (parts && (name === "agency" || name === "role")) {
      if (name === "role" && state.agency) continue;
      tasks ??= await table.column("task_id");
      rows = rows.filter((i) =>
        (parts.get(tasks[i]) ?? []).some(
          (p) => (!state.agency || p.agency === state.agency) && (!state.role || p.role === state.role),
        ),
      );
    } else {
      const column = await filterOf(name).of();
      rows = rows.filter((i) => String(column[i]) === wanted);
    }
  }
  for (const name of Object.keys(state)) {
    // A column of the table that has no control of its own can still be asked for by address.
    if (config.filters.includes(name) || !byName.has(name)) continue;
    const column = await table.column(name);
    rows = rows.filter((i) => String(column[i]) === state[name]);
  }
  if (state.q) {
    const words = fold(state.q).split(" ");
    const texts = config.columns.filter((c) => c.type === "string" && !c.name.endsWith("_id")).map((c) => c.name);
    const all = await columnsOf(table, texts);
    rows = rows.filter((i) => {
      const text = fold(texts.map((name) => all[name][i] ?? "").join(" "));
      return words.every((word) => text.includes(word));
    });
  }
  if (state.sort && byName.has(state.sort)) {
    const column = await table.column(state.sort);
    const down = state.dir === "desc" ? -1 : 1;
    const collator = new Intl.Collator("vi");
    const numeric = ["number", "integer"].includes(byName.get(state.sort).type);
    rows.sort((a, b) => {
      const [x, y] = [column[a], column[b]];
      if (x == null || y == null) return x == null ? (y == null ? a - b : 1) : -1;
      return down * (numeric ? x - y : collator.compare(x, y)) || a - b;
    });
  }
  return rows;
}

/* ---- the page ---- */

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
};

async function controls() {
  const form = make("form", { class: "kh-tools kh-controls" });
  const search = make("input", { type: "search", value: state.q ?? "", placeholder: say("có dấu hay không", "accents or not") });
  search.value = state.q ?? "";
  search.addEventListener("input", () => set("q", search.value.trim()));
  form.append(make("label", {}, make("span", {}, say("Chữ", "Words")), search));
  for (const name of config.filters) {
    if (name === "deadline") {
      const [from = "", to = ""] = (state.deadline ?? "").split("..");
      const a = make("input", { type: "date" });
      const b = make("input", { type: "date" });
      [a.value, b.value] = [from, to];
      const change = () => set("deadline", a.value || b.value ? `${a.value}..${b.value}` : "");
      a.addEventListener("change", change);
      b.addEventListener("change", change);
      form.append(
        make("label", {}, make("span", {}, say("Hạn từ", "Due from")), a),
        make("label", {}, make("span", {}, say("đến", "to")), b),
      );
      continue;
    }
    const filter = filterOf(name);
    let values = await filter.of();
    if (values === null) values = [...parts.values()].flat().map((p) => p[name]);
    const counts = new Map();
    for (const value of values) if (value != null) counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size < 2 && !state[name]) continue;
    const select = make("select", {}, make("option", { value: "" }, say("tất cả", "all")));
    const collator = new Intl.Collator("vi");
    const options = [...counts].map(([value, count]) => [value, filter.name(value), count]);
    options.sort((x, y) => collator.compare(x[1], y[1]));
    for (const [value, text, count] of options) {
      select.append(make("option", { value: String(value) }, `${text} (${formatNumber.format(count)})`));
    }
    select.value = state[name] ?? "";
    select.addEventListener("change", () => set(name, select.value));
    form.append(make("label", {}, make("span", {}, filter.title), select));
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  const clear = make("button", { type: "button" }, say("Bỏ lọc", "Clear"));
  clear.addEventListener("click", () => {
    for (const name of Object.keys(state)) delete state[name];
    share();
    start();
  });
  form.append(clear);
  const fold = make("details", { class: "kh-filters" }, make("summary", {}, say("Lọc", "Filters")), form);
  fold.open = !matchMedia("(max-width: 40rem)").matches;
  return fold;
}

let waiting;
function set(name, value) {
  if (value) state[name] = value;
  else delete state[name];
  if (name !== "page") delete state.page;
  share();
  clearTimeout(waiting);
  waiting = setTimeout(draw, name === "q" ? 150 : 0);
}

function share() {
  const query = new URLSearchParams(Object.entries(state).filter(([, value]) => value)).toString();
  history.replaceState(null, "", (query ? `?${query}` : location.pathname) + location.hash);
}

const view = make("div", { class: "kh-view" });
const count = make("p", { class: "kh-small kh-count", role: "status" });
let rows = [];
let drawing = 0;

function titleOf(name) {
  if (name === "lead") return say("Chủ trì", "Lead");
  if (name === "coordinate") return say("Phối hợp", "Coordinating");
  if (name === "document_id") return say("Trong văn bản", "In the plan");
  if (name === "measure_id") return say("Thước đo", "Measure");
  if (name === "agency_id" && names.agency.size) return say("Cơ quan", "Agency");
  return byName.get(name).title;
}

async function draw() {
  const mine = ++drawing;
  const found = await chosen();
  if (mine !== drawing) return;
  rows = found;
  const page = Math.max(1, Number(state.page) || 1);
  const shown = rows.slice((page - 1) * PAGE, page * PAGE);
  const wanted = new Set([...config.shown.filter((name) => byName.has(name)), ...config.key]);
  if (config.place) wanted.add(config.place);
  if (config.table === "tasks") for (const name of ["cadence", "deadline_text"]) wanted.add(name);
  const values = Object.fromEntries(
    await Promise.all([...wanted].map(async (name) => [name, await table.values(name, shown)])),
  );
  if (mine !== drawing) return;
  const head = make("tr");
  for (const name of config.shown) {
    const cell = make("th", { scope: "col" });
    if (byName.has(name)) {
      const on = state.sort === name;
      if (on) cell.setAttribute("aria-sort", state.dir === "desc" ? "descending" : "ascending");
      const button = make("button", { type: "button" }, titleOf(name), make("span", { "aria-hidden": "true" }, on ? (state.dir === "desc" ? " ↓" : " ↑") : ""));
      button.addEventListener("click", () => {
        if (on && state.dir !== "desc") state.dir = "desc";
        else delete state.dir;
        set("sort", name);
      });
      cell.append(button);
    } else cell.append(titleOf(name));
    head.append(cell);
  }
  const body = make("tbody");
  shown.forEach((_, i) => {
    const line = make("tr");
    for (const name of config.shown) line.append(cellOf(name, values, i));
    body.append(line);
  });
  const grid = make("div", { class: "kh-scroll", tabindex: "0", role: "region", "aria-label": say("Các dòng", "Rows") }, make("table", {}, make("thead", {}, head), body));
  view.replaceChildren(grid, pager(page, Math.ceil(rows.length / PAGE)));
  count.textContent = say(
    `${formatNumber.format(rows.length)} trong ${formatNumber.format(table.length)} dòng`,
    `${formatNumber.format(rows.length)} of ${formatNumber.format(table.length)} rows`,
  );
  if (!box.dataset.ready) performance.mark("khplans-ready");
  box.dataset.ready = "yes";
}

function agencies(task, role) {
  return (parts?.get(task) ?? []).filter((p) => p.role === role).map((p) => names.agency.get(p.agency) ?? p.agency);
}

/** A text in its cell; a long one is cut, with a button that shows all of it. */
function put(cell, text, limit) {
  if (text.length <= limit) {
    cell.textContent = text;
    return;
  }
  const clip = make("div", { class: "kh-clip" }, text);
  const more = make("button", { type: "button", class: "kh-more", "aria-expanded": "false" }, say("xem hết", "show all"));
  more.addEventListener("click", () => {
    const open = clip.classList.toggle("kh-open");
    more.setAttribute("aria-expanded", String(open));
    more.textContent = open ? say("thu gọn", "show less") : say("xem hết", "show all");
  });
  cell.append(clip, more);
}

function cellOf(name, values, i) {
  const cell = make("td", { "data-label": titleOf(name) });
  if (name === "lead" || name === "coordinate") {
    put(cell, agencies(values.task_id[i], name).join("; "), 120);
    return cell;
  }
  const value = values[name][i];
  const column = byName.get(name);
  if (name === "document_id" && value) {
    const { plan, number } = numbers.get(value) ?? {};
    const fragment = config.place ? `#${config.table}/${encodeURI(values[config.place][i]).replaceAll("%20", "_")}` : "";
    cell.append(plan ? make("a", { href: `../plans/${plan}.html${fragment}` }, number) : value);
    cell.className = "nowrap";
  } else if (name === "agency_id" && names.agency.has(value)) {
    cell.textContent = names.agency.get(value);
  } else if (name === "measure_id") {
    cell.textContent = names.measure.get(value) ?? "";
  } else {
    const text = label(name, value);
    if (name === "deadline" && value == null) {
      cell.textContent = label("cadence", values.cadence[i]) || (values.deadline_text[i] ?? "");
      cell.className = "due";
      return cell;
    }
    if (column.type === "date") cell.className = "date";
    else if (column.type === "number" || column.type === "integer") cell.className = "num";
    put(cell, text, LONG);
  }
  return cell;
}

function pager(page, last) {
  const nav = make("nav", { class: "kh-pager kh-tools", "aria-label": say("Trang của bảng", "Pages of the table") });
  if (last < 2) return nav;
  const go = (number, text, on) => {
    const button = make("button", { type: "button", disabled: !on }, text);
    button.addEventListener("click", () => {
      set("page", number > 1 ? String(number) : "");
      view.scrollIntoView();
    });
    return button;
  };
  nav.append(
    go(page - 1, say("← Trước", "← Previous"), page > 1),
    make("span", {}, `${page}/${last}`),
    go(page + 1, say("Sau →", "Next →"), page < last),
  );
  return nav;
}

/** The rows in view, all columns, values as the data has them, and who leads and coordinates. */
async function sheet() {
  const many = rows.length > 40 * PAGE;
  const all = await Promise.all(
    config.columns.map(async ({ name }) => {
      if (many) await table.column(name);
      return table.values(name, rows);
    }),
  );
  const head = config.columns.map((column) => column.name);
  const types = config.columns.map((column) => column.type);
  const lines = rows.map((_, i) => all.map((column) => column[i]));
  if (parts) {
    const ids = await table.values("task_id", rows);
    for (const role of ["lead", "coordinate"]) {
      head.push(role);
      types.push("string");
      lines.forEach((line, i) => line.push(agencies(ids[i], role).join("; ")));
    }
  }
  return { head, types, lines };
}

function downloads() {
  const bar = make("p", { class: "kh-tools" });
  const csv = make("button", { type: "button", class: "kh-primary" }, say("Tải các dòng này (CSV)", "Download these rows (CSV)"));
  csv.addEventListener("click", async () => {
    const { head, lines } = await sheet();
    save(toCsv(head, lines), `khplans-${config.table}.csv`);
  });
  const xlsx = make("button", { type: "button" }, say("Tải các dòng này (XLSX)", "Download these rows (XLSX)"));
  xlsx.addEventListener("click", async () => {
    const { head, types, lines } = await sheet();
    save(toXlsx(head, lines, types, config.table), `khplans-${config.table}.xlsx`);
  });
  bar.append(csv, " ", xlsx);
  return bar;
}

async function start() {
  box.replaceChildren(await controls(), count, downloads(), view);
  await draw();
}

if (location.protocol !== "file:") {
  try {
    await load();
    await start();
  } catch (error) {
    console.warn(error);
    box.append(make("p", { class: "kh-note kh-warn" }, say(
      "Không đọc được tệp Parquet; vẫn tải được cả bảng bên dưới.",
      "The Parquet could not be read; the whole table can still be downloaded below.",
    )));
  }
}
