/* The graph of who cites what: larger and smaller, dragged, searched, the lines of a chosen document lit. */
(function () {
  "use strict";
  const { say, make } = self.khPage;
  const frame = document.querySelector(".kh-zoom");
  const picture = frame.querySelector("svg");
  const nodes = [...picture.querySelectorAll("[data-n]")];
  const lines = [...picture.querySelectorAll("[data-a]")];
  const own = picture.viewBox.baseVal.width;
  let scale = 1;

  /** Larger or smaller, with what stands at a point of the frame kept there. */
  function zoom(factor, x = frame.clientWidth / 2, y = frame.clientHeight / 2) {
    const before = scale;
    scale = Math.min(4, Math.max(Math.min(1, frame.clientWidth / own), scale * factor));
    const [left, top] = [frame.scrollLeft + x, frame.scrollTop + y];
    picture.style.width = `${own * scale}px`;
    frame.scrollTo((left * scale) / before - x, (top * scale) / before - y);
  }

  /** Light documents and plans, those that they are tied to, and the lines between. */
  function light(chosen) {
    const keys = new Set(chosen.map((node) => node.dataset.n));
    const tied = new Set(keys);
    for (const line of lines) {
      const { a, b } = line.dataset;
      const on = keys.has(a) || keys.has(b);
      line.classList.toggle("kh-on", on);
      if (on) tied.add(a).add(b);
    }
    for (const node of nodes) node.classList.toggle("kh-on", tied.has(node.dataset.n));
    picture.classList.toggle("kh-chosen", keys.size > 0);
  }

  const bar = make("p", { class: "kh-tools" });
  const found = make("span", { role: "status" });
  const asks = say("Find in the picture");
  const input = make("input", { type: "search", placeholder: asks, "aria-label": asks });
  const fold = self.khFold;
  input.addEventListener("input", () => {
    const wanted = fold(input.value);
    const hits = wanted ? nodes.filter((node) => fold(node.textContent).includes(wanted)) : [];
    light(hits);
    found.textContent = wanted ? say("%(n)s found", { n: hits.length }) : "";
    if (!hits.length) return;
    const [node, around] = [hits[0].getBoundingClientRect(), frame.getBoundingClientRect()];
    const room = (size, of) => Math.max(0, of - size) / 2;
    frame.scrollBy(node.left - around.left - room(node.width, around.width), node.top - around.top - room(node.height, around.height));
  });
  bar.append(input, " ");
  for (const [label, name, factor] of [
    ["+", say("Larger"), 1.35],
    ["−", say("Smaller"), 1 / 1.35],
  ]) {
    const button = make("button", { type: "button", class: "md-button", "aria-label": name }, label);
    button.addEventListener("click", () => zoom(factor));
    bar.append(button, " ");
  }
  bar.append(found);
  frame.before(bar);

  for (const node of nodes) {
    for (const kind of ["mouseenter", "focus"]) node.addEventListener(kind, () => input.value || light([node]));
    for (const kind of ["mouseleave", "blur"]) node.addEventListener(kind, () => input.value || light([]));
  }
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const around = frame.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY / 400), event.clientX - around.left, event.clientY - around.top);
  });

  // One mouse button drags, two fingers zoom; one finger scrolls by itself.
  const held = new Map();
  let moved = 0;
  const apart = () => {
    const [a, b] = [...held.values()];
    return Math.hypot(a.x - b.x, a.y - b.y);
  };
  frame.addEventListener("pointerdown", ({ pointerId, clientX: x, clientY: y }) => {
    held.set(pointerId, { x, y });
    moved = 0;
  });
  addEventListener("pointermove", (event) => {
    const last = held.get(event.pointerId);
    if (!last) return;
    const before = held.size === 2 ? apart() : 0;
    const [dx, dy] = [event.clientX - last.x, event.clientY - last.y];
    held.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (before) zoom(apart() / before);
    else if (event.pointerType === "mouse") {
      frame.scrollBy(-dx, -dy);
      moved += Math.abs(dx) + Math.abs(dy);
    }
  });
  for (const kind of ["pointerup", "pointercancel"]) addEventListener(kind, (event) => held.delete(event.pointerId));
  frame.addEventListener("dragstart", (event) => event.preventDefault());
  frame.addEventListener("click", (event) => moved > 5 && event.preventDefault(), true);
})();
