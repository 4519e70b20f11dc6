// Moves between the words that a search found in an article without loading it again.
// The links of the bar work by themselves; this only spares the way to the server.

const WORDS_BEFORE = 40;
const WORDS_BEHIND = 60;
const KEYS = { KeyN: "1", KeyP: "-1" };

const bar = document.querySelector(".hit-bar");
const links = bar ? [...bar.querySelectorAll("[data-step]")] : [];
const count = Number(bar?.dataset.count ?? 0);

function currentHit() {
  const found = /^#hit-(\d+)$/.exec(location.hash);
  return found && Number(found[1]) <= count ? Number(found[1]) : 0;
}

// From the last hit on to the first, and back again.
function neighbor(step) {
  const current = currentHit();
  if (step > 0) return (current % count) + 1;
  return current > 1 ? current - 1 : count;
}

// The next hit may be in another part of a long text: the link leads there by itself.
function leadsBeyond(step, link) {
  const isAtEnd = step > 0 ? currentHit() >= count : currentHit() <= 1;
  if (!isAtEnd || !link.dataset.beyond) return false;
  link.href = link.dataset.beyond;
  return true;
}

// In the digits of the page.
function inDigits(number) {
  const zero = bar.dataset.zero.codePointAt(0);
  return String(number).replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
}

// What stands round a hit, whole words only, for readers who do not see it.
function wordsRound(mark) {
  const block = mark.closest("p, h1") ?? mark;
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEndBefore(mark);
  let before = range.toString();
  range.setEnd(block, block.childNodes.length);
  range.setStartAfter(mark);
  let behind = range.toString();
  if (before.length > WORDS_BEFORE) before = before.slice(-WORDS_BEFORE).replace(/^\S*\s/, "");
  if (behind.length > WORDS_BEHIND) behind = behind.slice(0, WORDS_BEHIND).replace(/\s\S*$/, "");
  return before + mark.textContent + behind;
}

function show() {
  const current = currentHit();
  const mark = current && document.getElementById(`hit-${current}`);
  if (!mark) return;
  bar.querySelector(".hit-number").textContent = bar.dataset.place.replace("{place}", inDigits(current));
  bar.querySelector(".hit-words").textContent = `: ${wordsRound(mark)}`;
}

// The address moves along, without a step for each hit on the way back to the results.
function move(step, link) {
  location.replace(`#hit-${neighbor(step)}`);
  link.focus({ preventScroll: true });
}

if (links.length) {
  for (const link of links) {
    link.setAttribute("aria-keyshortcuts", link.dataset.step === "1" ? "N" : "P");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      if (leadsBeyond(Number(link.dataset.step), link)) return;
      event.preventDefault();
      move(Number(link.dataset.step), link);
    });
  }
  // Letters are keys of the bar only while it has the focus.
  bar.addEventListener("keydown", (event) => {
    const link = links.find((each) => each.dataset.step === KEYS[event.code]);
    if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    link.click();
  });
  addEventListener("hashchange", show);
  show();
}
