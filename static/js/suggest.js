// Suggestions below a search box, after the WAI-ARIA pattern of a combobox with a list:
// the focus stays in the box, arrows choose, Enter opens, Escape closes. The form works
// as it does without them.

const WAIT = 180;
const SHORTEST = 2;

function build(input, number) {
  const list = document.createElement("ul");
  list.id = `suggestions-${number}`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestLabel);
  list.hidden = true;
  input.closest(".search-line").after(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);
  return list;
}

function attach(input, number) {
  const list = build(input, number);
  let chosen = -1;
  let timer = 0;
  let request = null;
  const options = () => [...list.children];

  function close() {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    const all = options();
    chosen = (index + all.length + 1) % (all.length + 1);
    all.forEach((each, at) => each.setAttribute("aria-selected", String(at === chosen)));
    // The last step is the box itself.
    if (chosen === all.length) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", all[chosen].id);
    all[chosen]?.scrollIntoView({ block: "nearest" });
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map((each, at) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${at}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.address = each.address;
      const label = document.createElement("bdi");
      label.textContent = each.label;
      const note = document.createElement("span");
      note.className = "soft";
      note.textContent = each.note;
      option.append(label, " ", note);
      return option;
    }));
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = suggestions.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
  }

  async function ask() {
    request?.abort();
    const text = input.value.trim();
    // Before anything is typed, a reader's own last searches.
    if (text.length && text.length < SHORTEST) return close();
    request = new AbortController();
    try {
      const address = `${input.dataset.suggest}?q=${encodeURIComponent(text)}`;
      const answer = await fetch(address, { signal: request.signal });
      if (answer.ok) show((await answer.json()).suggestions);
    } catch (error) {
      // An older question, or no network: the box works without suggestions.
      if (error.name !== "AbortError") close();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("focus", () => {
    if (!input.value.trim()) ask();
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    const count = options().length;
    if (event.key === "ArrowDown") choose(chosen < 0 ? 0 : chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? count - 1 : chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && options()[chosen]) location.assign(options()[chosen].dataset.address);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => setTimeout(close, WAIT));
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault();
    location.assign(option.dataset.address);
  });
}

document.querySelectorAll("input[data-suggest]").forEach(attach);

// Narrowing in place brings a new box.
document.addEventListener("htmx:afterSwap", () => {
  document.querySelectorAll("input[data-suggest]:not([role])").forEach((input) => attach(input, Date.now()));
});

// "/" leads to the box from everywhere but from where one types.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const input = document.querySelector("input[data-suggest]");
  if (!input) return;
  event.preventDefault();
  input.focus();
  input.select();
});
