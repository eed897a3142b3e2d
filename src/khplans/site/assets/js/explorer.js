/* A table's explorer: filters, sorts, shares its state in the address and downloads the rows in view, all
   from the Parquet that is offered for download. The first rows stand in the page already, so nothing is
   read until the page has been shown, or someone asks for more. */
(function () {
  "use strict";
  const box = document.getElementById("explorer");
  const config = JSON.parse(document.getElementById("kh-explorer").textContent);
  const { root, catalogue, english, say, count, number, make } = self.khPage;
  const visible = self.khVisible;
  const LONG = 240; // letters of a cell that is cut, as in the rows that the page comes with
  const NAMES = 120;
  const PAGE = 50;
  const form = document.getElementById("kh-controls");
  const counted = box.querySelector(".kh-count");
  const view = box.querySelector(".kh-view");
  const chips = box.querySelector(".kh-chips");
  const toggle = box.querySelector(".kh-filters");
  /** What the address asks for: filters in the order in which they were set, the order of the rows, the page. */
  const state = {};
  const ORDER = new Set(["sort", "dir", "page"]);
  const active = () => Object.keys(state).filter((name) => !ORDER.has(name));

  const ask = self.khSource(config);

  const FEW = 6; // rows that are made in one go while nobody waits for them
  const idle = self.requestIdleCallback ?? ((call) => setTimeout(call, 200));
  let calm = true; // nobody has touched anything yet
  /** Waits for a moment in which the page has nothing else to do, until someone asks for something. */
  const pause = () => calm && new Promise((resolve) => idle(resolve, { timeout: 500 }));

  /* ---- what is shown of a value ---- */

  const byName = new Map(config.columns.map((column) => [column.name, column]));
  const ROLES = { lead: say("Lead"), coordinate: say("Coordinating") };
  const monthOf = new Intl.DateTimeFormat("en", { month: "long", timeZone: "UTC" });
  const MONTHS = Array.from({ length: 12 }, (_, month) => monthOf.format(Date.UTC(2000, month)));

  /** A day in words; what is none as it stands. */
  function showDate(iso) {
    const [year, month, day] = /^\d{4}-(0[1-9]|1[0-2])-\d\d$/.test(iso) ? iso.split("-").map(Number) : [];
    if (!day) return iso;
    return english ? `${day} ${MONTHS[month - 1]} ${year}` : `${day}/${month}/${year}`;
  }

  /** Whole months of one year by name, as `Words.period` has them; else both days. */
  function showPeriod(period) {
    const months = /^(\d{4})-(\d\d)-01\/\1-(\d\d)-(\d\d)$/.exec(period);
    if (months) {
      const [year, begin, end, day] = months.slice(1).map(Number);
      if (day === new Date(Date.UTC(year, end, 0)).getUTCDate()) {
        if (english) return `${[...new Set([MONTHS[begin - 1], MONTHS[end - 1]])].join("–")} ${year}`;
        if (begin === end) return say("month %(month)s/%(year)s", { month: begin, year });
        if (end - begin === 2 && begin % 3 === 1) return say("quarter %(quarter)s/%(year)s", { quarter: ["I", "II", "III", "IV"][(begin - 1) / 3], year });
        if (begin === 1 && end < 12) return say("first %(n)s months of %(year)s", { n: end, year });
        if (end === 12 && begin > 1) return say("last %(n)s months of %(year)s", { n: 13 - begin, year });
      }
    }
    return period
      .split("/")
      .map((moment) => (moment.length === 10 ? showDate(moment) : moment))
      .join("–");
  }

  /** What a list of the page's settings calls a value; an address can ask for any. */
  const named = (list, value) => (list && Object.hasOwn(list, value) ? list[value] : null);

  function label(name, value) {
    if (value == null) return "";
    if (name === "period") return showPeriod(value);
    const column = byName.get(name);
    const lists = { unit: config.units, theme: config.themes, role: ROLES };
    const known = named(column?.labels, value) ?? named(named(lists, name), value);
    if (known != null) return known;
    if (column?.type === "date") return showDate(value);
    if (["number", "bigint"].includes(typeof value) && name !== "year") return number(value);
    return String(value);
  }

  /** A plan by its document's type, number, province and date. */
  function planName({ type, number, province, date, id }) {
    const about = [province, date && showDate(date)].filter(Boolean).join(", ");
    return ([type, number].filter(Boolean).join(" ") || id) + (about ? ` (${about})` : "");
  }

  const titleOf = (name) => config.titles[name] ?? byName.get(name).title;

  /* ---- the state: in the address, so that Back goes back, and in the controls ---- */

  function readAddress() {
    for (const name of Object.keys(state)) delete state[name];
    const known = new Set(["q", ...ORDER, ...config.filters, ...byName.keys()]);
    for (const [name, value] of new URLSearchParams(location.search)) if (value && known.has(name)) state[name] = value;
  }

  /** Put the state into the address, as a step that Back takes back or in place of the last. */
  function share(inPlace) {
    const query = new URLSearchParams(state).toString();
    const address = (query ? `?${query}` : location.pathname) + location.hash;
    try {
      history[inPlace ? "replaceState" : "pushState"](null, "", address);
    } catch {
      /* A page of a folder may not rewrite its address. */
    }
  }

  /** What stands in the address stands in the controls. */
  function showState() {
    if (form.elements.q.value.trim() !== (state.q ?? "")) form.elements.q.value = state.q ?? "";
    const [from = "", to = ""] = (state.deadline ?? "").split("..");
    if (form.elements.from) [form.elements.from.value, form.elements.to.value] = [from, to];
    for (const select of form.querySelectorAll("select")) select.value = state[select.name] ?? "";
  }

  let waiting;
  let typing = false; // what is typed in one go is one step back
  function change(changes) {
    for (const [name, value] of Object.entries({ page: "", ...changes })) {
      delete state[name];
      if (value) state[name] = value;
    }
    const goesOn = typing && "q" in changes;
    typing = "q" in changes;
    share(goesOn);
    showState();
    clearTimeout(waiting);
    waiting = setTimeout(show, typing ? 150 : 0);
  }

  const drop = (names) => change(Object.fromEntries(names.map((name) => [name, ""])));

  /** Filter → value → what it is called. */
  const called = new Map();

  /** The filters' values, with how many rows each has under the other filters. */
  async function fill() {
    const { page, ...rest } = state;
    const collator = new Intl.Collator("vi");
    const drawn = drawing;
    for (const select of form.querySelectorAll("select")) {
      await pause();
      const found = await ask("options", { name: select.name, state: rest });
      if (drawn !== drawing) return;
      const known = called.get(select.name) ?? new Map();
      called.set(select.name, known);
      const options = found.map(([value, times, name]) => {
        known.set(String(value), select.name === "plan" && name ? planName(name) : (name ?? label(select.name, value)));
        return [String(value), times];
      });
      const nameOf = (value) => visible(known.get(value) ?? value);
      options.sort((a, b) => collator.compare(nameOf(a[0]), nameOf(b[0])));
      const every = select.options[0];
      select.replaceChildren(
        every,
        ...options.map(([value, times]) => make("option", { value }, `${nameOf(value)} (${number(times)})`)),
      );
      select.value = state[select.name] ?? "";
    }
  }

  /** A filter that is on, in words: what it is of, and its value. */
  function told(name) {
    const value = state[name];
    if (name === "q") return [form.querySelector("label span").textContent, `“${value}”`];
    if (name === "deadline" && value.includes("..")) {
      const [from, to] = value.split("..").map((day) => day && showDate(day));
      return [titleOf(name), [from && say("from %(from)s", { from }), to && say("to %(to)s", { to })].filter(Boolean).join(" ")];
    }
    const control = form.elements[name]?.closest("label");
    const title = control?.querySelector("span").textContent ?? byName.get(name)?.title ?? name;
    return [title, called.get(name)?.get(value) ?? label(name, value)];
  }

  function showChips() {
    const names = active();
    const inside = chips.contains(document.activeElement);
    chips.replaceChildren(
      ...names.map((name) => {
        const [title, value] = told(name).map(visible);
        const remove = say("Remove the filter %(title)s: %(value)s", { title, value });
        const chip = make("button", { type: "button", "aria-label": remove }, `${title}: `, make("b", {}, value), " ×");
        chip.addEventListener("click", () => drop([name]));
        return make("li", {}, chip);
      }),
    );
    chips.hidden = !names.length;
    if (inside) (chips.querySelector("button") ?? first()).focus({ preventScroll: true });
    toggle.textContent = say("Filters") + (names.length ? ` (${names.length})` : "");
  }

  /** The first control that is seen. */
  const first = () => (form.offsetParent ? form.elements.q : toggle);

  function listen() {
    form.addEventListener("submit", (event) => event.preventDefault());
    form.elements.q.addEventListener("input", () => change({ q: form.elements.q.value.trim() }));
    form.elements.q.addEventListener("blur", () => (typing = false));
    for (const select of form.querySelectorAll("select")) {
      select.addEventListener("change", () => change({ [select.name]: select.value }));
    }
    const { from, to } = form.elements;
    const due = () => change({ deadline: from.value || to.value ? `${from.value}..${to.value}` : "" });
    from?.addEventListener("change", due);
    to?.addEventListener("change", due);
    form.querySelector("[type=reset]").addEventListener("click", (event) => {
      event.preventDefault();
      drop(Object.keys(state));
    });
    addEventListener("popstate", () => {
      const before = JSON.stringify(state);
      readAddress();
      typing = false;
      if (JSON.stringify(state) === before) return;
      showState();
      show();
    });
    toggle.addEventListener("click", () => {
      const open = form.classList.toggle("kh-open");
      toggle.setAttribute("aria-expanded", String(open));
    });
    view.addEventListener("click", (event) => {
      if (event.target.matches(".kh-more")) unfold(event.target);
    });
    for (const button of box.querySelectorAll("[data-take]")) {
      button.addEventListener("click", () => take(button.dataset.take));
    }
  }

  /* ---- the rows ---- */

  function headOf() {
    const head = make("tr");
    for (const name of config.shown) {
      const cell = make("th", { scope: "col" });
      if (byName.has(name)) {
        const on = state.sort === name;
        if (on) cell.setAttribute("aria-sort", state.dir === "desc" ? "descending" : "ascending");
        const arrow = on ? (state.dir === "desc" ? " ↓" : " ↑") : "";
        const button = { type: "button", "data-stays": `sort ${name}` };
        cell.append(make("button", button, titleOf(name), make("span", { "aria-hidden": "true" }, arrow)));
        cell.firstChild.addEventListener("click", () => change({ sort: name, dir: on && state.dir !== "desc" ? "desc" : "" }));
      } else cell.append(titleOf(name));
      head.append(cell);
    }
    return head;
  }

  /** What a cell holds; what is longer is folded, with a button that shows all of it. */
  function put(cell, parts, limit) {
    const length = parts.reduce((sum, part) => sum + (typeof part === "string" ? part.length : 0), 0);
    if (length <= limit) return cell.append(...parts);
    const button = { type: "button", class: "kh-more", "aria-expanded": "false" };
    return cell.append(make("div", { class: "kh-clip" }, ...parts), make("button", button, say("show all")));
  }

  /** Words beside what is inferred, not stated, that say from what; nothing beside what is stated. */
  function inferred(column, basis) {
    const said = config.inferred[column]?.[basis];
    return said ? [" ", make("small", { class: "kh-inferred" }, said)] : [];
  }

  /** Agencies by name; the mark of what is inferred once where it is the same for all. */
  function agenciesOf(found) {
    const alike = new Set(found.map(([, basis]) => config.inferred.basis[basis])).size === 1;
    return found.flatMap(([name, basis], i) => {
      const mark = alike && i < found.length - 1 ? [] : inferred("basis", basis);
      return [(i ? "; " : "") + visible(name), ...mark];
    });
  }

  /** A figure or a range with the sign of its change. */
  function signed(value, high, change) {
    const sign = { increase: "+", decrease: "−" }[change];
    const low = sign ? sign + number(Math.abs(value)) : number(value);
    return high == null ? low : `${low}–${number(high)}`;
  }

  function unfold(button) {
    const open = button.previousElementSibling.classList.toggle("kh-open");
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? say("show less") : say("show all");
  }

  /** A link to a row's page of the file as received, where that is published, and a mark of words in doubt. */
  function originalOf(plan, place) {
    const form = config.originals?.[plan] ?? "pdf";
    if (!place || !form) return [];
    const href = `${root}originals/${plan}/original.${form}${form === "pdf" ? `#page=${place.page}` : ""}`;
    const link = make("a", { href }, say("page %(number)s of the original", { number: place.page }));
    const mark = make("span", { class: "kh-tag warn" }, say("words in doubt"));
    return [make("br"), make("small", {}, link, ...(place.misread ? [" ", mark] : []))];
  }

  function cellOf(name, found, i) {
    const { values } = found;
    const cell = make("td", { "data-label": titleOf(name) });
    if (name === "deadline") cell.className = "due";
    const value = values[name][i];
    const column = byName.get(name);
    if (name === "lead" || name === "coordinate") put(cell, agenciesOf(value), NAMES);
    else if (name === "document_id" && value) {
      const { plan, number } = found.documents[i] ?? {};
      const fragment = config.place ? `#${config.table}/${encodeURI(values[config.place][i]).replaceAll("%20", "_")}` : "";
      cell.append(plan ? make("a", { href: `../plans/${self.khSlug(plan)}.html${fragment}` }, visible(number)) : visible(value));
      cell.className = "nowrap";
      if (plan) cell.append(...originalOf(plan, found.places[i]));
    } else if (found.agencies[name]?.[i]) {
      cell.textContent = visible(found.agencies[name][i]);
    } else if (name === "measure_id") {
      cell.textContent = visible(found.measures[i] ?? "");
    } else if (name === "deadline") {
      if (value == null) cell.textContent = visible(label("cadence", values.cadence[i]) || (values.deadline_text[i] ?? ""));
      else cell.append(showDate(value), ...inferred("deadline_basis", values.deadline_basis[i]));
    } else {
      if (column.type === "date") cell.className = "date";
      else if (column.type === "number" || column.type === "integer") cell.className = "num";
      const text = name === "value" && value != null ? signed(value, values.value_high[i], values.change[i]) : label(name, value);
      put(cell, [visible(text)], LONG);
    }
    return cell;
  }

  const lineOf = (found, i) => make("tr", {}, ...config.shown.map((name) => cellOf(name, found, i)));

  const sizeOf = (found) => found.values[config.key[0]].length;
  const linesOf = (found) => Array.from({ length: sizeOf(found) }, (_, i) => lineOf(found, i));

  /** The rows that the page came with stay where they are: their long texts become whole, others follow, a few
      at a time, as long as they are wanted. */
  async function complete(body, found, wanted) {
    for (let i = 0; i < sizeOf(found); i++) {
      if (i % FEW === 0) await pause();
      if (!wanted()) return;
      const [line, row] = [lineOf(found, i), body.rows[i]];
      if (!row) body.append(line);
      else {
        for (const clip of row.querySelectorAll(".kh-clip")) {
          clip.replaceChildren(...line.cells[clip.parentNode.cellIndex].firstChild.childNodes);
        }
      }
    }
  }

  function pager(page, last) {
    const nav = make("nav", { class: "kh-pager kh-tools", "aria-label": say("Pages of the table") });
    if (last < 2) return nav;
    const go = (number, text, on) => {
      const attributes = { type: "button", class: "md-button", "data-stays": text, "aria-disabled": String(!on) };
      const button = make("button", attributes, text);
      button.addEventListener("click", () => {
        if (!on) return;
        change({ page: number > 1 ? String(number) : "" });
        box.scrollIntoView();
      });
      return button;
    };
    nav.append(
      go(page - 1, say("← Previous"), page > 1),
      make("span", {}, `${page}/${last}`),
      go(page + 1, say("Next →"), page < last),
    );
    return nav;
  }

  /** What stands where no row is left: which filter to give up. */
  function nothing() {
    const names = active();
    const note = make("div", { class: "kh-empty" }, make("p", {}, say("No row matches.")));
    if (!names.length) return note;
    const undo = (text, dropped) => {
      const button = make("button", { type: "button", class: "md-button" }, text);
      button.addEventListener("click", () => {
        drop(dropped);
        first().focus({ preventScroll: true });
      });
      note.append(button, " ");
    };
    const [title, value] = told(names.at(-1)).map(visible);
    undo(say("Drop the last filter – %(title)s: %(value)s", { title, value }), names.slice(-1));
    if (names.length > 1) undo(say("Drop all filters"), names);
    return note;
  }

  /** Redraw, with the focus on what the button that had it has become. */
  function keepingFocus(redraw) {
    const stays = view.contains(document.activeElement) && document.activeElement.dataset.stays;
    redraw();
    if (stays) view.querySelector(`[data-stays="${CSS.escape(stays)}"]`)?.focus({ preventScroll: true });
  }

  let drawing = 0;
  let given = true; // the rows in view are those that the page came with
  async function draw() {
    const mine = ++drawing;
    const columns = new Set([...config.shown.filter((name) => byName.has(name)), ...config.key]);
    if (config.place) columns.add(config.place);
    if (config.table === "tasks") for (const name of ["cadence", "deadline_text", "deadline_basis"]) columns.add(name);
    if (config.table === "indicators") for (const name of ["value_high", "change"]) columns.add(name);
    const { page: wanted, ...rest } = state;
    const page = Math.max(1, Math.trunc(Number(wanted)) || 1);
    const asked = { state: rest, from: (page - 1) * PAGE, to: page * PAGE, columns: [...columns] };
    const found = await ask("rows", asked);
    if (mine !== drawing) return;
    const last = Math.max(1, Math.ceil(found.total / PAGE));
    if (page > last) {
      state.page = String(last);
      share(true);
      return draw();
    }
    const body = view.querySelector("tbody");
    if (given && !Object.keys(state).length) await complete(body, found, () => mine === drawing);
    if (mine !== drawing) return;
    keepingFocus(() => {
      view.querySelector("thead").replaceChildren(headOf());
      if (!given || Object.keys(state).length) body.replaceChildren(...linesOf(found));
      given = false;
      view.querySelector(".kh-pager")?.remove();
      view.append(pager(page, last));
    });
    counted.textContent = count("%(found)s of %(n)s row", "%(found)s of %(n)s rows", found.length, { found: number(found.total) });
    showNames(found.total);
    if (!box.dataset.ready) performance.mark("khplans-ready");
    box.dataset.ready = "yes";
  }

  /** What tells of the filters by the names of their values. */
  function showNames(total) {
    showChips();
    view.querySelector(".kh-empty")?.remove();
    if (!total) view.append(nothing());
    return total;
  }

  function failed(error) {
    console.warn(error);
    if (box.querySelector(".kh-warn")) return;
    const text = say("The Parquet could not be read; the whole table can still be downloaded below.");
    box.append(make("p", { class: "admonition warning kh-warn" }, text));
  }

  async function show() {
    try {
      await draw();
      await fill();
      showNames(view.querySelectorAll("tbody tr").length);
    } catch (error) {
      failed(error);
    }
  }

  /* ---- the spreadsheet ---- */

  const base = config.site || new URL(root, location.href).href;

  /** A value as its column of the spreadsheet has it. */
  function forSheet({ name, type, of }, value) {
    if (value == null || of || type === "number" || type === "integer" || type === "date") return value;
    if (type === "link") {
      const row = value.row && `#${encodeURI(value.row).replaceAll("%20", "_").replaceAll("#", "%23")}`;
      return `${base}${english ? "en/" : ""}plans/${self.khSlug(value.plan)}.html${row}`;
    }
    if (name.endsWith("_basis") && Array.isArray(value)) {
      return [...(new Set(value).size === 1 ? value.slice(0, 1) : value)].map((basis) => config.bases[basis] ?? basis).join("; ");
    }
    return label(name, value);
  }

  async function take(kind) {
    try {
      const { page: _, ...rest } = state;
      const [lines] = await Promise.all([ask("sheet", rest), self.khScript("static/js/sheet.js")]);
      const rows = lines.map((line) => line.map((value, i) => forSheet(config.sheet[i], value)));
      const chosen = active().map((name) => state[name]);
      const name = [`${catalogue}-${config.table}`, ...chosen.map((value) => self.khSlug(value))];
      const about = [...Object.entries(config.about), [say("Filters that are on"), active().map((name) => told(name).join(": ")).join("; ")], [say("On the site"), base + here()]];
      const { save, toCsv, toXlsx } = self.khSheet;
      const file = kind === "csv" ? toCsv(config.sheet, rows, english ? "en" : "vi") : toXlsx(config.sheet, rows, about);
      save(file, `${name.join("-").slice(0, 100)}.${kind}`);
    } catch (error) {
      failed(error);
    }
  }

  /** This view's address below the site's own. */
  function here() {
    const query = new URLSearchParams(state).toString();
    return `${english ? "en/" : ""}tables/${config.table}.html${query && `?${query}`}`;
  }

  /* ---- beginning: at once where the address or someone asks, else when the page has been shown ---- */

  let begun = false;
  function begin() {
    if (begun) return;
    begun = true;
    show();
  }
  function hurry() {
    calm = false;
    begin();
  }

  listen();
  readAddress();
  showState();
  if (Object.keys(state).length) {
    calm = false;
    box.classList.add("kh-busy");
    show().finally(() => box.classList.remove("kh-busy"));
  } else {
    const later = () => idle(begin, { timeout: 2000 });
    if (document.readyState === "complete") later();
    else addEventListener("load", later, { once: true });
    for (const event of ["pointerdown", "focusin"]) box.addEventListener(event, hurry, { once: true });
  }
})();
