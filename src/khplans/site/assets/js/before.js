/* Before the first paint: that scripts run, and the typeface asked for early. (A folder's page may not ask: a tag
   would be an error there.) */
(function () {
  document.documentElement.classList.replace("no-js", "js");
  if (location.protocol === "file:") return;
  const here = document.currentScript.src;
  for (const weight of ["400", "600"]) {
    const link = document.createElement("link");
    link.rel = "preload";
    link.as = "font";
    link.crossOrigin = "";
    link.href = new URL(`../vendor/be-vietnam-pro/be-vietnam-pro-${weight}.woff2`, here).href;
    document.head.append(link);
  }
})();
