// The map's filter. What is ticked stands in the address's fragment: it can be kept, going back brings it back, and no server sees it.
"use strict";
{
  const NAME = "notice";
  const all = (selector) => [...document.querySelectorAll(selector)];
  const form = document.querySelector(".map-filter");
  const status = document.querySelector(".map-status");
  const boxes = all(".map-filter input");
  const rows = all("[data-symptom]");
  const lists = all("[data-causes]");
  const columns = all("[data-cause]");
  const lines = all(".map tr");
  const signs = all(".map-signs");
  const groups = all(".map-groups a");
  const here = new Set(boxes.map((box) => box.value));

  const noticed = () => (new URLSearchParams(location.hash.slice(1)).get(NAME) ?? "").split(",").filter(Boolean);
  const slug = (id) => id.slice(id.indexOf("/") + 1);

  function show() {
    const ticked = new Set(noticed());
    for (const box of boxes) box.checked = ticked.has(box.value);
    for (const link of groups) link.hash = location.hash;
    const symptoms = rows.map((row) => row.dataset.symptom).filter((id) => ticked.has(slug(id)));
    const chosen = new Set(symptoms);
    const isWhole = !chosen.size;
    const causes = new Set(
      lists.filter((list) => chosen.has(list.dataset.symptom)).flatMap((list) => list.dataset.causes.split(" ")),
    );

    for (const row of rows) row.hidden = !isWhole && !chosen.has(row.dataset.symptom);
    columns.forEach((column, place) => {
      const isHidden = !isWhole && !causes.has(column.dataset.cause);
      for (const line of lines) line.cells[place + 1].hidden = isHidden;
    });
    for (const card of signs) {
      const items = [...card.querySelectorAll("li")];
      for (const item of items) {
        const owners = item.dataset.of?.split(" ") ?? [];
        item.hidden = !isWhole && owners.length > 0 && !owners.some((id) => causes.has(id) || chosen.has(id));
      }
      card.hidden = items.every((item) => item.hidden);
    }
    if (!form) return;
    const emergencies = all(".care-emergency li").filter((item) => !item.hidden).length;
    const figures = { symptoms: chosen.size, causes: causes.size, emergencies };
    status.textContent = isWhole
      ? status.dataset.none
      : status.dataset.ticked.replace(/\{(\w+)\}/g, (_, name) => figures[name]);
  }

  // What was ticked on the page of another group is kept.
  function keep() {
    const elsewhere = noticed().filter((value) => !here.has(value));
    const ticked = [...elsewhere, ...boxes.filter((box) => box.checked).map((box) => box.value)];
    history.pushState(null, "", ticked.length ? `#${NAME}=${ticked.join(",")}` : location.pathname);
    show();
  }

  form?.addEventListener("change", keep);
  form?.addEventListener("reset", () => setTimeout(keep));
  addEventListener("popstate", show);
  addEventListener("pageshow", show);
  show();
}
