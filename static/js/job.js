// Shows how far a file is without a reload; the page has a link for those without scripts.
const INTERVAL = 1500;

const box = document.getElementById("job");
const said = document.getElementById("job-said");

async function read(address) {
  try {
    const answer = await fetch(address, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.getElementById("job");
  } catch {
    return null; // The network may be back at the next look.
  }
}

function show(fresh) {
  const before = box.querySelector("strong")?.textContent;
  if (fresh.dataset.watch) {
    // Only what counts is replaced, so that the button keeps its focus.
    for (const part of [".job-state", "progress"]) {
      box.querySelector(part)?.replaceWith(fresh.querySelector(part));
    }
  } else {
    const focused = box.contains(document.activeElement);
    delete box.dataset.watch;
    box.replaceChildren(...fresh.childNodes);
    if (focused) box.querySelector("a, button")?.focus();
  }
  // The state is said when it changes, not each count.
  const now = box.querySelector("strong")?.textContent;
  if (now !== before) said.textContent = now;
}

async function look() {
  const fresh = await read(box.dataset.watch);
  if (fresh) show(fresh);
  if (box.dataset.watch) setTimeout(look, INTERVAL);
}

box.querySelector(".no-script")?.remove();
setTimeout(look, INTERVAL);
