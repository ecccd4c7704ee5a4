// The reader's choice of colours, before anything is drawn. It runs in the head and blocks: a page never shows the wrong one first.
"use strict";
{
  const root = document.documentElement;
  const apply = () => {
    let theme;
    try {
      theme = localStorage.getItem("theme");
    } catch {
      // Storage may be forbidden: then the system's colours hold.
    }
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  };
  root.classList.add("js");
  apply();
  addEventListener("pageshow", apply);
  addEventListener("storage", apply);
}
