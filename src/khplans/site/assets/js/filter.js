/* A box that hides the rows of a page's tables that don't hold what is typed, accents or not. */
(function () {
  "use strict";
  const input = document.querySelector(".kh-filter");
  if (!input) return;
  const rows = [...document.querySelectorAll("main tbody tr")].map((row) => [
    row,
    self.khFold(row.textContent),
  ]);
  input.addEventListener("input", () => {
    const wanted = self.khFold(input.value);
    for (const [row, text] of rows) row.hidden = !text.includes(wanted);
  });
})();
