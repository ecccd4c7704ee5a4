// Keeps the open page up to date while the site is served to its editor, and shows what the last build found.
// It speaks the LiveReload protocol 7, and knows one command more: "findings".
// A page's policy may forbid inline scripts and styles: all is built by the DOM, and styled by a sheet of its own.
"use strict";

(() => {
  const AGAIN = 1000; // milliseconds until it asks again whether the server is there
  const own = document.currentScript;
  const address = new URL("livereload", own.src);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  let shown = null;

  function connect() {
    const socket = new WebSocket(address);
    const send = (message) => socket.send(JSON.stringify(message));
    socket.addEventListener("open", () => {
      send({ command: "hello", protocols: ["http://livereload.com/protocols/official-7"] });
      // The server answers what this page missed between its making and now.
      send({ command: "info", url: location.href, version: own.dataset.version });
    });
    socket.addEventListener("message", (event) => {
      const message = JSON.parse(event.data);
      if (message.command === "reload") location.reload(); // the browser keeps the position on the page
      if (message.command === "findings") show(message);
    });
    socket.addEventListener("close", () => setTimeout(connect, AGAIN));
  }

  function element(name, className, ...content) {
    const made = document.createElement(name);
    made.className = className;
    made.append(...content); // text becomes text, never markup
    return made;
  }

  function show({ blocked, findings }) {
    shown?.remove();
    shown = null;
    if (!findings.length) return;
    shown = document.createElement("live-findings");
    // In a shadow, so that the page's styles and these leave each other alone.
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = new URL("livereload.css", own.src);
    shown.attachShadow({ mode: "open" }).append(sheet, panel(blocked, findings));
    document.body.append(shown);
  }

  function panel(blocked, findings) {
    const made = element("details", blocked ? "blocked" : "", element("summary", "", title(blocked, findings)));
    made.open = blocked;
    made.append(element("ol", "", ...findings.map(item)));
    made.setAttribute("role", blocked ? "alert" : "status");
    return made;
  }

  function title(blocked, findings) {
    const count = (severity) => {
      const number = findings.filter((finding) => finding.severity === severity).length;
      return number ? [`${number} ${severity}${number === 1 ? "" : "s"}`] : [];
    };
    const counted = [...count("error"), ...count("warning")].join(", ");
    return blocked ? `${counted}: this page is as it was before` : counted;
  }

  function item({ place, severity, message, hint }) {
    const parts = [element("code", "place", place), " ", element("strong", "", `${severity}: `), message];
    if (hint) parts.push(" ", element("em", "hint", `(${hint})`));
    return element("li", severity, ...parts);
  }

  connect();
})();
