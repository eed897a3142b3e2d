/* Asks about one row at a time; every word of a plan is put on the page as text. */
(function () {
  "use strict";
  document.body.dataset.mdColorScheme = matchMedia("(prefers-color-scheme: dark)").matches ? "slate" : "default";
  const $ = (id) => document.getElementById(id);
  const DONE = 3;
  const NAMED = 8; // rows alike that are named before they are answered with the one in hand
  const isEnglish = document.documentElement.lang === "en";
  let cfg, state, current, numbers = [], signs = [], chosen = null, shown = "", began = 0, last = "", sending = 0;
  const skipped = new Set(), answered = new Set(); // rows whose answer is under way
  const trail = []; // the rows that were in hand, for the way back
  let hand = null; // where in the queue the row in hand was taken up: it may go, or turn up elsewhere
  let drawn = ""; // the row that the card shows
  const page = (sessionStorage.khplans ||= crypto.randomUUID()); // each page takes back what was done on it
  const say = (name, facts = {}) => (cfg.said[name] || name).replace(/\{(\w+)\}/g, (_, key) => facts[key]);
  const ask = async (what) => (await fetch(what, { cache: "no-store" })).json();
  const item = () => state.items.find((one) => one.key === current);
  const quiet = (one) => one.rank === DONE || skipped.has(one.key) || answered.has(one.key);

  function make(tag, words, cls) {
    const made = document.createElement(tag);
    if (words) made.textContent = words;
    if (cls) made.className = cls;
    return made;
  }

  function tell(words, refused) {
    last = words;
    const lines = [[words, refused], [state.error, true]];
    $("told").replaceChildren(...lines.filter(([line], n) => line && (!n || line !== words)).map(([line, bad]) => make("p", line, bad ? "refused" : "")));
  }

  /** Say in a dialog what is wrong. */
  const refuse = (dialog, words) => ($(dialog).querySelector(".refused").textContent = words);

  /* --- the plan at the left */

  /** The plan comes behind the rows: what is done to its words waits for it. */
  let planShown = Promise.resolve();

  async function showPlan() {
    const mine = (shown = state.text);
    const got = await ask("text");
    if (shown !== mine) return planShown;
    $("text").innerHTML = got.text; // escaped by the server, to the character
    $("sheets").innerHTML = got.sheets;
    numbers = got.keys;
    signs = Array.from(got.source);
    if (got.sheets && $("view").hidden) { // those of a printed PDF come later
      $("view").hidden = false;
      if (!chosen) turn(true);
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
      [places] = await Promise.all([ask(`find/${encodeURIComponent(words)}`), planShown]);
      place = 0;
    } else if (places.length) {
      place = (place + step + places.length) % places.length;
    }
    $("found").textContent = places.length ? say("place", { n: place + 1, all: places.length }) : say("none");
    if (places.length) choose(...places[place]);
  }

  /* --- the row in hand */

  function fieldOf(column, value, id, shownAs = "") {
    const row = make("div", "", "rv-field");
    const label = make("label", column.title);
    label.htmlFor = id;
    let input;
    if (column.values.length) {
      input = make("select");
      for (const [one, words] of [["", ""], ...column.values]) input.append(new Option(words, one));
    } else {
      input = make("input");
      if (["agencies", "types", "units"].includes(column.type)) input.setAttribute("list", column.type);
      if (column.type === "date") input.placeholder = "2026-12-31";
    }
    input.id = id;
    input.name = column.name;
    input.dataset.type = column.type;
    input.value = column.type === "number" && !isEnglish ? (value || "").replace(".", ",") : shownAs || value || "";
    Object.assign(input.dataset, { value: value || "", shown: input.value });
    row.append(label, input);
    return row;
  }

  /** `300.000` and `1.234,5` without the signs between thousands, which English writes the other way round. */
  function plainNumber(words) {
    const [thousands, decimal] = isEnglish ? [",", "."] : [".", ","];
    const [whole, rest, ...more] = words.split(decimal);
    const groups = whole.split(thousands);
    const grouped = groups.length > 1 && /^-?[1-9]\d{0,2}$/.test(groups[0]) && groups.slice(1).every((group) => /^\d{3}$/.test(group));
    if (more.length || (groups.length > 1 && !grouped)) return words;
    return [grouped ? groups.join("") : whole, ...(rest === undefined ? [] : [rest])].join(".");
  }

  /** A date as Vietnamese people write it, a number as the page's language does, as the tables have them. */
  function typed(input) {
    const words = input.value.trim();
    if (words === input.dataset.shown) return input.dataset.value;
    const day = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(words);
    if (input.dataset.type === "date" && day) return `${day[3]}-${day[2].padStart(2, "0")}-${day[1].padStart(2, "0")}`;
    return input.dataset.type === "number" ? plainNumber(words) : words;
  }

  const valuesIn = (id) => Object.fromEntries([...$(id).querySelectorAll("[name]")].map((input) => [input.name, typed(input)]));

  function changed() {
    const one = item();
    if (!one || !cfg.columns[one.table]) return [];
    const now = valuesIn("fields");
    return Object.keys(now).filter((column) => now[column] !== one.values[column]);
  }

  function countAlike() {
    const one = item();
    const columns = changed();
    const codes = (other) => other.doubts.map((doubt) => doubt[2]).sort().join();
    const others = state.items.filter((other) => other.table === one.table && other !== one && other.rank !== DONE &&
      (columns.length ? columns.every((c) => other.values[c] === one.values[c]) : other.seen === one.seen && codes(other) === codes(one)));
    const some = others.slice(0, NAMED).map(summary).join("; ");
    $("alike").textContent = others.length ? `${say("alike", { n: others.length })}: ${some}${others.length > NAMED ? "; …" : ""}` : "";
    for (const input of $("fields").querySelectorAll("[name]")) input.parentElement.classList.toggle("changed", columns.includes(input.name));
  }

  function showCard() {
    const one = item();
    drawn = JSON.stringify(one);
    $("card").dataset.seen = one ? one.seen : "";
    $("about").replaceChildren();
    $("fields").replaceChildren();
    $("same").checked = false;
    $("learn-open").hidden = true;
    for (const id of ["why", "kind", "later", "quote"]) $(id).hidden = !one;
    $("confirm").hidden = !one;
    $("proposed").hidden = !one || !one.proposed.length;
    if (!one) {
      $("reject").hidden = true;
      $("what").textContent = say("finished");
      return;
    }
    const isJudgement = one.table === "judgements";
    const isRow = one.table !== "warnings" && !isJudgement;
    $("reject").hidden = one.table === "warnings";
    $("reject").firstChild.data = `${say(isJudgement ? "drop" : "reject")} `;
    $("confirm").hidden = isJudgement;
    $("confirm").firstChild.data = `${say(one.table === "sections" ? "confirm-whole" : isRow ? "confirm" : "looked")} `;
    const where = [cfg.tables[one.table], one.place, one.page ? say("page", { n: one.page }) : ""];
    $("what").textContent = where.filter(Boolean).join(" · ");
    const badges = make("p");
    badges.append(make("span", one.reviewed || say(["doubts", "inferred", "stated", "done"][one.rank]), `kh-tag ${["warn", "", "good", "good"][one.rank]}`));
    for (const basis of one.inferred) badges.append(" ", make("span", basis, "kh-tag"));
    $("about").append(badges);
    $("learn-open").hidden = !one.unknown.length;
    for (const [severity, words] of one.doubts) $("about").append(make("p", words, severity === "warning" ? "refused" : ""));
    for (const [table, name, near] of one.unknown) {
      const line = make("p", near.length ? `${say("near")}: ${table === "measures" ? near.join(" · ") : ""}` : "");
      for (const known of table === "measures" ? [] : near) {
        const button = make("button", known);
        button.type = "button";
        button.addEventListener("click", () => rename(name, known));
        line.append(button, " ");
      }
      $("about").append(line);
    }
    if (one.table === "warnings" || one.table === "sections") $("about").append(make("p", say(isRow ? "whole" : "look")));
    if (one.proposed.length) {
      const [, , before, after, reason] = one.proposed[0];
      $("about").append(make("p", `${say("proposal")}: «${before}» → «${after}» (${reason})`));
    }
    $("quote").textContent = one.quote;
    for (const column of isRow ? cfg.columns[one.table] : []) $("fields").append(fieldOf(column, one.values[column.name], `f-${column.name}`, column.type === "units" ? one.unit : ""));
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
    const first = (words) => words.toLocaleLowerCase().split(" ")[0];
    $("learn-known").value = near.find((one) => first(one) === first(name)) || ""; // another kind of body is none to propose
    $("learn-known").setAttribute("list", table);
    $("learn-near").textContent = near.length ? `${say("near")}: ${near.join(" · ")}` : "";
    $("learn-new").hidden = table === "units";
    $("learn-group").textContent = say(table === "measures" ? "theme" : "body");
    $("learn-kind").replaceChildren(...(table === "measures" ? cfg.themes : cfg.kinds).map(([value, label]) => new Option(label, value)));
    refuse("learn", "");
    $("learn").showModal();
  }

  $("learn").querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const group = item()?.unknown?.[0]?.[0] === "measures" ? "theme" : "kind";
    const told = { known: $("learn-known").value, name_en: $("learn-en").value, [group]: $("learn-kind").value };
    if (await send("learn", { key: current, name: $("learn-name").textContent, told })) {
      $("learn").close();
      tell(say("learned"));
    } else {
      refuse("learn", $("told").firstChild.textContent);
    }
  });

  function summary(one) {
    const told = Object.values({ ...one.values, ...(one.unit && { unit: one.unit }) }).filter(Boolean).slice(0, 3).join(" · ");
    return one.table === "tasks" || !told ? one.quote.slice(0, 90) : told;
  }

  function lineOf(one) {
    const line = make("li");
    const button = make("button", summary(one));
    button.type = "button";
    button.dataset.key = one.key;
    button.prepend(make("span", cfg.tables[one.table], `kh-tag ${["warn", "", "", "good"][one.rank]}`));
    button.prepend({ 0: "? ", [DONE]: "✓ " }[one.rank] || "");
    line.append(button);
    return line;
  }

  let queued = []; // what the lines of the queue say: only those that change are made anew
  function showQueue() {
    const wanted = $("filter").value.trim().toLocaleLowerCase();
    const fits = (one) => !wanted || `${one.quote} ${Object.values(one.values).join(" ")} ${cfg.tables[one.table]}`.toLocaleLowerCase().includes(wanted);
    const items = state.items.filter(fits);
    const now = items.map((one) => `${one.key} ${one.rank} ${summary(one)}`);
    const lines = $("queue").children;
    if (now.length !== queued.length) $("queue").replaceChildren(...items.map(lineOf));
    else items.forEach((one, n) => now[n] === queued[n] || lines[n].replaceWith(lineOf(one)));
    queued = now;
    $("queue").querySelector("[aria-current]")?.removeAttribute("aria-current");
    const here = lines[items.findIndex((one) => one.key === current)]?.firstChild;
    here?.setAttribute("aria-current", "true");
    here?.scrollIntoView({ block: "nearest" });
  }

  function showProgress() {
    const all = state.items.length;
    const left = state.items.filter((one) => one.rank !== DONE).length;
    const seconds = Math.floor((Date.now() - began) / 1000);
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    $("progress").textContent = `${say("left", { n: left, all })} · ${say("time", { t: time })}`;
  }

  function go(key, focus = true) {
    if (key !== current) {
      chosen = null;
      if (current) trail.push(current);
    }
    current = key;
    if (key !== hand?.key) hand = item() ? { key, rank: item().rank, start: startOf(item()) } : null;
    showCard();
    showQueue();
    if (focus) $("card").focus({ preventScroll: true });
  }

  const startOf = (one) => Number(one.key.split("|")[1]);

  /** How many rows of the queue come before what is behind the row in hand, wherever that is by now. */
  function reached() {
    const at = state.items.findIndex((one) => one.key === current);
    if (!hand || (at >= 0 && [hand.rank, DONE].includes(state.items[at].rank))) return at + 1;
    const isBehind = (one) => one.rank !== DONE && (one.rank > hand.rank || (one.rank === hand.rank && startOf(one) >= hand.start));
    const next = state.items.findIndex(isBehind);
    return next < 0 ? state.items.length : next;
  }

  /** The next row that asks for an answer, behind the one in hand; those skipped come once there is no other. */
  function following(kind) {
    const from = reached();
    const rest = [...state.items.slice(from), ...state.items.slice(0, from)].filter((one) => one.key !== current && (!kind || one.table === kind));
    const found = rest.find((one) => !quiet(one));
    if (found || kind) return found ? found.key : null;
    const left = rest.find((one) => skipped.delete(one.key) && !quiet(one));
    return left ? left.key : null;
  }

  /** The row that was in hand before; where there is none, the one above in the list. */
  function back() {
    while (trail.length) {
      const key = trail.pop();
      if (key === current || !state.items.some((one) => one.key === key)) continue;
      go(key);
      trail.pop(); // the way back is not gone again
      return;
    }
    const above = state.items[state.items.findIndex((one) => one.key === current) - 1];
    if (above) go(above.key);
  }

  function take(next) {
    if (state && next.serial < state.serial) return;
    state = next;
    began = Date.now() - state.elapsed * 1000;
    $("undo").disabled = !state.undo.includes(page);
    showProgress();
    tell(last);
    if (shown !== state.text) planShown = showPlan();
  }

  async function send(what, told) {
    let reply;
    sending++;
    try {
      const got = await fetch(what, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ page, ...told }) });
      reply = await got.json();
    } catch {
      tell(say("gone"), true);
      return null;
    } finally {
      sending--;
    }
    take(reply.state);
    if (reply.refused) tell(reply.refused, true);
    else tell(what === "undo" ? say(reply.count ? "undone" : "nothing-to-undo") : say("saved", { n: reply.count }));
    return reply.refused ? null : reply;
  }

  /** What a person typed into the fields of the row in hand, by column. */
  const touched = () => Object.fromEntries([...$("fields").querySelectorAll("[name]")].filter((input) => input.value !== input.dataset.shown).map((input) => [input.name, input.value]));

  /** Put it there again where it was not taken; what nobody touched is as it now stands. */
  function typeAgain(typedIn) {
    const inputs = [...$("fields").querySelectorAll("[name]")].filter((input) => input.name in typedIn);
    for (const input of inputs) input.value = typedIn[input.name];
    countAlike();
    inputs[0]?.focus();
  }

  /** The agencies that rows of the plan name, but for those that nobody knows. */
  function agenciesThere() {
    const columns = Object.values(cfg.columns).flat().filter(({ type }) => type === "agencies").map(({ name }) => name);
    const there = state.items.flatMap((one) => columns.flatMap((column) => (one.values[column] || "").split("; ")));
    const unknown = new Set(state.items.flatMap((one) => one.unknown.map(([, name]) => name)));
    return there.filter((name) => !unknown.has(name));
  }

  let asked = ""; // names that are not known, once a person was asked about them
  /** Names typed in that neither the lists nor other rows have: they are asked about before they are kept. */
  function strangeIn(one) {
    const known = { agencies: new Set([...cfg.agencies, ...agenciesThere()]), types: new Set(cfg.types) };
    const names = Object.keys(touched()).flatMap((column) => {
      const input = $("fields").querySelector(`[name="${column}"]`);
      const list = known[input.dataset.type];
      const old = (one.values[column] || "").split("; ");
      return list ? input.value.split(input.dataset.type === "agencies" ? ";" : "\n").map((name) => name.trim()).filter((name) => name && !list.has(name) && !old.includes(name)) : [];
    });
    return names.join("; ");
  }

  async function answer(what, more) {
    const one = item();
    if (!one) return;
    const strange = what === "confirm" ? strangeIn(one) : "";
    if (strange && strange !== asked) {
      asked = strange;
      tell(say("strange", { names: strange }), true);
      return;
    }
    const [before, next] = [current, following()];
    const typedIn = touched();
    const told = { key: one.key, seen: $("card").dataset.seen, reason: $("reason").value, ...more };
    answered.add(before);
    go(next); // at once: who types fast answers the next one meanwhile
    const done = await send(what, told);
    answered.delete(before);
    if (!done) {
      go(before);
      typeAgain(typedIn);
    } else if (current === next && (!item() || item().rank === DONE)) go(following());
    else showQueue();
  }

  const confirm = () => answer("confirm", { values: valuesIn("fields"), same: $("same").checked });
  const reject = () => (item()?.table === "warnings" ? tell(say("look"), true) : answer("reject", {}));
  async function undo() {
    const done = await send("undo", {});
    const isThere = (key) => state.items.some((one) => one.key === key);
    go([done?.key, current].find(isThere) || following());
  }

  /** Take the correction that is proposed for the words of the row. */
  async function accept() {
    const [start, end, , after, reason] = item()?.proposed[0] || [];
    if (!after) tell(say("nothing-proposed"), true);
    if (after && (await send("correct", { start, end, first: start, last: end, after, reason, same: false }))) go(item() ? current : following());
  }
  function later() {
    const next = following() ?? current; // the last one that is left is not put off
    skipped.add(current);
    go(next);
    showProgress();
  }

  /* --- words, and what was missed */

  async function open(id) {
    await planShown;
    if (!chosen && item() && (id === "word" || item().table === "warnings")) {
      const [start, end] = item().words;
      if (start < end && end - start < 2000) chosen = { start, end, words: signs.slice(start, end).join("") };
    }
    if (!chosen) {
      tell(say("choose-words"), true);
      $("search").focus();
      return;
    }
    const dialog = $(id);
    dialog.querySelector(".chosen").textContent = chosen.words;
    refuse(id, "");
    $(`${id}-reason`).value = cfg.reasons[id === "word" ? 1 : 0];
    if (id === "word") {
      $("word-after").value = chosen.words.replace(/\s/g, " "); // a field has one line
      $("word-same").checked = false; // it was said of other words
    } else missedFields();
    dialog.showModal();
  }

  function missedFields() {
    $("missed-fields").replaceChildren(...cfg.columns[$("missed-table").value].map((column) => fieldOf(column, "", `m-${column.name}`)));
  }

  /** The words alone that were changed among those chosen, and what they should read. */
  function narrowed(after) {
    const [old, now] = [signs.slice(chosen.start, chosen.end), Array.from(after)];
    let [head, tail] = [0, 0];
    const same = (one, other) => one === other || (!isWord(one) && !isWord(other));
    while (head < Math.min(old.length, now.length) && same(old[head], now[head])) head++;
    while (tail < Math.min(old.length, now.length) - head && same(old[old.length - 1 - tail], now[now.length - 1 - tail])) tail++;
    if (head + tail === Math.max(old.length, now.length)) return { after };
    while (head > 0 && isWord(old[head - 1])) head--;
    while (tail > 0 && isWord(old[old.length - tail])) tail--;
    return { start: chosen.start + head, end: chosen.end - tail, after: now.slice(head, now.length - tail).join("") };
  }

  async function keep(id, what, told) {
    const done = await send(what, { start: chosen.start, end: chosen.end, reason: $(`${id}-reason`).value, ...told });
    if (!done) {
      refuse(id, $("told").firstChild.textContent);
      return;
    }
    $(id).close();
    chosen = null;
    if (CSS.highlights) CSS.highlights.clear();
    go(item() ? current : following());
  }

  $("word").querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    keep("word", "correct", { first: chosen.start, last: chosen.end, ...narrowed($("word-after").value), same: $("word-same").checked });
  });
  $("missed").querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    keep("missed", "add", { table: $("missed-table").value, values: valuesIn("missed-fields") });
  });
  $("missed-table").addEventListener("change", missedFields);
  for (const button of document.querySelectorAll("dialog .cancel")) button.addEventListener("click", () => button.closest("dialog").close());
  for (const dialog of document.querySelectorAll("dialog")) dialog.addEventListener("close", () => $("card").focus({ preventScroll: true }));

  /* --- the cells of a table: words, each with its place in the grid, in the order of the text */

  let grid = null;
  const fitsIn = (place, row, column) => place && row >= place.row && row < place.row + place.rows && column >= place.column && column < place.column + place.columns;
  const placed = (words) => words.filter(({ place }) => place);
  const most = (numbers) => numbers.reduce((one, other) => Math.max(one, other), 0);
  const lastRow = (words) => most(placed(words).map(({ place }) => place.row + place.rows - 1));
  const lastTable = (words) => most(placed(words).map(({ place }) => place.table));
  const isGlued = (before, sign) => (/\p{Ll}/u.test(before) && /\p{Lu}/u.test(sign)) || (/\p{L}/u.test(before) && /\d/.test(sign));

  function wordsAt(start, end, place) {
    const found = [];
    for (let at = start; at < end; at++) {
      if (!isWord(signs[at])) continue;
      const word = { start: at, end: at + 1, place };
      while (word.end < end && isWord(signs[word.end]) && !isGlued(signs[word.end - 1], signs[word.end])) word.end++;
      found.push(word);
      at = word.end - 1;
    }
    return found;
  }

  /** All words of some rows, which count on from table to table; those between the pieces are in no cell. */
  function wordsOf(got) {
    const words = [];
    let [at, above, last] = [got.span[0], 0, 0];
    for (const [start, end, row, column, rows, columns, table] of [...got.pieces, [got.span[1], got.span[1]]]) {
      if (row && table !== last) [above, last] = [lastRow(words), table];
      words.push(...wordsAt(at, start, null), ...wordsAt(start, end, row ? { row: row + above, column, rows, columns, table } : null));
      at = end;
    }
    return words;
  }

  const range = (first, count) => (count > 1 ? `${first}-${first + count - 1}` : `${first}`);
  const asText = (place) => (place ? `${range(place.row, place.rows)}.${range(place.column, place.columns)}` : "-");

  /** The words as review.csv has them: a line for each stretch that stands in one cell and on one line. */
  function stretches(words) {
    const lines = [];
    for (const word of words) {
      const last = lines[lines.length - 1];
      if (last && asText(last.place) === asText(word.place) && !signs.slice(last.end, word.start).includes("\n")) last.end = word.end;
      else lines.push({ ...word });
    }
    let [table, above] = [0, 0];
    return lines.map(({ start, end, place }, n) => {
      const isNext = place && place.table !== table;
      const head = isNext && placed(lines.slice(0, n)).length ? "--\n" : "";
      if (isNext) [table, above] = [place.table, lastRow(words.filter((word) => word.place?.table < place.table))];
      return `${head}${asText(place && { ...place, row: place.row - above })}: ${signs.slice(start, end).join("")}`;
    }).join("\n");
  }

  async function openCells() {
    await planShown;
    const [, start, end] = chosen ? [0, chosen.start, chosen.end] : (current || "").split("|").map(Number);
    if (!(start < end)) {
      tell(say("choose-words"), true);
      return;
    }
    const got = await ask(`cells/${start}/${end}`);
    if (got.refused) {
      tell(got.refused, true);
      return;
    }
    const words = wordsOf(got);
    const at = Math.max(0, words.findIndex((word) => word.end > start));
    grid = { ...got, words, at, anchor: null, before: [], shown: stretches(words) };
    $("cells-reason").value = cfg.reasons[2];
    refuse("cells", "");
    showGrid();
    $("cells").showModal();
    $("grid").focus();
  }

  /** The words without the bars that part cells and are in none, as far as there are others. */
  function seen() {
    const { words } = grid;
    const found = words.filter(({ start, end, place }) => place || signs.slice(start, end).some((sign) => sign !== "|"));
    return found.length ? found : words;
  }

  /** The words that are moved: those marked, else from the one at hand to the end of its cell. */
  function marked() {
    const { words, at, anchor } = grid;
    const [first, last] = anchor === null ? [at, words.length] : [Math.min(at, anchor), Math.max(at, anchor)];
    const these = new Set(words.slice(first, last + 1));
    return seen().filter((word) => these.has(word) && (anchor !== null || asText(word.place) === asText(words[at].place)));
  }

  /** Another word is in hand: `choose` finds it among those seen by its number. */
  function turnTo(choose) {
    const words = seen();
    const here = words.findIndex(({ start }) => start >= grid.words[grid.at].start);
    const at = choose(here < 0 ? words.length - 1 : here, words);
    grid.at = grid.words.indexOf(words[Math.max(0, Math.min(words.length - 1, at))]);
  }

  function showGrid() {
    turnTo((here) => here);
    const { words, at } = grid;
    const [moved, drawn] = [new Set(marked()), new Set(seen())];
    const wide = Math.max(grid.names.length, most(placed(words).map(({ place }) => place.column + place.columns - 1)));
    const names = Array.from({ length: wide }, (_, n) => nameOf(n + 1));
    const begun = new Map(placed(words).reverse().map(({ place }) => [place.table, place.row]));
    const table = make("table");
    const heads = make("tr");
    for (let column = 1; column <= wide; column++) heads.append(make("th", `${column} ${names[column - 1] || ""}`));
    table.append(heads);
    const places = new Map();
    for (let row = 1; row <= lastRow(words); row++) {
      if (tableAt(row) && begun.get(tableAt(row)) === row) {
        const head = make("th", say("next-table"));
        head.colSpan = wide;
        table.append(make("tr"));
        table.lastChild.append(head);
      }
      const line = make("tr");
      for (let column = 1; column <= wide; column++) line.append(places.set(`${row}.${column}`, make("td")).get(`${row}.${column}`));
      table.append(line);
    }
    if (words.some((word) => !word.place && drawn.has(word))) {
      const line = make("tr");
      const outside = make("td", `${say("outside")}: `);
      outside.colSpan = wide || 1;
      places.set("", outside);
      line.append(outside);
      table.append(line);
    }
    for (const { place } of words.filter((word) => word.place)) {
      if (place.rows + place.columns > 2) places.get(`${place.row}.${place.column}`).dataset.size = asText(place);
    }
    words.forEach((word, n) => {
      if (!drawn.has(word)) return;
      const shown = make("b", signs.slice(word.start, word.end).join(""), `${moved.has(word) ? "move" : ""} ${n === at ? "at" : ""}`);
      shown.dataset.n = n;
      places.get(word.place ? `${word.place.row}.${word.place.column}` : "").append(shown, " ");
    });
    $("grid").replaceChildren(table);
    const word = words[at];
    const facts = { w: signs.slice(word.start, word.end).join(""), r: word.place?.row, c: word.place?.column, name: names[word.place?.column - 1] || "" };
    $("cells-said").textContent = say(word.place ? "cell-place" : "cell-outside", facts);
    $("grid").querySelector(".at").scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** The table that a row is of. */
  const tableAt = (row) => lastTable(grid.words.filter(({ place }) => place && place.row <= row));

  /** What a column is called, by the rows shown that name them, else by the table. */
  function nameOf(column) {
    if (!grid.heads) return grid.names[column - 1] || "";
    const over = placed(grid.words).filter(({ place }) => place.row <= grid.heads && fitsIn(place, place.row, column));
    return over.map(({ start, end }) => signs.slice(start, end).join("")).join(" ");
  }

  /** The row that a word stands in; one in no cell counts as of the row of the word before it. */
  function rowOf(n) {
    while (n > 0 && !grid.words[n].place) n--;
    return grid.words[n].place?.row || 1;
  }

  function put(words, placeOf) {
    grid.before.push(grid.words);
    const gone = new Set(words);
    grid.words = withoutGaps(grid.words.map((word, n) => (gone.has(word) ? { ...word, place: placeOf(word, n) } : word)));
    grid.anchor = null;
  }

  /** The words with their rows counted anew: one in which no cell begins is none. */
  function withoutGaps(words) {
    const begun = [...new Set(placed(words).map(({ place }) => place.row))].sort((one, other) => one - other);
    const number = new Map(begun.map((row, n) => [row, n + 1]));
    const over = ({ row, rows }) => (rows > 1 ? begun.filter((one) => one >= row && one < row + rows).length : 1);
    return words.map((word) => (word.place ? { ...word, place: { ...word.place, row: number.get(word.place.row), rows: over(word.place) } } : word));
  }

  function placeAt(row, column) {
    const there = grid.words.find((word) => fitsIn(word.place, row, column));
    return there ? there.place : { row, column, rows: 1, columns: 1, table: tableAt(row) };
  }

  function toColumn(column) {
    const words = marked();
    grid.at = grid.words.indexOf(words[0]);
    put(words, (_, n) => (column ? placeAt(rowOf(n), column) : null));
  }

  function toRow(by) {
    if (marked().every(({ place }) => place && place.row + by > 0)) put(marked(), ({ place }) => placeAt(place.row + by, place.column));
  }

  function push(by) {
    const { row, column } = grid.words[grid.at].place || {};
    const words = grid.words.filter(({ place }) => place && place.row === row && place.column >= column);
    if (words.length && column + by > 0) put(words, ({ place }) => ({ ...place, column: place.column + by }));
  }

  /** The cell goes on over the row below, where nothing stands in its columns; else it takes one row again. */
  function merge() {
    const { place } = grid.words[grid.at];
    if (!place) return;
    const below = place.row + place.rows;
    const isFree = below <= lastRow(grid.words) && tableAt(below) === place.table && !grid.words.some((word) => word.place && word.place.column < place.column + place.columns && fitsIn(word.place, below, Math.max(word.place.column, place.column)));
    const own = asText(place);
    put(grid.words.filter((word) => asText(word.place) === own), () => ({ ...place, rows: isFree ? place.rows + 1 : 1 }));
  }

  /** A column is put in before the word in hand: it and all at its right move, in all rows shown. */
  function insert() {
    const { place: here } = grid.words[grid.at];
    if (!here) return;
    put(placed(grid.words), ({ place }) => {
      if (place.column >= here.column) return { ...place, column: place.column + 1 };
      return place.column + place.columns > here.column ? { ...place, columns: place.columns + 1 } : place;
    });
  }

  /** The column at the left of the word in hand is taken out, where nothing stands in it alone in the rows shown. */
  function takeOut() {
    const gone = (grid.words[grid.at].place?.column ?? 0) - 1;
    if (gone < 1) return;
    if (grid.words.some(({ place }) => place && place.column === gone && place.columns === 1)) {
      refuse("cells", say("column-taken", { n: gone }));
      return;
    }
    put(placed(grid.words), ({ place }) => {
      if (place.column > gone) return { ...place, column: place.column - 1 };
      return place.column + place.columns > gone ? { ...place, columns: place.columns - 1 } : place;
    });
  }

  /** Another table begins with the row in hand; where one does, it goes on with the table above. */
  async function part() {
    const row = rowOf(grid.at);
    if (!grid.words[grid.at].place) return;
    if (row === 1) {
      await takeInLine(-1);
      if (rowOf(grid.at) > 1) await part();
      return;
    }
    const [table, by] = tableAt(row - 1) < tableAt(row) ? [tableAt(row), -1] : [0, 1];
    put(placed(grid.words), ({ place }) => (by < 0 ? place.table >= table : place.row >= row) ? { ...place, table: place.table + by } : place);
  }

  /** Words of one line that are in no cell become a row. */
  function newRow() {
    const { words, at } = grid;
    const row = placed(words.slice(0, at)).length ? rowOf(at) : 0;
    const line = new Set(marked().filter((word) => !signs.slice(words[at].start, word.start).includes("\n")));
    put([...placed(words), ...line], (word) => {
      if (line.has(word)) return { row: row + 1, column: 1, rows: 1, columns: 1, table: tableAt(row) };
      if (word.place.row > row) return { ...word.place, row: word.place.row + 1 };
      return word.place.row + word.place.rows - 1 > row ? { ...word.place, rows: word.place.rows + 1 } : word.place;
    });
  }

  function split() {
    const [row, at] = [rowOf(grid.at), grid.at];
    if (!grid.words[at].place) {
      newRow();
      return;
    }
    put(grid.words.filter(({ place }) => place), ({ place }, n) => {
      if (place.row > row || (place.row === row && n >= at)) return { ...place, row: place.row + 1 };
      return place.row + place.rows - 1 > row ? { ...place, rows: place.rows + 1 } : place;
    });
  }

  async function join() {
    const row = rowOf(grid.at);
    if (!grid.words[grid.at].place) return;
    if (row === 1) {
      await takeInLine(-1);
      if (rowOf(grid.at) > 1) await join();
      return;
    }
    put(grid.words.filter(({ place }) => place), ({ place }) => {
      if (place.row === row) return placeAt(row - 1, place.column);
      if (place.row > row) return { ...place, row: place.row - 1 };
      return place.row + place.rows - 1 >= row && place.rows > 1 ? { ...place, rows: place.rows - 1 } : place;
    });
  }

  const isLetter = (sign) => /[\p{L}\p{N}]/u.test(sign);

  /** Take in the row below, or with -1 the one above. */
  async function takeInLine(by) {
    let [start, end] = grid.span;
    if (by > 0) {
      while (end < signs.length && !isLetter(signs[end])) end++;
      while (end < signs.length && signs[end] !== "\n") end++;
    } else {
      while (start > 0 && !isLetter(signs[start - 1])) start--;
      while (start > 0 && signs[start - 1] !== "\n") start--;
    }
    await takeIn(start, end);
  }

  /** Take in more of the text; what was moved stays where it was put. */
  async function takeIn(start, end) {
    const got = await ask(`cells/${start}/${end}`);
    if (got.refused) {
      refuse("cells", got.refused);
      return;
    }
    const words = wordsOf(got);
    const known = new Map(grid.words.map((word) => [word.start, word]));
    const [first, own] = [words.filter((word) => word.end <= grid.span[0]), words.filter((word) => known.has(word.start))];
    const above = [lastRow(first), placed(own)[0]?.place.table ?? lastTable(first)];
    const added = [lastRow(grid.words) - lastRow(own) + above[0], placed(own).length ? lastTable(grid.words) - lastTable(own) + above[1] : 0];
    const down = (place, [rows, tables]) => place && { ...place, row: place.row + rows, table: place.table + tables };
    const shown = stretches(words);
    const hand = grid.words[grid.at].start;
    grid.before = [];
    grid.words = words.map((word) => {
      if (known.has(word.start)) return { ...word, place: down(known.get(word.start).place, above) };
      return word.start < grid.span[0] ? word : { ...word, place: down(word.place, added) };
    });
    const { span, now, names, heads, whole } = got;
    Object.assign(grid, { span, now, names, heads, whole, shown, anchor: null });
    grid.at = grid.words.findIndex((word) => word.start === hand);
  }

  const moving = {
    u: () => toRow(-1), d: () => toRow(1), ">": () => push(1), "<": () => push(-1), s: split, j: join, m: merge, Backspace: join,
    i: insert, x: takeOut, b: part, a: () => takeIn(...grid.whole),
    "+": () => takeInLine(1), "=": () => takeInLine(1), "-": () => takeInLine(-1), "−": () => takeInLine(-1),
    z: () => { grid.words = grid.before.pop() || grid.words; },
    Home: () => turnTo(() => 0), End: () => turnTo((_, words) => words.length - 1),
    ArrowRight: (more) => toWord(1, more), ArrowLeft: (more) => toWord(-1, more),
    Enter: () => $("cells").querySelector("form").requestSubmit(),
    ArrowDown: (more) => (more ? throughPiece() : nextPiece(1)), ArrowUp: () => nextPiece(-1),
  };

  function toWord(by, more) {
    grid.anchor = more ? grid.anchor ?? grid.at : null;
    turnTo((here) => here + by);
  }

  /** Mark to the end of the cell, and to that of the next one where a cell is marked already. */
  function throughPiece() {
    const isFirst = grid.anchor === null;
    grid.anchor ??= grid.at;
    turnTo((here, words) => {
      const ends = (n) => !words[n + 1] || asText(words[n + 1].place) !== asText(words[n].place);
      let at = !isFirst && ends(here) && words[here + 1] ? here + 1 : here;
      while (!ends(at)) at++;
      return at;
    });
  }

  /** To the first word of the next cell, or of the one before. */
  function nextPiece(by) {
    turnTo((here, words) => {
      const isAs = (at, other) => words[at] && asText(words[at].place) === asText(words[other].place);
      let at = here;
      while (words[at + by] && isAs(at, here)) at += by;
      while (by < 0 && isAs(at - 1, at)) at--;
      return at;
    });
    grid.anchor = null;
  }

  let keysDone = Promise.resolve(); // a row that is taken in comes from the server: keys wait for their turn
  $("grid").addEventListener("keydown", (event) => {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const done = /^\d$/.test(key) ? () => toColumn(Number(key)) : moving[key];
    if (!done || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const more = event.shiftKey;
    refuse("cells", "");
    keysDone = keysDone.then(() => done(more)).then(showGrid).catch(() => refuse("cells", say("gone")));
  });
  $("grid").addEventListener("click", (event) => {
    const { n } = event.target.dataset;
    if (!n) return;
    Object.assign(grid, { at: Number(n), anchor: null });
    showGrid();
  });
  $("cells").querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const now = stretches(grid.words);
    const next = following();
    const told = { start: grid.span[0], end: grid.span[1], seen: grid.now, after: now === grid.shown ? grid.now : now, reason: $("cells-reason").value };
    if (await send("cells", told)) {
      $("cells").close();
      go(item() ? current : next && state.items.some((one) => one.key === next) ? next : following());
    } else {
      refuse("cells", $("told").firstChild.textContent);
    }
  });

  /* --- keys and buttons */

  const doing = {
    c: confirm, Enter: confirm, x: reject, s: later, ArrowRight: later, ArrowLeft: back, z: undo, p: accept,
    n: () => go(following(item()?.table) ?? following()),
    e: () => $("fields").querySelector("[name]")?.focus(),
    l: () => { $("same").checked = !$("same").checked; },
    t: openCells, k: openLearn, w: () => open("word"), a: () => open("missed"), v: () => { turn($("sheets").hidden); light(); },
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
  $("card").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("select")) return;
    event.preventDefault(); // it would open the list
    confirm();
  });
  $("card").addEventListener("input", countAlike);
  $("reject").addEventListener("click", reject);
  $("later").addEventListener("click", later);
  $("kind").addEventListener("click", () => doing.n());
  $("undo").addEventListener("click", undo);
  $("proposed").addEventListener("click", accept);
  $("word-open").addEventListener("click", () => open("word"));
  $("learn-open").addEventListener("click", openLearn);
  $("cells-open").addEventListener("click", openCells);
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
    cfg.tables.judgements = say("judgement");
    for (const [id, options] of [["agencies", cfg.agencies], ["types", cfg.types], ["measures", cfg.measures], ["units", cfg.units], ["reasons", cfg.reasons]]) $(id).append(...options.map((one) => new Option(one, one)));
    $("missed-table").append(...cfg.added.map((name) => new Option(cfg.tables[name], name)));
    $("other").href = isEnglish ? ".." : "en/";
    take(await ask("state"));
    go(following());
    setInterval(showProgress, 1000);
    const news = new EventSource("news");
    news.addEventListener("message", async (event) => {
      if (Number(event.data) === state.serial) return;
      const now = await ask("state");
      const had = current && item();
      take(now);
      showQueue();
      if (sending) return;
      if (!had || !item()) go(following(), false);
      else if (JSON.stringify(item()) !== drawn && !changed().length) showCard();
    });
    news.addEventListener("error", () => tell(say("gone"), true));
    news.addEventListener("open", () => tell(""));
  })();
})();
