/* 404.html of a site that knows no address of its own: the page names this script at the places where it may be, and
   the one that answers tells where the site begins. What is addressed from "/" is then addressed from there. */
(function () {
  "use strict";
  const root = new URL("../../", document.currentScript.src).href;
  const told = document.querySelector("[data-root]");
  if (told.dataset.root !== "/" || root === new URL("/", location.href).href) return;
  const moved = (address) => root + address.slice(1);
  told.dataset.root = root;
  for (const name of ["href", "src", "action"]) {
    for (const element of document.querySelectorAll(`[${name}^="/"]:not(script)`)) element.setAttribute(name, moved(element.getAttribute(name)));
  }
  const config = document.getElementById("__config");
  config.textContent = JSON.stringify({ ...JSON.parse(config.textContent), base: root });
  for (const script of document.querySelectorAll('script[src^="/"]')) {
    const again = document.createElement("script");
    again.src = moved(script.getAttribute("src"));
    again.async = false; // in their order
    script.replaceWith(again);
  }
})();
