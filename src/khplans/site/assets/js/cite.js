/* A plan's pages: the three citations of the row that the reader chose, by address or in its box, to be copied. */
(function () {
  "use strict";
  const { say, make, named, shortened } = self.khPage;
  const text = document.querySelector(".kh-doc");
  const block = document.getElementById("cite-row");
  const forms = [...block.querySelectorAll("pre code")].map((code) => [code, code.textContent]);
  const escaped = (words) => words.replace(/([&%$#_{}])/g, "\\$1");
  const cited = (place) => /^(tasks|indicators|citations|short_citations|corrections)\//.test(place);

  /** A key of ASCII, in which letters of lists (d, đ) stay apart. */
  const keyOf = (place) =>
    place
      .replace(/[^\x00-\x7f]/gu, (letter) => `u${letter.codePointAt(0).toString(16)}`)
      .replace(/[^A-Za-z0-9.-]+/g, "-");

  /** Fill in the row whose words stand at `place`, the id of an element. */
  function cite(place) {
    const key = document.getElementById(place)?.dataset.k?.split(" ")[0];
    if (!key || !cited(place)) return;
    const marks = text.querySelectorAll(`mark[data-k~="${CSS.escape(key)}"]`);
    const words = shortened([...marks].map((mark) => mark.textContent).join(""), 90);
    for (const [code, form] of forms) {
      code.textContent = form
        .replace("⟦words⟧", () => (form.startsWith("@") ? escaped(words) : words))
        .replace("⟦place⟧", () => encodeURI(place))
        .replace("⟦key⟧", () => keyOf(place));
    }
    block.hidden = false;
  }

  /** The row stays the one that the address names. */
  function chosen(place) {
    cite(place);
    history.replaceState(null, "", `#${encodeURI(place)}`);
  }

  function action(words, act) {
    const button = make("button", { type: "button", class: "kh-cite-this" }, words);
    button.addEventListener("click", () => act(button));
    return button;
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest("main mark[data-k]")) return;
    for (const note of document.querySelectorAll(".kh-pop li[data-k]")) {
      const key = CSS.escape(note.dataset.k);
      const place = text.querySelector(`[id][data-k="${key}"], [id][data-k^="${key} "]`)?.id;
      if (!place || !cited(place)) continue;
      note.querySelector("p").prepend(
        action(say("Cite this row"), () => {
          chosen(place);
          block.scrollIntoView({ block: "center" });
        }),
        " · ",
        action(say("copy"), async (button) => {
          chosen(place);
          await navigator.clipboard.writeText(forms[0][0].textContent);
          button.textContent = say("copied");
        }),
        " · ",
      );
    }
  });
  const follow = () => cite(named());
  addEventListener("hashchange", follow);
  follow();
})();
