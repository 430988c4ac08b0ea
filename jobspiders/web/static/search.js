// The fields of a search: what JobSpy's users know, and what only this board has.

import { el } from "./dom.js";
import { joined } from "./format.js";

const TYPES = ["fulltime", "parttime", "contract", "temporary", "internship", "freelance", "perdiem", "volunteer"];
const FIELDS = [
  ["search_term", "Words", { maxlength: 300 }],
  ["location", "Place", { maxlength: 300 }],
  ["country", "Country, two letters", { maxlength: 2, pattern: "[A-Za-z]{2}", placeholder: "ID" }],
  ["results_wanted", "Jobs at most", { type: "number", min: 1, step: 1, placeholder: "all" }],
  ["hours_old", "Not older than, hours", { type: "number", min: 1, step: 1 }],
  ["distance", "Within miles of the place", { type: "number", min: 1, step: 1 }],
];

/** Fills `place` with the fields of a search on `board`, set to `values`. */
export function showSearch(place, board, values) {
  const fields = FIELDS.map(([name, label, kind]) => field(name, label, { ...kind, value: values[name] }));
  const types = ["", ...TYPES].map((type) => el("option", { value: type }, type || "any"));
  const own = Object.entries(board.arguments).map(([name, meaning]) => {
    const example = board.example[name] && `as ${board.example[name]}`;
    return field(name, name, { value: values[name], placeholder: example }, meaning);
  });
  const kinds = el("select", { name: "job_type" }, ...types);
  const remote = el("input", { type: "checkbox", name: "is_remote", checked: values.is_remote === true });
  kinds.value = values.job_type ?? "";
  place.replaceChildren(
    ...own,
    ...fields,
    el("label", {}, "Employment", kinds),
    el("label", { class: "tick" }, remote, "Remote only"),
  );
}

/** The search in these fields, as {name: value}; arguments of `before` for which there is no field stay. */
export function readSearch(place, before = {}) {
  const search = { ...before };
  for (const input of place.querySelectorAll("input, select")) {
    const value = input.type === "checkbox" ? input.checked || null : input.value.trim();
    if (value === "" || value === null) delete search[input.name];
    else search[input.name] = input.type === "number" ? Number(value) : value;
  }
  return search;
}

/** A search in one line: "data analyst · location: Jakarta". */
export function searchWords({ search_term, ...rest }) {
  const others = Object.entries(rest).map(([name, value]) => `${name.replaceAll("_", " ")}: ${value}`);
  return joined(search_term, ...others);
}

function field(name, label, attributes, hint) {
  const input = el("input", { name, autocomplete: "off", ...attributes });
  return el("label", {}, label, input, hint && el("small", {}, hint));
}
