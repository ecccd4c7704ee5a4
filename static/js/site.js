// What every page gains: the switch of colours, the way to the search, a list of contents that follows the reading, pages that
// are kept for times without a network. All of it is extra; without it the page works.
"use strict";
{
  const root = document.documentElement;
  const { search, worker } = document.currentScript.dataset;

  const button = document.querySelector(".theme-switch");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const tell = () => button.setAttribute("aria-pressed", isDark());
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch {
      // Then it holds for this page.
    }
  });
  system.addEventListener("change", tell);
  new MutationObserver(tell).observe(root, { attributeFilter: ["data-theme"] });
  tell();

  const form = document.querySelector(".site-search");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    // In the fragment, which no server sees.
    location.href = `${search}#q=${encodeURIComponent(form.querySelector("input").value.trim())}`;
  });

  const links = [...document.querySelectorAll(".contents a")];
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  const observer = new IntersectionObserver(
    () => {
      const current = headings.findLastIndex((heading) => heading.getBoundingClientRect().top < innerHeight * 0.3 + 1);
      links.forEach((link, place) => {
        if (place === current) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      });
    },
    { rootMargin: "0px 0px -70%" },
  );
  headings.forEach((heading) => observer.observe(heading));

  if (worker && navigator.serviceWorker) {
    addEventListener("load", () => navigator.serviceWorker.register(worker).catch(() => {}));
  }
}
