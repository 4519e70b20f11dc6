// Select2 puts fields of its own in the place of selects, without their labels: they get them here.
const nameOf = (select) =>
  select.getAttribute("aria-label") || select.labels?.[0]?.textContent.trim().replace(/[:：]$/, "") || "";

const nameFields = () => {
  for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
    const field = select.nextElementSibling;
    const name = nameOf(select);
    if (!field?.classList.contains("select2") || !name || field.dataset.named) continue;
    field.dataset.named = "";
    for (const part of field.querySelectorAll(".select2-selection, .select2-selection__rendered, .select2-search__field")) {
      part.removeAttribute("aria-labelledby");
      part.setAttribute("aria-label", name);
    }
  }
  for (const part of document.querySelectorAll(".select2-dropdown .select2-search__field:not([aria-label])")) {
    const open = document.querySelector(".select2-container--open")?.previousElementSibling;
    if (open?.tagName === "SELECT" && nameOf(open)) part.setAttribute("aria-label", nameOf(open));
  }
  // The button that clears all stands in the list as its first item.
  for (const part of document.querySelectorAll("ul.select2-selection__rendered > span")) part.setAttribute("role", "listitem");
  // A heading over nothing, in tables of inline rows.
  for (const heading of document.querySelectorAll("th.original:empty")) heading.setAttribute("role", "none");
};

new MutationObserver(nameFields).observe(document.body, { childList: true, subtree: true });
addEventListener("load", nameFields);
nameFields();
