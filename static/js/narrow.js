// Narrowing in place: a box that is ticked loads the page of its search, and only what
// changes is exchanged. Without this script the boxes wait for their button.

const FOLDED = "details[id]";

let openBefore = new Map();

// What the reader has unfolded stays so, whatever the new page opens by itself.
function remember() {
  openBefore = new Map([...document.querySelectorAll(FOLDED)].map((each) => [each.id, each.open]));
}

function unfold() {
  for (const each of document.querySelectorAll(FOLDED)) {
    if (openBefore.has(each.id)) each.open = openBefore.get(each.id);
  }
}

// The status line outlives the exchange: a new one would not be read out.
function announce() {
  const count = document.getElementById("count");
  const live = document.getElementById("live");
  if (count && live) live.textContent = count.textContent;
}

document.addEventListener("htmx:beforeSwap", remember);
document.addEventListener("htmx:afterSwap", (event) => {
  unfold();
  if (event.detail.elt.id === "search-page" || event.detail.target.id === "search-page") announce();
});

// A page that says what is wrong is a page of its own.
function leave(event) {
  location.assign(event.detail.pathInfo.finalRequestPath);
}

document.addEventListener("htmx:responseError", leave);
document.addEventListener("htmx:sendError", leave);
