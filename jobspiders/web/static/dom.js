// Builds elements and keeps lists of them up to date. Words go in as text, never as markup: boards publish hostile ones.

/** An element. An attribute `onclick` is a listener; true, false and null switch an attribute on or off. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null && child !== false));
  return node;
}

/** A button with these words; `label` tells more where several have the same. */
export function button(words, label, onclick, attributes = {}) {
  return el("button", { type: "button", "aria-label": label, onclick, ...attributes }, words);
}

export const byId = (id) => document.getElementById(id);

/** Sets the words of a node, and touches it only when they differ. */
export function say(node, words) {
  const wanted = words == null ? "" : String(words);
  if (node.textContent !== wanted) node.textContent = wanted;
}

/** A link when the address is one of the web, plain words when it is anything else ("javascript:"). */
export function outward(address, words, attributes = {}) {
  if (!isWeb(address)) return el("span", attributes, words);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer", ...attributes }, words);
}

function isWeb(address) {
  try {
    return ["http:", "https:"].includes(new URL(address).protocol);
  } catch {
    return false;
  }
}

const lists = new WeakMap();

/** Makes the children of `parent` those of `items`: `make()` gives a row {node, show(item)}; nodes that stay are not
 *  touched beyond `show`, so that focus stays where it is. */
export function keep(parent, items, keyOf, make) {
  const before = lists.get(parent) ?? new Map();
  const after = new Map();
  for (const item of items) {
    const row = before.get(keyOf(item)) ?? make(item);
    row.show(item);
    after.set(keyOf(item), row);
  }
  for (const [key, row] of before) if (!after.has(key)) row.node.remove();
  let place = parent.firstElementChild;
  for (const row of after.values()) {
    if (row.node === place) place = place.nextElementSibling;
    else parent.insertBefore(row.node, place);
  }
  lists.set(parent, after);
}

/** A table row with named cells, {node, cells}. Roles are said aloud: on a phone CSS lays rows out as cards, and
 *  browsers then forget that they are a table. The first column is the row's heading. */
export function tableRow(columns) {
  const cells = {};
  const node = el("tr", { role: "row" });
  columns.forEach(([name, label, kind], at) => {
    const tag = at ? "td" : "th";
    const role = at ? "cell" : "rowheader";
    cells[name] = el(tag, { role, scope: at ? null : "row", "data-label": label || null, class: kind });
    node.append(cells[name]);
  });
  return { node, cells };
}

/** Gives an empty table its head for these columns, and its body. */
export function setUpTable(table, columns) {
  const heads = columns.map(([, label, kind]) =>
    label ? el("th", { role: "columnheader", scope: "col", class: kind }, label) : el("td", { role: "cell" }),
  );
  const head = el("tr", { role: "row" }, ...heads);
  table.append(el("thead", { role: "rowgroup" }, head), el("tbody", { role: "rowgroup" }));
}
