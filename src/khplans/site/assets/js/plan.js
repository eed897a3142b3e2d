/* A plan's page: from marked words to their rows, from a row to its words, kinds on and off. */
(function () {
  "use strict";
  const english = document.body.dataset.lang === "en";
  const notes = new Map();
  for (const note of document.querySelectorAll(".kh-notes li")) notes.set(note.dataset.k, note);
  const marksOf = (key) => document.querySelectorAll(`mark[data-k~="${CSS.escape(key)}"]`);

  function light(keys) {
    for (const on of document.querySelectorAll(".kh-on")) on.classList.remove("kh-on");
    for (const key of keys) {
      for (const mark of marksOf(key)) mark.classList.add("kh-on");
      notes.get(key)?.classList.add("kh-on");
    }
  }

  /** Light the words that the address points to, all of them, not the first piece alone. */
  function follow(focus) {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const mark = target.closest("mark") || (target.nextElementSibling?.matches("mark") && target.nextElementSibling);
    if (!mark) return;
    const table = decodeURIComponent(location.hash.slice(1)).split("/")[0];
    const kind = { tasks: "t", indicators: "i", citations: "c", short_citations: "c", corrections: "x", warnings: "w" }[table];
    const keys = mark.dataset.k.split(" ").filter((key) => notes.get(key)?.classList.contains(kind));
    const named = keys.filter((key) =>
      [...(notes.get(key)?.querySelectorAll("a") || [])].some((a) => decodeURIComponent(a.hash) === decodeURIComponent(location.hash)),
    );
    light(named.length ? named : keys);
    if (!focus) return;
    // What is above must have its true height, or the words would move away once it is laid out.
    document.body.classList.add("kh-laid-out");
    mark.scrollIntoView({ block: "center", behavior: "instant" });
  }

  const box = document.createElement("div");
  box.className = "kh-pop";
  box.hidden = true;
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-label", english ? "Rows taken from these words" : "Dòng dữ liệu lấy từ chữ này");
  document.body.append(box);

  function open(mark) {
    const keys = mark.dataset.k.split(" ").filter((key) => notes.has(key));
    if (!keys.length) return;
    const list = document.createElement("ul");
    list.className = "kh-notes";
    for (const key of keys) {
      const copy = notes.get(key).cloneNode(true);
      list.append(copy);
    }
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "×";
    close.setAttribute("aria-label", english ? "Close" : "Đóng");
    close.addEventListener("click", hide);
    box.replaceChildren(close, list);
    box.hidden = false;
    const place = mark.getBoundingClientRect();
    const width = Math.min(384, innerWidth - 16);
    box.style.width = `${width}px`;
    box.style.left = `${Math.max(8, Math.min(place.left, innerWidth - width - 8)) + scrollX}px`;
    box.style.top = `${place.bottom + 6 + scrollY}px`;
    light(keys);
  }

  function hide() {
    box.hidden = true;
  }

  document.addEventListener("click", (event) => {
    const mark = event.target.closest("main mark[data-k]");
    if (mark) open(mark);
    else if (!event.target.closest(".kh-pop")) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  for (const [key, note] of notes) {
    note.addEventListener("mouseenter", () => light([key]));
  }
  for (const input of document.querySelectorAll(".kh-kinds input")) {
    input.addEventListener("change", () => {
      document.querySelector("main").classList.toggle(`kh-no-${input.value}`, !input.checked);
    });
  }
  addEventListener("hashchange", () => follow(true));
  follow(true);
})();
