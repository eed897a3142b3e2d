/* A table's explorer: filters, sorts, shares its state in the address and downloads the rows in view, all
   from the Parquet that is offered for download. The first rows stand in the page already, so nothing is
   read until the page has been shown, or someone asks for more. */
(function () {
  "use strict";
  const box = document.getElementById("explorer");
  const config = JSON.parse(document.getElementById("kh-explorer").textContent);
  const english = document.querySelector("[data-root]").dataset.lang === "en";
  const say = (vi, en) => (english ? en : vi);
  const visible = self.khVisible;
  const LONG = 240; // letters of a cell that is cut, as in the rows that the page comes with
  const NAMES = 120;
  const PAGE = 50;
  const form = document.getElementById("kh-controls");
  const count = box.querySelector(".kh-count");
  const view = box.querySelector(".kh-view");
  const state = Object.fromEntries(new URLSearchParams(location.search));

  const ask = self.khSource(config);

  /* ---- what is shown of a value ---- */

  const byName = new Map(config.columns.map((column) => [column.name, column]));
  const formatNumber = new Intl.NumberFormat(english ? "en" : "vi", { maximumFractionDigits: 6 });
  const MONTHS = "January February March April May June July August September October November December".split(" ");

  function showDate(iso) {
    const [year, month, day] = iso.split("-").map(Number);
    return english ? `${day} ${MONTHS[month - 1]} ${year}` : `${day}/${month}/${year}`;
  }

  /** Whole months of one year by name, as `Words.period` has them; else both days. */
  function showPeriod(period) {
    const months = /^(\d{4})-(\d\d)-01\/\1-(\d\d)-(\d\d)$/.exec(period);
    if (months) {
      const [year, begin, end, day] = months.slice(1).map(Number);
      if (day === new Date(Date.UTC(year, end, 0)).getUTCDate()) {
        if (english) return `${[...new Set([MONTHS[begin - 1], MONTHS[end - 1]])].join("–")} ${year}`;
        if (begin === end) return `tháng ${begin}/${year}`;
        if (end - begin === 2 && begin % 3 === 1) return `quý ${["I", "II", "III", "IV"][(begin - 1) / 3]}/${year}`;
        if (begin === 1 && end < 12) return `${end} tháng đầu năm ${year}`;
        if (end === 12 && begin > 1) return `${13 - begin} tháng cuối năm ${year}`;
      }
    }
    return period
      .split("/")
      .map((moment) => (moment.length === 10 ? showDate(moment) : moment))
      .join("–");
  }

  function label(name, value) {
    if (value == null) return "";
    if (name === "period") return showPeriod(value);
    const column = byName.get(name);
    if (column?.labels?.[value]) return column.labels[value];
    if (name === "unit") return config.units?.[value] ?? value;
    if (name === "theme") return config.themes?.[value] ?? value;
    if (name === "role") return { lead: say("Chủ trì", "Lead"), coordinate: say("Phối hợp", "Coordinating") }[value] ?? value;
    if (column?.type === "date") return showDate(value);
    if ((column?.type === "number" || column?.type === "integer") && name !== "year") return formatNumber.format(value);
    return String(value);
  }

  /** A plan by its document's type, number, province and date. */
  function planName({ type, number, province, date, id }) {
    const about = [province, date && showDate(date)].filter(Boolean).join(", ");
    return ([type, number].filter(Boolean).join(" ") || id) + (about ? ` (${about})` : "");
  }

  const titleOf = (name) => config.titles[name] ?? byName.get(name).title;

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name in element && typeof value !== "string") element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  };

  /* ---- the controls ---- */

  /** What stands in the address stands in the controls. */
  function showState() {
    form.elements.q.value = state.q ?? "";
    const [from = "", to = ""] = (state.deadline ?? "").split("..");
    if (form.elements.from) [form.elements.from.value, form.elements.to.value] = [from, to];
    for (const select of form.querySelectorAll("select")) select.value = state[select.name] ?? "";
  }

  let filled;
  /** The filters' values, with how often each occurs. */
  const fill = () =>
    (filled ??= Promise.all(
      [...form.querySelectorAll("select")].map(async (select) => {
        const found = await ask("options", select.name);
        const collator = new Intl.Collator("vi");
        const options = found.map(([value, times, called]) => {
          const name = select.name === "plan" && called ? planName(called) : (called ?? label(select.name, value));
          return [String(value), name, times];
        });
        options.sort((a, b) => collator.compare(a[1], b[1]));
        select.append(
          ...options.map(([value, name, times]) => make("option", { value }, `${visible(name)} (${formatNumber.format(times)})`)),
        );
        select.value = state[select.name] ?? "";
      }),
    ));

  let waiting;
  function set(name, value) {
    if (value) state[name] = value;
    else delete state[name];
    if (name !== "page") delete state.page;
    share();
    clearTimeout(waiting);
    waiting = setTimeout(show, name === "q" ? 150 : 0);
  }

  function share() {
    const query = new URLSearchParams(Object.entries(state).filter(([, value]) => value)).toString();
    try {
      history.replaceState(null, "", (query ? `?${query}` : location.pathname) + location.hash);
    } catch {
      /* A page of a folder may not rewrite its address. */
    }
  }

  function listen() {
    form.addEventListener("submit", (event) => event.preventDefault());
    form.elements.q.addEventListener("input", () => set("q", form.elements.q.value.trim()));
    for (const select of form.querySelectorAll("select")) {
      select.addEventListener("change", () => set(select.name, select.value));
    }
    const { from, to } = form.elements;
    const due = () => set("deadline", from.value || to.value ? `${from.value}..${to.value}` : "");
    from?.addEventListener("change", due);
    to?.addEventListener("change", due);
    form.querySelector("[type=reset]").addEventListener("click", (event) => {
      event.preventDefault();
      for (const name of Object.keys(state)) delete state[name];
      share();
      showState();
      show();
    });
    const toggle = box.querySelector(".kh-filters");
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
        const button = make("button", { type: "button" }, titleOf(name), make("span", { "aria-hidden": "true" }, arrow));
        button.addEventListener("click", () => {
          if (on && state.dir !== "desc") state.dir = "desc";
          else delete state.dir;
          set("sort", name);
        });
        cell.append(button);
      } else cell.append(titleOf(name));
      head.append(cell);
    }
    return head;
  }

  /** A text in its cell; a long one is cut, with a button that shows all of it. */
  function put(cell, data, limit) {
    const text = visible(data);
    if (text.length <= limit) cell.textContent = text;
    else {
      const button = { type: "button", class: "kh-more", "aria-expanded": "false" };
      cell.append(make("div", { class: "kh-clip" }, text), make("button", button, say("xem hết", "show all")));
    }
  }

  function unfold(button) {
    const open = button.previousElementSibling.classList.toggle("kh-open");
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? say("thu gọn", "show less") : say("xem hết", "show all");
  }

  /** A link to a row's page of the file as received, where that is published, and a mark of words in doubt. */
  function originalOf(plan, place) {
    const form = config.originals?.[plan] ?? "pdf";
    if (!place || !form) return [];
    const href = `${document.querySelector("[data-root]").dataset.root}originals/${plan}/original.${form}${form === "pdf" ? `#page=${place.page}` : ""}`;
    const link = make("a", { href }, say(`trang ${place.page} bản gốc`, `page ${place.page} of the original`));
    const mark = make("span", { class: "kh-tag warn" }, say("có chữ ngờ", "words in doubt"));
    return [make("br"), make("small", {}, link, ...(place.misread ? [" ", mark] : []))];
  }

  function cellOf(name, found, i) {
    const { values } = found;
    const cell = make("td", { "data-label": titleOf(name) });
    if (name === "deadline") cell.className = "due";
    const value = values[name][i];
    if (name === "lead" || name === "coordinate") {
      put(cell, value, NAMES);
      return cell;
    }
    const column = byName.get(name);
    if (name === "document_id" && value) {
      const { plan, number } = found.documents[i] ?? {};
      const fragment = config.place ? `#${config.table}/${encodeURI(values[config.place][i]).replaceAll("%20", "_")}` : "";
      cell.append(plan ? make("a", { href: `../plans/${plan}.html${fragment}` }, visible(number)) : visible(value));
      cell.className = "nowrap";
      if (plan) cell.append(...originalOf(plan, found.places[i]));
    } else if (name === "agency_id" && found.agencies[i]) {
      cell.textContent = visible(found.agencies[i]);
    } else if (name === "measure_id") {
      cell.textContent = visible(found.measures[i] ?? "");
    } else if (name === "deadline" && value == null) {
      cell.textContent = visible(label("cadence", values.cadence[i]) || (values.deadline_text[i] ?? ""));
    } else {
      if (column.type === "date" && name !== "deadline") cell.className = "date";
      else if (column.type === "number" || column.type === "integer") cell.className = "num";
      put(cell, label(name, value), LONG);
    }
    return cell;
  }

  function linesOf(found) {
    const lines = [];
    for (let i = 0; i < found.values[config.key[0]].length; i++) {
      lines.push(make("tr", {}, ...config.shown.map((name) => cellOf(name, found, i))));
    }
    return lines;
  }

  /** The rows that the page came with stay where they are: their long texts become whole, others follow. */
  function complete(body, found) {
    const lines = linesOf(found);
    [...body.rows].forEach((row, i) => {
      row.querySelectorAll(".kh-clip").forEach((clip) => {
        clip.textContent = lines[i].cells[clip.parentNode.cellIndex].firstChild.textContent;
      });
    });
    body.append(...lines.slice(body.rows.length));
  }

  function pager(page, last) {
    const nav = make("nav", { class: "kh-pager kh-tools", "aria-label": say("Trang của bảng", "Pages of the table") });
    if (last < 2) return nav;
    const go = (number, text, on) => {
      const button = make("button", { type: "button", class: "md-button", disabled: !on }, text);
      button.addEventListener("click", () => {
        set("page", number > 1 ? String(number) : "");
        box.scrollIntoView();
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

  let drawing = 0;
  let given = true; // the rows in view are those that the page came with
  async function draw() {
    const mine = ++drawing;
    const page = Math.max(1, Number(state.page) || 1);
    const columns = new Set([...config.shown.filter((name) => byName.has(name)), ...config.key]);
    if (config.place) columns.add(config.place);
    if (config.table === "tasks") for (const name of ["cadence", "deadline_text"]) columns.add(name);
    const { page: _, ...rest } = state;
    const asked = { state: rest, from: (page - 1) * PAGE, to: page * PAGE, columns: [...columns] };
    const found = await ask("rows", asked);
    if (mine !== drawing) return;
    const body = view.querySelector("tbody");
    view.querySelector("thead").replaceChildren(headOf());
    if (given && !Object.keys(state).length) complete(body, found);
    else body.replaceChildren(...linesOf(found));
    given = false;
    view.querySelector(".kh-pager")?.remove();
    view.append(pager(page, Math.ceil(found.total / PAGE)));
    count.textContent = say(
      `${formatNumber.format(found.total)} trong ${formatNumber.format(found.length)} dòng`,
      `${formatNumber.format(found.total)} of ${formatNumber.format(found.length)} rows`,
    );
    if (!box.dataset.ready) performance.mark("khplans-ready");
    box.dataset.ready = "yes";
  }

  function failed(error) {
    console.warn(error);
    if (box.querySelector(".kh-warn")) return;
    const text = say(
      "Không đọc được tệp Parquet; vẫn tải được cả bảng bên dưới.",
      "The Parquet could not be read; the whole table can still be downloaded below.",
    );
    box.append(make("p", { class: "kh-note kh-warn" }, text));
  }

  async function show() {
    try {
      await draw();
      await fill();
    } catch (error) {
      failed(error);
    }
  }

  async function take(kind) {
    try {
      const { page: _, ...rest } = state;
      const [{ head, types, lines }] = await Promise.all([
        ask("sheet", rest),
        self.khScript("static/js/sheet.js"),
      ]);
      const name = `khplans-${config.table}.${kind}`;
      const { save, toCsv, toXlsx } = self.khSheet;
      save(kind === "csv" ? toCsv(head, lines) : toXlsx(head, lines, types, config.table), name);
    } catch (error) {
      failed(error);
    }
  }

  /* ---- beginning: at once where the address or someone asks, else when the page has been shown ---- */

  let begun = false;
  function begin() {
    if (begun) return;
    begun = true;
    show();
  }

  listen();
  showState();
  if (Object.keys(state).length) {
    box.classList.add("kh-busy");
    show().finally(() => box.classList.remove("kh-busy"));
  } else {
    const idle = self.requestIdleCallback ?? ((call) => setTimeout(call, 200));
    const later = () => idle(begin, { timeout: 2000 });
    if (document.readyState === "complete") later();
    else addEventListener("load", later, { once: true });
    for (const event of ["pointerdown", "focusin"]) box.addEventListener(event, begin, { once: true });
  }
})();
