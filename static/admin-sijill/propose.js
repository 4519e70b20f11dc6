// Asks for proposals while somebody types, and shows them in place of the former ones.
// Without it the button "Propose from the text" does the same.
const PAUSE = 900; // milliseconds without a letter before the archive is asked
const section = document.querySelector(".proposals[data-address]");
const form = section?.closest("form");
if (form) {
  const panel = section.querySelector("#proposals");
  const changed = new Map(); // ticks that a person has set, by value
  let timer = 0;
  let asking = null;

  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const data = new FormData(form);
    data.set("_article", section.dataset.article);
    data.delete("_take");
    try {
      const answer = await fetch(section.dataset.address, { method: "POST", body: data, signal: asking.signal });
      if (!answer.ok || answer.redirected) return; // the button explains what is wrong
      panel.innerHTML = await answer.text();
    } catch (error) {
      if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error;
      return; // another request has been made, or there is no network
    }
    for (const box of panel.querySelectorAll("[name=_take]")) {
      if (changed.has(box.value)) box.checked = changed.get(box.value);
    }
  };

  panel.addEventListener("change", ({ target }) => {
    if (target.name === "_take") changed.set(target.value, target.checked);
  });
  for (const name of ["title", "byline", "body"]) {
    form.elements[name]?.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
  }
}
