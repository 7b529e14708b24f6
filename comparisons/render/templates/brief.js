// Controls are made here: with scripts off nothing is missing but the controls themselves.
"use strict";
const pages = [...document.querySelectorAll("main")];
const hiddenCodes = { country: new Set(), subject: new Set() };

function make(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function show(lang) {
  for (const page of pages) page.hidden = page.lang !== lang;
  const shown = pages.find((page) => !page.hidden);
  document.documentElement.lang = lang;
  document.title = shown.dataset.title;
  shown.querySelector("select").focus();
}

function hide(kind) {
  for (const one of document.querySelectorAll(`[data-${kind}]`)) {
    one.hidden = hiddenCodes[kind].has(one.dataset[kind]);
  }
  const any = hiddenCodes.country.size + hiddenCodes.subject.size > 0;
  for (const told of document.querySelectorAll(".nb-tools p")) told.hidden = !any;
}

function names(page, kind) {
  const found = new Map();
  for (const one of page.querySelectorAll(kind === "country" ? "th[data-country]" : "tr[data-subject]")) {
    const cell = kind === "country" ? one : one.querySelector("th");
    found.set(one.dataset[kind], cell.firstChild.textContent.trim());
  }
  return found;
}

function choice(page, kind, legend) {
  const boxes = [...names(page, kind)].map(([code, name]) => {
    const box = make("input", { type: "checkbox", checked: true, value: code });
    box.dataset.kind = kind;
    box.addEventListener("change", () => {
      hiddenCodes[kind][box.checked ? "delete" : "add"](code);
      for (const twin of document.querySelectorAll(`input[data-kind="${kind}"]`)) {
        if (twin.value === code) twin.checked = box.checked;
      }
      hide(kind);
    });
    return make("label", {}, box, ` ${name}`);
  });
  return make("details", {}, make("summary", {}, legend),
    make("fieldset", { ariaLabel: legend }, ...boxes));
}

function languages(page, words) {
  const select = make("select", {}, ...pages.map((one) => make("option",
    { value: one.lang, selected: one === page, lang: one.lang },
    { en: "English", da: "Dansk", nb: "Norsk", sv: "Svenska" }[one.lang])));
  select.addEventListener("change", () => {
    const lang = select.value;
    select.value = page.lang;
    show(lang);
  });
  return make("label", {}, `${words.language} `, select);
}

function sortable(page, words) {
  for (const table of page.querySelectorAll("table")) {
    const heads = [...table.querySelectorAll("thead th")];
    // A column of a table of subjects holds different measures: there is nothing to sort by.
    if (heads.some((head) => head.colSpan > 1)) continue;
    heads.forEach((head, place) => {
      const name = head.textContent.trim();
      const button = make("button", { type: "button", title: words.sort.replace("{column}", name) }, name);
      button.addEventListener("click", () => sort(table, heads, place, page.lang));
      head.replaceChildren(button);
    });
  }
}

function sort(table, heads, place, lang) {
  const up = heads[place].ariaSort !== "ascending";
  for (const head of heads) head.ariaSort = null;
  heads[place].ariaSort = up ? "ascending" : "descending";
  const order = new Intl.Collator(lang, { numeric: true });
  const compare = (a, b) => {
    const [x, y] = [a.cells[place], b.cells[place]];
    const bare = !x.textContent.trim() - !y.textContent.trim();
    if (bare) return bare; // cells without a figure stay last
    const both = x.dataset.number !== undefined && y.dataset.number !== undefined;
    const found = both ? x.dataset.number - y.dataset.number : order.compare(x.textContent, y.textContent);
    return up ? found : -found;
  };
  table.tBodies[0].append(...[...table.tBodies[0].rows].sort(compare));
}

function close() {
  const open = document.querySelector(".nb-pop");
  if (!open) return;
  open.remove();
  open.from.focus();
}

function pop(link, words) {
  const note = document.getElementById(link.hash.slice(1));
  if (!note) return;
  close();
  const button = make("button", { type: "button" }, words.close);
  button.addEventListener("click", close);
  const text = make("p", {}, `${note.value}. ${note.textContent.trim().replace(/\s+/g, " ")}`);
  const box = make("div", { className: "nb-pop", role: "dialog", ariaLabel: `${note.value}`, from: link }, text, button);
  link.closest("main").append(box);
  const at = link.getBoundingClientRect();
  const left = Math.min(at.left, document.documentElement.clientWidth - box.offsetWidth - 8);
  box.style.left = `${Math.max(8, left) + scrollX}px`;
  box.style.top = `${at.bottom + scrollY + 4}px`;
  button.focus();
}

for (const page of pages) {
  const words = JSON.parse(page.dataset.words);
  page.querySelector(".nb-tools").append(languages(page, words),
    choice(page, "country", words.countries), choice(page, "subject", words.subjects),
    make("p", { hidden: true, role: "status" }, words.hidden));
  sortable(page, words);
  page.addEventListener("click", (event) => {
    const link = event.target.closest('a[href*="-n"]');
    if (!link) return;
    event.preventDefault();
    pop(link, words);
  });
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  close();
  for (const open of document.querySelectorAll(".nb-tools details[open]")) open.open = false;
});
