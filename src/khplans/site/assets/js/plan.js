/* A plan's pages: from marked words to their rows, from a row to its words, kinds on and off. */
(function () {
  "use strict";
  const english = document.querySelector("[data-root]").dataset.lang === "en";
  const root = document.querySelector("[data-root]").dataset.root;
  const text = document.querySelector(".kh-doc");
  const notes = new Map();
  for (const note of text.querySelectorAll("li[data-k]")) notes.set(note.dataset.k, note);
  /** Key of a row → the element that its address names. */
  const places = new Map();
  for (const place of text.querySelectorAll("[id][data-k]")) places.set(place.dataset.k.split(" ")[0], place);
  for (const [key, note] of notes) {
    const label = note.querySelector("b");
    const place = places.get(key);
    if (!place) continue;
    const link = document.createElement("a");
    link.href = `#${encodeURI(place.id)}`;
    link.append(...label.childNodes);
    label.append(link);
  }
  const marksOf = (key) => text.querySelectorAll(`mark[data-k~="${CSS.escape(key)}"]`);
  const wanted = () => decodeURIComponent(location.hash.slice(1));

  function light(keys) {
    for (const on of document.querySelectorAll(".kh-on")) on.classList.remove("kh-on");
    for (const key of keys) {
      for (const mark of marksOf(key)) mark.classList.add("kh-on");
      notes.get(key)?.classList.add("kh-on");
    }
  }

  /** Light the words that the address points to, all of them, not the first piece alone. */
  function follow() {
    const place = document.getElementById(wanted());
    if (!place) return elsewhere();
    if (!place.dataset.k) return;
    const key = place.dataset.k.split(" ")[0];
    light([key]);
    marksOf(key)[0]?.scrollIntoView({ block: "center", behavior: "instant" });
  }

  /** A row is known by the address of its plan's first page: its words may stand on a later one. */
  function elsewhere() {
    if (!/^[a-z_]+\/./.test(wanted())) return;
    const plan = text.dataset.plan;
    self.khPlaces = (pages) => {
      const number = pages.findIndex((ids) => ids.includes(wanted())) + 1;
      const tree = root + (english ? "en/" : "");
      if (number) location.replace(`${tree}plans/${plan}${number > 1 ? `/${number}` : ""}.html${location.hash}`);
    };
    const script = document.createElement("script");
    script.src = `${root}static/plans/${plan}.js`;
    document.head.append(script);
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
    list.append(...keys.map((key) => notes.get(key).cloneNode(true)));
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
  addEventListener("hashchange", follow);
  follow();
})();
