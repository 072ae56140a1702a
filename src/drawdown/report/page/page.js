"use strict";
// Draws the charts anew so that they answer to the chosen day, and sorts and filters tables. Without this script the
// page shows the same charts as pictures, and whole tables.
(() => {
  const days = JSON.parse(document.getElementById("days").textContent);
  const narrow = 560;
  const drawn = new Map();
  let now = 0;

  // A tooltip of plain text: values come from files, so they are never read as markup.
  const tip = document.getElementById("tip");
  function showTip(_, event, item, value) {
    tip.hidden = value == null;
    if (tip.hidden) return;
    tip.replaceChildren();
    for (const [name, text] of Object.entries(value)) {
      const row = tip.appendChild(document.createElement("div"));
      row.appendChild(document.createElement("b")).textContent = name + " ";
      row.append(String(text));
    }
    const left = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 6);
    const top = event.clientY + 16 + tip.offsetHeight > innerHeight ? event.clientY - tip.offsetHeight - 10 : event.clientY + 16;
    tip.style.left = Math.max(4, left) + "px";
    tip.style.top = Math.max(4, top) + "px";
  }

  // Three shapes of chart: the map keeps its shape and is scaled; small multiples change their columns; others stretch.
  function fit(spec, kind, room) {
    const signal = (name) => spec.signals.find((s) => s.name === name);
    if (kind === "map") {
      const width = room < narrow ? 360 : 760;
      spec.height = Math.round((spec.height * width) / spec.width);
      spec.width = width;
    } else if (kind === "multiples") {
      const columns = room < narrow ? 2 : 4;
      spec.layout.columns = columns;
      signal("child_width").value = Math.floor((room - columns * 50 - 10) / columns);
    } else {
      spec.autosize = { type: "fit-x", contains: "padding" };
      spec.width = room;
    }
    return spec;
  }

  async function draw(figure) {
    const { kind } = figure.dataset;
    const spec = fit(JSON.parse(figure.querySelector("script").textContent), kind, figure.clientWidth);
    const place = figure.querySelector("div");
    const look = { mode: "vega", renderer: "svg", actions: false, defaultStyle: false, tooltip: showTip };
    drawn.get(figure)?.finalize();
    const { view } = await vegaEmbed(place, spec, look);
    drawn.set(figure, view);
    if (kind === "map") place.querySelector("svg").style.width = "100%";
    view.signal("day", now).run();
  }
  const figures = [...document.querySelectorAll("figure[data-kind]")];

  const slider = document.getElementById("day");
  const said = document.getElementById("day-text");
  const date = (day) =>
    new Date(days.start + day * 864e5).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const count = (number, one, many) => `${number.toLocaleString("en-GB")} ${number === 1 ? one : many}`;
  function say(day) {
    const parts = [`${date(day)}, day ${day}`, `${count(days.people[day], "person", "people")} in the mission`, `${count(days.sites[day], "site", "sites")} held`];
    if (days.moves) parts.push(`${count(days.moves[day], "move", "moves")} under way`);
    said.textContent = parts.join(" \u00b7 ");
  }
  let waiting = false;
  function choose(day) {
    now = Math.max(0, Math.min(days.people.length - 1, day));
    slider.value = now;
    say(now);
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      for (const view of drawn.values()) view.signal("day", now).run();
    });
  }

  if (slider) {
    slider.addEventListener("input", () => choose(Number(slider.value)));
    const play = document.getElementById("play");
    let timer = 0;
    const stop = () => { clearInterval(timer); timer = 0; play.textContent = "Play"; };
    play.addEventListener("click", () => {
      if (timer) return stop();
      if (now >= days.people.length - 1) choose(0);
      play.textContent = "Pause";
      timer = setInterval(() => (now < days.people.length - 1 ? choose(now + 1) : stop()), 160);
    });
    document.getElementById("day-bar").hidden = false;
    say(now);
  }
  figures.forEach(draw);

  let shown = innerWidth;
  let resizing = 0;
  addEventListener("resize", () => {
    if (innerWidth === shown) return; // phones resize when their address bar hides
    shown = innerWidth;
    clearTimeout(resizing);
    resizing = setTimeout(() => figures.forEach(draw), 200);
  });

  // Tables that can be sorted by any column, and filtered by words.
  for (const table of document.querySelectorAll("table.sortable")) {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const numeric = head.classList.contains("n");
        const key = (row) => row.cells[column].textContent.trim();
        const number = (text) => (text === "" ? -Infinity : Number(text.replaceAll(",", "")));
        const compare = (a, b) => (numeric ? number(key(a)) - number(key(b)) : key(a).localeCompare(key(b), "en", { numeric: true }));
        body.append(...[...body.rows].sort((a, b) => (up ? compare(a, b) : compare(b, a))));
      });
    });
  }
  const filter = document.getElementById("filter");
  if (filter) {
    const rows = [...document.querySelector("table.moves").tBodies[0].rows];
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const found = document.getElementById("found");
    filter.closest(".tools").hidden = false;
    filter.addEventListener("input", () => {
      const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shownRows = 0;
      rows.forEach((row, n) => {
        row.hidden = !words.every((word) => texts[n].includes(word));
        shownRows += row.hidden ? 0 : 1;
      });
      found.textContent = words.length ? `${shownRows} of ${rows.length} moves` : "";
    });
  }
})();
