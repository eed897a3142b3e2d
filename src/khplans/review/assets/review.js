/* Asks about one row at a time; every word of a plan is put on the page as text. */
(function () {
  "use strict";
  document.body.dataset.mdColorScheme = matchMedia("(prefers-color-scheme: dark)").matches ? "slate" : "default";
  const $ = (id) => document.getElementById(id);
  const DONE = 3;
  let cfg, state, current, numbers = [], signs = [], chosen = null, shown = "", began = 0, last = "", sending = 0;
  const skipped = new Set();
  const say = (name, facts = {}) => (cfg.said[name] || name).replace(/\{(\w+)\}/g, (_, key) => facts[key]);
  const ask = async (what) => (await fetch(what, { cache: "no-store" })).json();
  const item = () => state.items.find((one) => one.key === current);
  const quiet = (one) => one.rank === DONE || skipped.has(one.key);

  function make(tag, words, cls) {
    const made = document.createElement(tag);
    if (words) made.textContent = words;
    if (cls) made.className = cls;
    return made;
  }

  function tell(words, refused) {
    last = words;
    const lines = [[words, refused], [state.error, true], ...state.told.map((line) => [line, true])];
    $("told").replaceChildren(...lines.filter(([line]) => line).map(([line, bad]) => make("p", line, bad ? "refused" : "")));
  }

  /* --- the plan at the left */

  async function showPlan() {
    if (shown === state.text) return;
    shown = state.text;
    const got = await ask("text");
    $("text").innerHTML = got.text; // escaped by the server, to the character
    $("sheets").innerHTML = got.sheets;
    numbers = got.keys;
    signs = Array.from(got.source);
    if (!$("view").dataset.set) {
      $("view").dataset.set = "yes";
      $("view").hidden = !got.sheets;
      if (got.sheets) turn(true);
    }
    light();
  }

  function turn(pictures) {
    $("sheets").hidden = !pictures;
    $("text").hidden = pictures;
  }

  function light() {
    for (const on of document.querySelectorAll(".kh-on")) on.classList.remove("kh-on");
    const number = numbers.indexOf(current);
    if (number < 0) return;
    const where = $("text").hidden ? $("sheets") : $("text");
    let marks = document.querySelectorAll(`[data-k~="${number}"]`);
    for (const one of marks) one.classList.add("kh-on");
    marks = where.querySelectorAll(`[data-k~="${number}"]`);
    if (marks.length) marks[0].scrollIntoView({ block: "center", behavior: "instant" });
  }

  /** The text nodes of a line with the offset of each; a sign stands for one character, `ins` for none. */
  function* nodesOf(line) {
    let at = Number(line.dataset.s);
    const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (node.parentElement.closest("ins")) continue;
      const size = node.parentElement.closest(".kh-sign") ? 1 : Array.from(node.data).length;
      yield [node, at, size];
      at += size;
    }
  }

  function lineAt(offset) {
    const lines = [...$("text").querySelectorAll("p[data-s]")];
    return lines.filter((line) => Number(line.dataset.s) <= offset).pop();
  }

  function pointAt(offset, ends) {
    const line = lineAt(ends ? offset - 1 : offset);
    if (!line) return null;
    for (const [node, at, size] of nodesOf(line)) {
      if (ends ? offset <= at + size : offset < at + size) {
        const before = Array.from(node.data).slice(0, Math.max(0, offset - at)).join("");
        return [node, Math.min(before.length, node.data.length)];
      }
    }
    return null;
  }

  function choose(start, end) {
    chosen = { start, end, words: signs.slice(start, end).join("") };
    const [from, to] = [pointAt(start, false), pointAt(end, true)];
    if (!from || !to) return;
    const range = document.createRange();
    range.setStart(...from);
    range.setEnd(...to);
    if (CSS.highlights) CSS.highlights.set("chosen", new Highlight(range));
    turn(false);
    from[0].parentElement.scrollIntoView({ block: "center", behavior: "instant" });
    for (const place of document.querySelectorAll(".chosen")) place.textContent = chosen.words;
  }

  function offsetOf(node, index) {
    const line = (node.nodeType === 3 ? node.parentElement : node).closest("p[data-s]");
    if (!line) return null;
    for (const [text, at, size] of nodesOf(line)) {
      if (text === node) return at + Math.min(size, Array.from(text.data.slice(0, index)).length);
    }
    return null;
  }

  document.addEventListener("selectionchange", () => {
    const picked = getSelection();
    if (picked.isCollapsed || !$("text").contains(picked.anchorNode)) return;
    const range = picked.getRangeAt(0);
    const [start, end] = [offsetOf(range.startContainer, range.startOffset), offsetOf(range.endContainer, range.endOffset)];
    if (start !== null && end !== null && start < end) chosen = { start, end, words: signs.slice(start, end).join("") };
  });

  const isWord = (sign) => sign !== undefined && !/\s/u.test(sign);
  function extend(key) {
    if (!chosen) return;
    let end = chosen.end;
    if (key === "]") {
      while (end < signs.length && !isWord(signs[end])) end++;
      while (isWord(signs[end])) end++;
    } else if (key === "[") {
      while (end > chosen.start && isWord(signs[end - 1])) end--;
      while (end > chosen.start && !isWord(signs[end - 1])) end--;
    } else {
      while (end < signs.length && !/[.;\n]/.test(signs[end])) end++;
    }
    if (end > chosen.start) choose(chosen.start, end);
  }

  let places = [], place = 0;
  async function search(step) {
    const words = $("search").value.trim();
    if (!words) return;
    if ($("search").dataset.asked !== words) {
      $("search").dataset.asked = words;
      $("found").textContent = "";
      places = await ask(`find/${encodeURIComponent(words)}`);
      place = 0;
    } else if (places.length) {
      place = (place + step + places.length) % places.length;
    }
    $("found").textContent = places.length ? say("place", { n: place + 1, all: places.length }) : say("none");
    if (places.length) choose(...places[place]);
  }

  /* --- the row in hand */

  function fieldOf(column, value, id) {
    const row = make("div", "", "rv-field");
    const label = make("label", column.title);
    label.htmlFor = id;
    let input;
    if (column.values.length) {
      input = make("select");
      for (const [one, words] of [["", ""], ...column.values]) input.append(new Option(words, one));
    } else {
      input = make("input");
      if (column.type === "agencies" || column.type === "units") input.setAttribute("list", column.type);
      if (column.type === "date") input.placeholder = "2026-12-31";
    }
    input.id = id;
    input.name = column.name;
    input.dataset.type = column.type;
    input.value = value || "";
    row.append(label, input);
    return row;
  }

  /** A date as Vietnamese people write it, a number with their comma, as the tables have them. */
  function typed(input) {
    const words = input.value.trim();
    const day = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(words);
    if (input.dataset.type === "date" && day) return `${day[3]}-${day[2].padStart(2, "0")}-${day[1].padStart(2, "0")}`;
    if (input.dataset.type === "number" && /^-?\d+,\d+$/.test(words)) return words.replace(",", ".");
    return words;
  }

  const valuesIn = (id) => Object.fromEntries([...$(id).querySelectorAll("[name]")].map((input) => [input.name, typed(input)]));

  function changed() {
    const one = item();
    if (!one || one.table === "warnings") return [];
    const now = valuesIn("fields");
    return Object.keys(now).filter((column) => now[column] !== one.values[column]);
  }

  function countAlike() {
    const one = item();
    const columns = changed();
    const codes = (other) => other.doubts.map((doubt) => doubt[2]).sort().join();
    const others = state.items.filter((other) => other.table === one.table && other !== one && other.rank !== DONE &&
      (columns.length ? columns.every((c) => other.values[c] === one.values[c]) : other.seen === one.seen && codes(other) === codes(one)));
    $("alike").textContent = others.length ? say("alike", { n: others.length }) : "";
    for (const input of $("fields").querySelectorAll("[name]")) input.parentElement.classList.toggle("changed", columns.includes(input.name));
  }

  function showCard() {
    const one = item();
    $("card").dataset.seen = one ? one.seen : "";
    $("about").replaceChildren();
    $("fields").replaceChildren();
    $("same").checked = false;
    $("learn-open").hidden = true;
    for (const id of ["why", "reject", "kind", "later", "quote"]) $(id).hidden = !one;
    $("confirm").hidden = !one;
    if (!one) {
      $("what").textContent = say("finished");
      return;
    }
    const isRow = one.table !== "warnings";
    $("why").hidden = $("reject").hidden = !isRow;
    const where = [cfg.tables[one.table], one.place, one.page ? say("page", { n: one.page }) : ""];
    $("what").textContent = where.filter(Boolean).join(" · ");
    const badges = make("p");
    badges.append(make("span", one.reviewed || say(["doubts", "inferred", "stated", "done"][one.rank]), `kh-tag ${["warn", "", "good", "good"][one.rank]}`));
    for (const basis of one.inferred) badges.append(" ", make("span", basis, "kh-tag"));
    $("about").append(badges);
    $("learn-open").hidden = !one.unknown.length;
    for (const [severity, words] of one.doubts) $("about").append(make("p", words, severity === "warning" ? "refused" : ""));
    for (const [, name, near] of one.unknown) {
      const line = make("p", near.length ? `${say("near")}: ` : "");
      for (const known of near) {
        const button = make("button", known);
        button.type = "button";
        button.addEventListener("click", () => rename(name, known));
        line.append(button, " ");
      }
      $("about").append(line);
    }
    if (!isRow) $("about").append(make("p", say("look")));
    $("quote").textContent = one.quote;
    for (const column of isRow ? cfg.columns[one.table] : []) $("fields").append(fieldOf(column, one.values[column.name], `f-${column.name}`));
    if (!$("reason").value) $("reason").value = cfg.reasons[0];
    countAlike();
    light();
  }

  /** Put a known name where an unknown one stands in the values of the row. */
  function rename(name, known) {
    for (const input of $("fields").querySelectorAll("[name]")) {
      input.value = input.value.split("; ").map((one) => (one === name ? known : one)).join("; ");
    }
    countAlike();
    $("card").focus({ preventScroll: true });
  }

  function openLearn() {
    const unknown = item()?.unknown?.[0];
    if (!unknown) return;
    const [table, name, near] = unknown;
    $("learn-name").textContent = name;
    $("learn-known").value = near[0] || "";
    $("learn-known").setAttribute("list", table);
    $("learn-near").textContent = near.length ? `${say("near")}: ${near.join(" · ")}` : "";
    $("learn-new").hidden = table !== "agencies";
    $("learn").querySelector(".refused").textContent = "";
    $("learn").showModal();
  }

  $("learn").querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const told = { known: $("learn-known").value, name_en: $("learn-en").value, kind: $("learn-kind").value };
    if (await send("learn", { key: current, name: $("learn-name").textContent, told })) {
      $("learn").close();
      tell(say("learned"));
    } else {
      $("learn").querySelector(".refused").textContent = $("told").firstChild.textContent;
    }
  });

  function summary(one) {
    const told = Object.values(one.values).filter(Boolean).slice(0, 3).join(" · ");
    return one.table === "tasks" || !told ? one.quote.slice(0, 90) : told;
  }

  function showQueue() {
    const wanted = $("filter").value.trim().toLocaleLowerCase();
    const fits = (one) => !wanted || `${one.quote} ${Object.values(one.values).join(" ")} ${cfg.tables[one.table]}`.toLocaleLowerCase().includes(wanted);
    $("queue").replaceChildren(...state.items.filter(fits).map((one) => {
      const line = make("li");
      const button = make("button", summary(one));
      button.type = "button";
      button.dataset.key = one.key;
      button.prepend(make("span", cfg.tables[one.table], `kh-tag ${["warn", "", "", "good"][one.rank]}`));
      if (one.rank === DONE) button.prepend("✓ ");
      if (one.key === current) button.setAttribute("aria-current", "true");
      line.append(button);
      return line;
    }));
    const here = $("queue").querySelector("[aria-current]");
    if (here) here.scrollIntoView({ block: "nearest" });
  }

  function showProgress() {
    const all = state.items.length;
    const left = state.items.filter((one) => one.rank !== DONE && !(one.table === "warnings" && skipped.has(one.key))).length;
    const seconds = Math.floor((Date.now() - began) / 1000);
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    $("progress").textContent = `${say("left", { n: left, all })} · ${say("time", { t: time })}`;
  }

  function go(key, focus = true) {
    if (key !== current) chosen = null;
    current = key;
    showCard();
    showQueue();
    if (focus) $("card").focus({ preventScroll: true });
  }

  /** The next row that asks for an answer, behind one, or from the first on. */
  function following(key, kind) {
    const at = state.items.findIndex((one) => one.key === key);
    const rest = [...state.items.slice(at + 1), ...state.items.slice(0, Math.max(0, at))];
    const found = rest.find((one) => !quiet(one) && (!kind || one.table === kind));
    return found ? found.key : null;
  }

  function step(by) {
    const at = state.items.findIndex((one) => one.key === current);
    const one = state.items[at + by];
    if (one) go(one.key);
  }

  function take(next) {
    if (state && next.serial < state.serial) return;
    state = next;
    began = Date.now() - state.elapsed * 1000;
    $("undo").disabled = !state.undo;
    showProgress();
    tell(last);
    showPlan();
  }

  async function send(what, told) {
    let reply;
    sending++;
    try {
      const got = await fetch(what, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(told) });
      reply = await got.json();
    } catch {
      tell(say("gone"), true);
      return false;
    } finally {
      sending--;
    }
    take(reply.state);
    if (reply.refused) tell(reply.refused, true);
    else tell(what === "undo" ? say(reply.count ? "undone" : "nothing-to-undo") : say("saved", { n: reply.count }));
    return !reply.refused;
  }

  async function answer(what, more) {
    const one = item();
    if (!one) return;
    if (one.table === "warnings") {
      later();
      return;
    }
    const [before, next] = [current, following(current)];
    const told = { key: one.key, seen: one.seen, reason: $("reason").value, ...more };
    go(next); // at once: who types fast answers the next one meanwhile
    const done = await send(what, told);
    if (!done) go(before);
    else if (current === next && (!item() || item().rank === DONE)) go(following(next));
    else showQueue();
  }

  const confirm = () => answer("confirm", { values: valuesIn("fields"), same: $("same").checked });
  const reject = () => answer("reject", {});
  async function undo() {
    await send("undo", {});
    go(current && item() ? current : following(null));
  }
  function later() {
    const next = following(current);
    skipped.add(current);
    go(next);
    showProgress();
  }

  /* --- words, and what was missed */

  function open(id) {
    if (!chosen && item() && (id === "word" || item().table === "warnings")) {
      const [, start, end] = current.split("|").map(Number);
      if (end - start < 2000) chosen = { start, end, words: signs.slice(start, end).join("") };
    }
    if (!chosen) {
      tell(say("choose-words"), true);
      $("search").focus();
      return;
    }
    const dialog = $(id);
    dialog.querySelector(".chosen").textContent = chosen.words;
    dialog.querySelector(".refused").textContent = "";
    $(`${id}-reason`).value = cfg.reasons[id === "word" ? 1 : 0];
    if (id === "word") $("word-after").value = chosen.words;
    else missedFields();
    dialog.showModal();
  }

  function missedFields() {
    $("missed-fields").replaceChildren(...cfg.columns[$("missed-table").value].map((column) => fieldOf(column, "", `m-${column.name}`)));
  }

  /** The words alone that were changed among those chosen, and what they should read. */
  function narrowed(after) {
    const [old, now] = [signs.slice(chosen.start, chosen.end), Array.from(after)];
    let [head, tail] = [0, 0];
    while (head < Math.min(old.length, now.length) && old[head] === now[head]) head++;
    while (tail < Math.min(old.length, now.length) - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
    if (head + tail === Math.max(old.length, now.length)) return { after };
    while (head > 0 && isWord(old[head - 1])) head--;
    while (tail > 0 && isWord(old[old.length - tail])) tail--;
    return { start: chosen.start + head, end: chosen.end - tail, after: now.slice(head, now.length - tail).join("") };
  }

  async function keep(id, what, told) {
    const done = await send(what, { start: chosen.start, end: chosen.end, reason: $(`${id}-reason`).value, ...told });
    if (!done) {
      $(id).querySelector(".refused").textContent = $("told").firstChild.textContent;
      return;
    }
    $(id).close();
    chosen = null;
    if (CSS.highlights) CSS.highlights.clear();
    go(item() ? current : following(null));
  }

  $("word").querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    keep("word", "correct", { ...narrowed($("word-after").value), same: $("word-same").checked });
  });
  $("missed").querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    keep("missed", "add", { table: $("missed-table").value, values: valuesIn("missed-fields") });
  });
  $("missed-table").addEventListener("change", missedFields);
  for (const button of document.querySelectorAll("dialog .cancel")) button.addEventListener("click", () => button.closest("dialog").close());
  for (const dialog of document.querySelectorAll("dialog")) dialog.addEventListener("close", () => $("card").focus({ preventScroll: true }));

  /* --- keys and buttons */

  const doing = {
    c: confirm, Enter: confirm, x: reject, s: later, ArrowRight: () => step(1), ArrowLeft: () => step(-1), z: undo,
    n: () => go(following(current, item()?.table) ?? following(current)),
    e: () => $("fields").querySelector("[name]")?.focus(),
    l: () => { $("same").checked = !$("same").checked; },
    k: openLearn, w: () => open("word"), a: () => open("missed"), v: () => { turn($("sheets").hidden); light(); },
    "/": () => $("search").select(), "?": () => $("help").showModal(),
    "]": extend, "[": extend, "}": extend,
  };
  document.addEventListener("keydown", (event) => {
    const inField = event.target.matches("input, select, textarea");
    if (event.key === "Escape" && inField && !event.target.closest("dialog")) {
      event.preventDefault();
      $("card").focus({ preventScroll: true });
      return;
    }
    const modal = document.querySelector("dialog[open]");
    const isOther = event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
    if (inField || modal || isOther || !$("keys").checked) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "Enter" && event.target.matches("button, a, summary")) return;
    if (key.startsWith("Arrow") && event.target.matches("#text, #sheets")) return;
    if (/^[1-5]$/.test(key)) $("reason").value = cfg.reasons[Number(key) - 1];
    else if (doing[key]) doing[key](key);
    else return;
    event.preventDefault();
  });
  $("card").addEventListener("submit", (event) => {
    event.preventDefault();
    confirm();
  });
  $("card").addEventListener("input", countAlike);
  $("reject").addEventListener("click", reject);
  $("later").addEventListener("click", later);
  $("kind").addEventListener("click", () => doing.n());
  $("undo").addEventListener("click", undo);
  $("word-open").addEventListener("click", () => open("word"));
  $("learn-open").addEventListener("click", openLearn);
  $("missed-open").addEventListener("click", () => open("missed"));
  $("help-open").addEventListener("click", () => $("help").showModal());
  $("view").addEventListener("click", () => doing.v());
  $("filter").addEventListener("input", showQueue);
  $("search").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    search(event.shiftKey ? -1 : 1);
  });
  $("queue").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) go(button.dataset.key);
  });
  for (const side of [$("text"), $("sheets")]) {
    side.addEventListener("click", (event) => {
      const marked = event.target.closest("[data-k]");
      if (marked && getSelection().isCollapsed) go(numbers[Number(marked.dataset.k.split(" ")[0])] || current);
    });
  }

  (async () => {
    cfg = await ask("config");
    for (const [id, options] of [["agencies", cfg.agencies], ["reasons", cfg.reasons]]) $(id).append(...options.map((one) => new Option(one, one)));
    $("units").append(...cfg.units.map(([id, name]) => new Option(name, id)));
    $("learn-kind").append(...cfg.kinds.map(([value, label]) => new Option(label, value)));
    $("missed-table").append(...cfg.added.map((name) => new Option(cfg.tables[name], name)));
    const english = document.documentElement.lang === "en";
    $("other").href = english ? ".." : "en/";
    take(await ask("state"));
    go(following(null));
    setInterval(showProgress, 1000);
    const news = new EventSource("news");
    news.addEventListener("message", async (event) => {
      if (Number(event.data) === state.serial) return;
      const now = await ask("state");
      const had = current && item();
      take(now);
      showQueue();
      if (sending) return;
      if (!had || !item()) go(following(null), false);
      else if (item().seen !== $("card").dataset.seen && !changed().length) showCard();
    });
    news.addEventListener("error", () => tell(say("gone"), true));
    news.addEventListener("open", () => tell(""));
  })();
})();
