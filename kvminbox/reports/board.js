"use strict";
(() => {
  const table = document.querySelector("table");
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => ({
    row,
    state: row.dataset.state,
    parts: row.dataset.parts.split(" "),
    quiet: Number(row.dataset.quiet),
    // what is looked for is what can be read; the words of one row are compared in lower case
    text: row.textContent.toLowerCase(),
  }));
  const form = document.querySelector("form");
  const find = form.elements.find;
  const part = form.elements.part;
  const quiet = form.elements.quiet;
  const shown = document.querySelector("#shown");
  const nothing = document.querySelector("#nothing");
  const chips = [...form.querySelectorAll("button[data-state]")];

  const show = () => {
    const states = new Set(
      chips.filter((chip) => chip.getAttribute("aria-pressed") === "true")
        .map((chip) => chip.dataset.state));
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const most = quiet.value === "" ? Infinity : Number(quiet.value);
    let count = 0;
    for (const each of rows) {
      const is_met = states.has(each.state)
        && (part.value === "" || each.parts.includes(part.value))
        && !(each.quiet > most)
        && words.every((word) => each.text.includes(word));
      each.row.hidden = !is_met;
      count += is_met;
    }
    shown.textContent = `${count} of ${rows.length} shown`;
    nothing.hidden = count > 0;
  };

  const key = (each, place) => {
    const cell = each.row.cells[place];
    return "key" in cell.dataset ? Number(cell.dataset.key) : cell.textContent.toLowerCase();
  };

  const sort = (head, place) => {
    const goes_down = head.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", goes_down ? "descending" : "ascending");
    const keys = new Map(rows.map((each) => [each, key(each, place)]));
    const sign = goes_down ? -1 : 1;
    rows.sort((one, two) => {
      const [a, b] = [keys.get(one), keys.get(two)];
      return a < b ? -sign : a > b ? sign : 0;
    });
    body.append(...rows.map((each) => each.row));
  };

  [...table.tHead.rows[0].cells].forEach((head, place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sort(head, place));
    head.replaceChildren(button);
  });
  for (const chip of chips) {
    chip.addEventListener("click", () => {
      chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
      show();
    });
  }
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  show();
})();
