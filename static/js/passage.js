// Offers to copy what is selected in the text of an article, with its source and a link
// that opens at it: a text fragment, and the number of the paragraph for browsers that
// know none. Without this script the bar is hidden.

const WORDS = 4;

const body = document.querySelector(".article-body");
const bar = document.querySelector(".passage-bar");
const status = bar?.querySelector("[role=status]");

function paragraphOf(node) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  return element?.closest(".article-body > p");
}

// The selection without halves of words: a text fragment is found at words only.
function selectedRange() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!body.contains(range.commonAncestorContainer)) return null;
  return range.toString().trim() ? range : null;
}

function textBetween(from, to) {
  const range = document.createRange();
  range.setStart(...from);
  range.setEnd(...to);
  return range.toString();
}

// The passage in whole words, and the paragraph in which it begins.
function readPassage(range) {
  const first = paragraphOf(range.startContainer) ?? body.firstElementChild;
  const last = paragraphOf(range.endContainer) ?? body.lastElementChild;
  const before = textBetween([first, 0], [range.startContainer, range.startOffset]);
  const behind = textBetween(
    [range.endContainer, range.endOffset],
    [last, last.childNodes.length],
  );
  const inside = range.toString();
  const head = /\s$/.test(before) || /^\s/.test(inside) ? "" : /\S*$/.exec(before)[0];
  const tail = /\s$/.test(inside) || /^\s/.test(behind) ? "" : /^\S*/.exec(behind)[0];
  return {
    text: (head + inside + tail).trim(),
    before: splitWords(before.slice(0, before.length - head.length)).slice(-WORDS),
    behind: splitWords(behind.slice(tail.length)).slice(0, WORDS),
    paragraph: first.id,
  };
}

function splitWords(text) {
  return text.split(/\s+/).filter(Boolean);
}

// Commas, dashes and ampersands are signs of the syntax.
function encode(words) {
  return encodeURIComponent(words.join(" ")).replaceAll("-", "%2D");
}

// The words around it tell it from the same words elsewhere.
function linkTo({ text, before, behind, paragraph }) {
  const words = splitWords(text);
  const isLong = text.includes("\n") || words.length > 2 * WORDS;
  const parts = isLong
    ? [encode(words.slice(0, WORDS)), encode(words.slice(-WORDS))]
    : [encode(words)];
  if (before.length) parts.unshift(`${encode(before)}-`);
  if (behind.length) parts.push(`-${encode(behind)}`);
  return `${bar.dataset.address}#${paragraph}:~:text=${parts.join(",")}`;
}

function withSource(passage) {
  const citation = document.getElementById(bar.dataset.citation);
  return `«${passage.text}»\n${citation.innerText.trim()}\n${linkTo(passage)}`;
}

const WRITERS = { source: withSource, link: linkTo };

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

if (body && bar) {
  let passage = null;
  document.addEventListener("selectionchange", () => {
    // A click into the bar may take the selection away.
    if (bar.contains(document.activeElement)) return;
    const range = selectedRange();
    passage = range && readPassage(range);
    bar.hidden = !passage;
    status.textContent = "";
  });
  for (const button of bar.querySelectorAll("[data-write]")) {
    button.addEventListener("click", async () => {
      if (!passage) return;
      const text = WRITERS[button.dataset.write](passage);
      const copied = await copy(text);
      status.textContent = copied ? bar.dataset.done : bar.dataset.failed;
    });
  }
  bar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      getSelection().removeAllRanges();
      bar.hidden = true;
    }
  });
}
