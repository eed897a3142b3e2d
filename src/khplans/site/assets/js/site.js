/* Every page: the site's own address, the place kept when the language changes, Material's search element. */
(function () {
  "use strict";
  const { root, say } = self.khPage;

  // Where no address is set, it is where the reader found the site.
  const here = new URL(root, location.href).href;
  for (const mark of document.querySelectorAll(".kh-site")) mark.textContent = here;
  if (/^https?:/.test(here)) {
    for (const offered of document.querySelectorAll(".kh-by-address")) offered.hidden = false;
    document.querySelector(".kh-no-address")?.remove();
  }
  for (const link of document.querySelectorAll(".kh-webcal")) {
    if (/^https?:/.test(link.href)) link.href = link.href.replace(/^https?/, "webcal");
  }

  /** The last heading or row above the middle of the window, which the other language has as well. */
  function place() {
    if (scrollY < 200) return "";
    let found = "";
    for (const named of document.querySelectorAll("article [id]")) {
      if (named.closest("#explorer, .kh-pop") || !named.offsetParent) continue;
      if (named.getBoundingClientRect().top > innerHeight / 2) break;
      found = named.id;
    }
    return found && `#${found}`;
  }

  const language = document.querySelector(".kh-language");
  language.addEventListener("click", () => {
    const target = new URL(language.href);
    target.search = location.search;
    target.hash = location.hash || place();
    language.href = target.href;
  });

  // Material's script opens its element for its own search only.
  const opened = document.getElementById("__search");
  const input = document.getElementById("kh-q");
  opened.addEventListener("change", () => {
    if (opened.checked) input.focus();
  });
  input.addEventListener("focus", () => {
    opened.checked = true;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opened.checked) {
      opened.checked = false;
      input.blur();
    }
  });
  document.addEventListener("focusin", (event) => {
    if (opened.checked && !event.target.closest(".md-search")) opened.checked = false;
  });

  const blocks = document.querySelectorAll("article pre");
  // What is wider than its box is scrolled by keyboard too. An observer asks once the page stands; to ask here lays it out once more.
  const wide = new ResizeObserver((entries) => {
    for (const { target } of entries.filter(({ target }) => target.scrollWidth > target.clientWidth)) target.tabIndex = 0;
  });
  for (const pre of blocks) wide.observe(pre);
  if (blocks.length) {
    // Material makes landmarks, all of one name, of the buttons beside blocks of code.
    const unnamed = "nav.md-code__nav:not([aria-label])";
    const code = say("Code");
    let named = 0;
    new MutationObserver(() => {
      for (const nav of document.querySelectorAll(unnamed)) nav.setAttribute("aria-label", `${code} ${++named}`);
    }).observe(document.querySelector("article"), { childList: true, subtree: true });
  }
})();
