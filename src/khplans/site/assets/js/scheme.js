/* Before the first paint: the reader's choice of light or dark, and that scripts run. */
(function () {
  var root = document.documentElement;
  root.classList.add("js");
  try {
    var kept = localStorage.getItem("kh-scheme");
    if (kept) root.dataset.scheme = kept;
  } catch (error) {
    /* Storage may be closed (file://, private windows): the system's choice holds. */
  }
})();
