/* Reporting an error: a message to the catalogue's contact with the row's address, its words and the data's version. */
(function () {
  "use strict";
  const { root, say, make, shortened } = self.khPage;
  const link = document.querySelector(".kh-report a");

  /**
   * The address that opens a message about `words` that stand at `address` (absolute, or within this page);
   * empty where the catalogue names no contact.
   */
  self.khReport = (address, words) => {
    if (!link) return "";
    const { start, form, site } = link.dataset;
    let full = new URL(address, location.href).href;
    const here = new URL(root, location.href).href;
    if (site && full.startsWith(here)) full = site + full.slice(here.length);
    const body = form.replace("⟦address⟧", () => full).replace("⟦words⟧", () => shortened(words, 400)).replace(/\n/g, "\r\n");
    return start + encodeURIComponent(body);
  };

  /** A link that reports a row. */
  self.khReportLink = (address, words) =>
    make("a", { class: "kh-report-row", href: self.khReport(address, words) }, say("Report an error"));

  if (!link) return;
  link.addEventListener("click", () => {
    link.href = self.khReport(location.href, String(getSelection()));
  });
  for (const cell of document.querySelectorAll(".kh-labelled td.where")) {
    const source = cell.querySelector('a[href*="#"]');
    const row = cell.closest("tr").querySelector('[lang="vi"]');
    if (source && row) cell.append(make("br"), self.khReportLink(source.href, row.textContent));
  }
})();
