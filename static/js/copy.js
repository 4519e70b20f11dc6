// Copies a citation by the button beside it; without this script the button is hidden.

const status = document.querySelector(".copy-status");

// Where the clipboard is closed, as on pages without TLS, the old way by a selection.
async function copy(element) {
  const text = element.innerText.trim();
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection().selectAllChildren(element);
    return document.execCommand("copy");
  }
}

for (const button of document.querySelectorAll("[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const copied = await copy(document.getElementById(button.dataset.copies));
    status.textContent = copied ? button.dataset.done : button.dataset.failed;
  });
}
