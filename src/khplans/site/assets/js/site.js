/* Every page: light and dark, where the reader is in the outline, copying code, keeping the place
   when the language changes. */
(function () {
  "use strict";
  const root = document.documentElement;

  // Where no address is set, it is where the reader found the site.
  const here = new URL(document.body.dataset.root, location.href).href;
  for (const mark of document.querySelectorAll(".kh-site")) mark.textContent = here;
  const english = document.body.dataset.lang === "en";

  const toggle = document.querySelector(".kh-scheme");
  if (toggle) {
    toggle.addEventListener("click", () => {
      const dark =
        root.dataset.scheme === "dark" ||
        (!root.dataset.scheme && matchMedia("(prefers-color-scheme: dark)").matches);
      root.dataset.scheme = dark ? "light" : "dark";
      try {
        localStorage.setItem("kh-scheme", root.dataset.scheme);
      } catch {
        /* Kept for this page only. */
      }
    });
  }

  /** The last heading or row above the middle of the window, which the other language has as well. */
  function place() {
    if (scrollY < 200) return "";
    let found = "";
    for (const named of document.querySelectorAll("main [id]")) {
      if (named.closest("#explorer, .kh-pop") || !named.offsetParent) continue;
      if (named.getBoundingClientRect().top > innerHeight / 2) break;
      found = named.id;
    }
    return found && `#${found}`;
  }

  const language = document.querySelector(".kh-lang");
  if (language) {
    language.addEventListener("click", () => {
      const target = new URL(language.href);
      target.search = location.search;
      target.hash = location.hash || place();
      language.href = target.href;
    });
  }

  for (const pre of document.querySelectorAll("main pre")) {
    if (pre.scrollWidth > pre.clientWidth) pre.tabIndex = 0;
    if (!navigator.clipboard) break;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "kh-copy";
    button.textContent = english ? "Copy" : "Chép";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(pre.innerText);
      button.textContent = english ? "Copied" : "Đã chép";
    });
    const box = document.createElement("div");
    box.className = "kh-code";
    pre.replaceWith(box);
    box.append(pre, button);
  }

  const links = new Map();
  for (const link of document.querySelectorAll(".kh-toc a[href^='#']")) {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (target) links.set(target, link);
  }
  if (links.size && "IntersectionObserver" in window) {
    let current;
    const outlineBox = document.querySelector(".kh-toc");
    const observer = new IntersectionObserver(
      (seen) => {
        for (const entry of seen) {
          if (!entry.isIntersecting) continue;
          if (current) current.classList.remove("kh-here");
          current = links.get(entry.target);
          current.classList.add("kh-here");
          outlineBox.scrollTop = current.offsetTop - outlineBox.clientHeight / 2;
        }
      },
      { rootMargin: "-10% 0px -75% 0px" },
    );
    for (const target of links.keys()) observer.observe(target);
  }
  const outline = document.querySelector(".kh-toc details");
  if (outline && !matchMedia("(max-width: 64rem)").matches) outline.open = true;
})();
