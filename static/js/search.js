// The search page. The index (Pagefind) is loaded when something is looked for. What is looked for stands in the address's fragment,
// which no server sees.
"use strict";
{
  const AT_ONCE = 10;
  const FIRST = 3;
  const FEW = 3;
  const { index, title } = document.currentScript.dataset;
  const form = document.querySelector(".search-form");
  const input = form.querySelector("input");
  const status = document.querySelector(".search-status");
  const help = document.querySelector(".search-help");
  const emergency = document.querySelector(".search-emergency");
  const [signs, pages] = ["section li", ".care-more li"].map((items) => [...emergency.querySelectorAll(items)]);
  const found = document.querySelector(".found");
  const list = found.querySelector("ol");
  const more = found.querySelector("button");
  const blank = document.getElementById("result").content;

  const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  // What the whole site is about tells nothing.
  const common = wordsOf(title);
  const telling = (text) => wordsOf(text).filter((word) => word.length > 2 && !common.includes(word));
  const isLike = (one, other) =>
    one === other || (Math.min(one.length, other.length) > 3 && (one.startsWith(other) || other.startsWith(one)));

  let engine;
  const load = () =>
    (engine ??= import(index).then(async (module) => {
      await module.init();
      return module;
    }));

  // Emergencies: those whose names hold what was asked for, at once; where there are none, those among the first pages found.
  function showEmergencies(query, first) {
    const asked = telling(query);
    let any = false;
    signs.forEach((sign, place) => {
      const words = wordsOf(sign.dataset.words);
      const hits = asked.filter((word) => words.some((other) => isLike(word, other))).length;
      const address = pages[place].querySelector("a").pathname;
      const isMeant = hits > 1 || (hits > 0 && hits === asked.length) || first.includes(address);
      sign.hidden = pages[place].hidden = !isMeant;
      any ||= isMeant;
    });
    emergency.hidden = !any;
  }

  // A text with the words that were asked for marked.
  function marked(text, query) {
    const asked = wordsOf(query).filter((word) => word.length > 2);
    return text.split(/([\p{L}\p{N}]+)/u).map((part) => {
      if (!asked.some((word) => isLike(word, part.toLowerCase()))) return part;
      return Object.assign(document.createElement("mark"), { textContent: part });
    });
  }

  // An excerpt comes as HTML: what is kept of it is text and marks.
  function excerptOf(html) {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    return [...body.childNodes].map((node) =>
      node.nodeName === "MARK"
        ? Object.assign(document.createElement("mark"), { textContent: node.textContent })
        : node.textContent,
    );
  }

  function entry({ url, meta, excerpt }, query) {
    const item = blank.cloneNode(true).firstElementChild;
    const fill = (name, parts) => item.querySelector(name).replaceChildren(...parts);
    item.querySelector("a").href = url;
    fill("a", marked(meta.title, query));
    fill(".kind", [meta.kind]);
    fill(".card-summary", marked(meta.summary, query));
    if (!item.querySelector("mark")) fill(".excerpt", excerptOf(excerpt));
    return item;
  }

  // Pages that have the words side by side, as a name has; then those that have them all; where these are few, then those that have some of them, the most first.
  async function resultsFor(query) {
    const pagefind = await load();
    const [named, whole] = await Promise.all([pagefind.search(`"${query}"`), pagefind.search(query)]);
    // What has the words side by side comes in no order: the order is that of what has them all.
    const sideBySide = new Set(named.results.map(({ id }) => id));
    const first = whole.results.filter(({ id }) => sideBySide.has(id));
    const ordered = [...first, ...named.results, ...whole.results];
    const results = [...new Map(ordered.map((result) => [result.id, result])).values()];
    if (results.length >= FEW) return [results, "many"];
    const some = await pagesWithSome(pagefind, telling(query), new Set(results.map(({ id }) => id)));
    const all = [...results, ...some];
    return [all, !all.length ? "none" : !results.length ? "some" : all.length > 1 ? "many" : "one"];
  }

  async function pagesWithSome(pagefind, words, known) {
    const counted = new Map();
    for (const word of words) {
      for (const result of (await pagefind.search(word)).results) {
        const { count } = counted.get(result.id) ?? { count: 0 };
        if (!known.has(result.id)) counted.set(result.id, { result, count: count + 1 });
      }
    }
    return [...counted.values()].sort((one, other) => other.count - one.count).map(({ result }) => result);
  }

  const tell = (kind, query, count) => {
    status.textContent = status.dataset[kind].replace("{query}", query).replace("{count}", count);
    help.hidden = !["none", "some", "broken"].includes(kind);
  };

  let latest = 0;
  async function search(query) {
    const own = ++latest;
    if (!query) {
      status.textContent = "";
      for (const part of [help, emergency, found]) part.hidden = true;
      return;
    }
    showEmergencies(query, []);
    try {
      const [results, kind] = await resultsFor(query);
      const data = await Promise.all(results.slice(0, AT_ONCE).map((result) => result.data()));
      if (own !== latest) return;
      if (emergency.hidden) {
        const urgent = data.slice(0, FIRST).filter(({ meta }) => meta.urgency === "emergency");
        showEmergencies(query, urgent.map(({ url }) => url));
      }
      list.replaceChildren(...data.map((page) => entry(page, query)));
      found.hidden = !data.length;
      more.hidden = results.length <= AT_ONCE;
      more.onclick = () => showMore(results, query);
      tell(kind, query, results.length);
    } catch {
      engine = undefined;
      if (own === latest) tell("broken", query, 0);
    }
  }

  async function showMore(results, query) {
    const shown = list.children.length;
    const data = await Promise.all(results.slice(shown, shown + AT_ONCE).map((result) => result.data()));
    list.append(...data.map((page) => entry(page, query)));
    more.hidden = list.children.length >= results.length;
    list.children[shown].querySelector("a").focus();
  }

  const asked = () => new URLSearchParams(location.hash.slice(1)).get("q") ?? "";
  const address = (query) => (query ? `#q=${encodeURIComponent(query)}` : location.pathname);

  function restore() {
    input.value = asked();
    search(asked());
  }

  let pause;
  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      const query = input.value.trim();
      if (query === asked()) return;
      history.replaceState(null, "", address(query));
      search(query);
    }, 200);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    const query = input.value.trim();
    if (query !== asked()) history.pushState(null, "", address(query));
    search(query);
  });
  addEventListener("popstate", restore);
  addEventListener("focusin", () => load().catch(() => (engine = undefined)), { once: true });
  restore();
  input.focus({ preventScroll: true });
}
