// Fetches what is related to an article when a reader comes near its end. Without this
// script the heading is a link to the page of it.

for (const link of document.querySelectorAll("[data-fills]")) {
  const place = document.getElementById(link.dataset.fills);
  const observer = new IntersectionObserver(
    async ([entry]) => {
      if (!entry.isIntersecting) return;
      observer.disconnect();
      const answer = await fetch(link.href).catch(() => null);
      // Where it fails, the link is still there.
      if (!answer?.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      place.replaceChildren(...(page.getElementById(place.id)?.childNodes ?? []));
    },
    { rootMargin: "400px" },
  );
  observer.observe(link);
}
