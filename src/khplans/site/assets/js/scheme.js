/* Before the first paint: the reader's choice of light or dark, that scripts run, and the typeface asked
   for early. (A folder's page may not ask: a tag in the page would be an error there.) */
(function () {
  var root = document.documentElement;
  root.classList.add("js");
  try {
    var kept = localStorage.getItem("kh-scheme");
    if (kept) root.dataset.scheme = kept;
  } catch (error) {
    /* Storage may be closed (file://, private windows): the system's choice holds. */
  }
  if (location.protocol === "file:") return;
  var here = document.currentScript.src;
  ["400", "600"].forEach(function (weight) {
    var link = document.createElement("link");
    link.rel = "preload";
    link.as = "font";
    link.crossOrigin = "";
    link.href = new URL("../vendor/be-vietnam-pro/be-vietnam-pro-" + weight + ".woff2", here).href;
    document.head.append(link);
  });
})();
