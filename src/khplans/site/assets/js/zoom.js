/* Wide pictures: two buttons that make them larger and smaller inside their frame. */
(function () {
  "use strict";
  const english = document.querySelector("[data-root]").dataset.lang === "en";
  for (const frame of document.querySelectorAll(".kh-zoom")) {
    const picture = frame.querySelector("svg");
    let scale = 1;
    const bar = document.createElement("p");
    bar.className = "kh-tools";
    for (const [label, name, factor] of [
      ["+", english ? "Larger" : "Phóng to", 1.35],
      ["−", english ? "Smaller" : "Thu nhỏ", 1 / 1.35],
    ]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "md-button";
      button.textContent = label;
      button.setAttribute("aria-label", name);
      button.addEventListener("click", () => {
        scale = Math.min(4, Math.max(0.5, scale * factor));
        picture.style.width = `${scale * 100}%`;
        picture.style.maxWidth = "none";
      });
      bar.append(button, " ");
    }
    frame.before(bar);
  }
})();
