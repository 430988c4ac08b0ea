// Shows /openapi.json: each operation with its parameters, its body and its answers.

const make = (tag, text, className) => {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  return element;
};

const nameOf = (schema) => {
  if (!schema) return "";
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.anyOf) return schema.anyOf.map(nameOf).join(" | ");
  if (schema.type === "array") return `${nameOf(schema.items)}[]`;
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  return [schema.type ?? "any", schema.format].filter(Boolean).join(", ");
};

const table = (rows) => {
  const drawn = make("table");
  for (const [name, kind, words] of rows) {
    const row = make("tr");
    const first = make("td");
    first.append(make("code", name));
    row.append(first, make("td", kind), make("td", words));
    drawn.append(row);
  }
  return drawn;
};

const fieldsOf = (schema, schemas) => {
  const shape = schemas[nameOf(schema).replace("[]", "")];
  if (!shape?.properties) return [];
  const needed = new Set(shape.required ?? []);
  return Object.entries(shape.properties).map(([name, field]) =>
    [name, nameOf(field) + (needed.has(name) ? "" : ", optional"), field.description ?? ""]);
};

const shapeOf = (title, schema, schemas) => {
  const part = make("section");
  part.append(make("h3", `${title}: ${nameOf(schema)}`), table(fieldsOf(schema, schemas)));
  const examples = schemas[nameOf(schema)]?.examples;
  if (examples) part.append(make("pre", JSON.stringify(examples[0], null, 2)));
  return part;
};

const curl = (method, path, body) => {
  const data = body ? ` -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'` : "";
  return `curl -X ${method.toUpperCase()} ${location.origin}${path} -H "Authorization: Bearer $API_TOKEN"${data}`;
};

const operation = (method, path, said, schemas) => {
  const drawn = make("details");
  const heading = make("summary");
  heading.append(make("span", method.toUpperCase(), "method"), make("code", path), ` ${said.summary ?? ""}`);
  const inside = make("div");
  inside.append(make("p", said.description ?? ""));
  if (said.parameters?.length) {
    inside.append(make("h3", "Parameters"), table(said.parameters.map((given) =>
      [given.name, nameOf(given.schema) + (given.required ? "" : ", optional"), given.description ?? ""])));
  }
  const body = said.requestBody?.content["application/json"].schema;
  if (body) inside.append(shapeOf("Body", body, schemas));
  inside.append(make("pre", curl(method, path, body && schemas[nameOf(body)]?.examples?.[0])));
  for (const [status, answer] of Object.entries(said.responses)) {
    const content = answer.content?.["application/json"];
    if (status < 300 && content) inside.append(shapeOf(`Answer ${status}`, content.schema, schemas));
    else inside.append(make("p", `${status}: ${answer.description}`), make("pre", content?.example ? JSON.stringify(content.example) : ""));
  }
  drawn.append(heading, inside);
  return drawn;
};

const token = sessionStorage.getItem("jobspiders-token");
const answer = await fetch("/openapi.json", token ? { headers: { Authorization: `Bearer ${token}` } } : {});
const place = document.getElementById("operations");
if (answer.ok) {
  const spec = await answer.json();
  document.getElementById("about").textContent = spec.info.description;
  place.replaceChildren();
  const byTag = Map.groupBy(
    Object.entries(spec.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, said]) => [method, path, said])),
    ([, , said]) => said.tags?.[0] ?? "other",
  );
  for (const [tag, operations] of byTag) {
    place.append(make("h2", tag));
    for (const [method, path, said] of operations) place.append(operation(method, path, said, spec.components.schemas));
  }
} else {
  place.replaceChildren(make("p", `The server said ${answer.status}: open the live page first and give it the token.`));
}
