/* Charts as PNG: the picture of the page with its title and source, in the colours of a light page, twice as large. */
(function () {
  "use strict";
  const PAINT = ["fill", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "paint-order", "font-family", "font-size", "font-weight", "text-anchor"];

  /** The picture alone: every element with the styles that the page gives it. */
  function alone(figure) {
    const picture = figure.querySelector("svg");
    figure.dataset.mdColorScheme = "default";
    const copy = picture.cloneNode(true);
    const parts = copy.querySelectorAll("*");
    for (const [i, part] of [...picture.querySelectorAll("*")].entries()) {
      const style = getComputedStyle(part);
      for (const name of PAINT) parts[i].setAttribute(name, style.getPropertyValue(name));
    }
    const ground = getComputedStyle(figure).getPropertyValue("--ground");
    delete figure.dataset.mdColorScheme;
    const [left, top, width, height] = picture.dataset.whole.split(" ");
    const paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    for (const [name, value] of Object.entries({ x: left, y: top, width, height, fill: ground })) paper.setAttribute(name, value);
    copy.prepend(paper);
    copy.setAttribute("viewBox", picture.dataset.whole);
    copy.setAttribute("width", 2 * width);
    copy.setAttribute("height", 2 * height);
    return new XMLSerializer().serializeToString(copy);
  }

  async function save(figure, name) {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(alone(figure))}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    canvas.getContext("2d").drawImage(image, 0, 0);
    const link = document.createElement("a");
    link.href = canvas.toDataURL("image/png");
    link.download = name;
    link.click();
  }

  for (const take of document.querySelectorAll(".kh-take")) {
    const drawn = take.querySelector('[href$=".svg"]');
    const button = self.khPage.make("button", { type: "button" }, "PNG");
    button.addEventListener("click", () => {
      save(take.closest("figure"), drawn.download.replace(/svg$/, "png"));
    });
    drawn.after(" · ", button);
  }
})();
