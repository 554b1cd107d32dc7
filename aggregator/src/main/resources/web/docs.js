// The documentation: /openapi.json in words. It knows no route of its own, so it cannot disagree with the contract.

import { Contract, idOf } from "./contract.js";
import { html, outward } from "./elements.js";

const main = document.getElementById("contract");
const routesList = document.getElementById("routes");

start();

async function start() {
  try {
    const response = await fetch("/openapi.json", { headers: { Accept: "application/json" } });
    if (!response.ok) {
      throw new Error(`it was answered with ${response.status}`);
    }
    show(new Contract(await response.json()));
    document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  } catch (failure) {
    document.getElementById("state").textContent = `The contract cannot be read: ${failure.message}`;
  }
}

function show(contract) {
  const { info = {}, tags = [], components = {} } = contract.document;
  const routes = contract.routes();
  const groups = [...new Set(routes.map((route) => route.tag))];
  const schemas = Object.entries(components.schemas ?? {});
  main.replaceChildren(
    html("header", { class: "intro" }, html("h1", null, info.title ?? "API"),
      html("p", { class: "hint" }, [info.version && `Version ${info.version}`, info.license?.name].filter(Boolean).join(" · ")),
      prose(info.description)),
    ...groups.map((group) => html("section", { class: "group", "aria-label": group || "Routes" },
      group && html("h2", { id: idOf(`tag-${group}`) }, group),
      prose(tags.find((tag) => tag.name === group)?.description),
      routes.filter((route) => route.tag === group).map((route) => routeView(contract, route)))),
    schemas.length > 0 && html("section", { class: "group", "aria-labelledby": "schemas" }, html("h2", { id: "schemas" }, "Messages"),
      schemas.map(([name, schema]) => schemaView(contract, name, schema))),
  );
  routesList.replaceChildren(
    ...groups.map((group) => html("div", null, group && html("p", null, group), html("ul", null,
      routes.filter((route) => route.tag === group).map((route) => html("li", null, html("a", { href: `#${route.id}` }, verb(route), " ", breakable(route.path))))))),
    schemas.length > 0 ? html("div", null, html("p", null, html("a", { href: "#schemas" }, "Messages"))) : "");
}

function routeView(contract, route) {
  const body = route.requestBody && contract.resolve(route.requestBody);
  return html("article", { class: "card route", id: route.id, "aria-labelledby": `${route.id}-name` },
    html("h3", { id: `${route.id}-name` }, verb(route), " ", html("code", null, breakable(route.path))),
    route.summary && html("p", { class: "summary" }, route.summary), prose(route.description),
    route.deprecated && html("p", { class: "notice" }, "Deprecated."),
    route.parameters.length > 0 && parametersView(contract, route),
    body && html("div", null, html("h4", null, "Body"), prose(body.description), bodies(contract, body.content)),
    html("h4", null, "Answers"),
    Object.entries(route.responses ?? {}).map(([status, response]) => responseView(contract, status, contract.resolve(response))),
    tryLink(contract, route));
}

function parametersView(contract, route) {
  return html("div", null, html("h4", null, "Parameters"), html("dl", { class: "fields" }, route.parameters.map((parameter) => field(contract,
    parameter.name, parameter.schema, parameter.description, [`in ${parameter.in}`, parameter.required && "required"],
    parameter.example ?? Object.values(parameter.examples ?? {})[0]?.value))));
}

function responseView(contract, status, response) {
  const headers = Object.entries(response.headers ?? {});
  return html("details", { class: `answer s${status[0]}` },
    html("summary", null, html("strong", null, status), " ", html("span", null, inline(response.description ?? ""))),
    headers.length > 0 && html("dl", { class: "fields" }, headers.map(([name, header]) => {
      const { schema, description } = contract.resolve(header);
      return field(contract, name, schema, description, ["header"]);
    })),
    bodies(contract, response.content));
}

function bodies(contract, content = {}) {
  return Object.entries(content).map(([type, media]) => {
    const told = contract.type(media.schema);
    const example = contract.example(media);
    return html("div", { class: "body" },
      html("p", { class: "hint" }, html("code", null, type), ": ", typeLink(told)),
      example === undefined ? null : html("pre", { tabindex: "0", role: "region", "aria-label": `Example of ${told.text}` },
        typeof example === "string" ? example : JSON.stringify(example, null, 2)));
  });
}

function schemaView(contract, name, schema) {
  const whole = contract.resolve(schema);
  const required = new Set(whole.required ?? []);
  return html("article", { class: "card schema", id: idOf(`schema-${name}`), "aria-labelledby": idOf(`schema-${name}-name`) },
    html("h3", { id: idOf(`schema-${name}-name`) }, name), prose(whole.description),
    whole.properties
      ? html("dl", { class: "fields" }, Object.entries(whole.properties).map(([property, one]) => field(contract, property, one,
        one.description ?? contract.resolve(one).description, [required.has(property) && "required"])))
      : html("p", { class: "hint" }, contract.type(whole).text, " ", contract.limits(whole)));
}

function field(contract, name, schema, description, marks, example) {
  return html("div", null,
    html("dt", null, html("code", null, name), " ", html("span", { class: "hint" }, typeLink(contract.type(schema)),
      marks.filter(Boolean).map((mark) => `, ${mark}`))),
    html("dd", null, prose(description),
      html("p", { class: "hint" }, [contract.limits(schema), example !== undefined && `for example ${example}`].filter(Boolean).join("; "))));
}

/** A link that asks the question now, where every part of the address is known and asking changes nothing. */
function tryLink(contract, route) {
  if (route.method !== "get") {
    return null;
  }
  const value = (parameter) => parameter.example ?? Object.values(parameter.examples ?? {})[0]?.value ?? contract.exampleOf(parameter.schema, 0);
  let address = route.path;
  const query = new URLSearchParams();
  for (const parameter of route.parameters.filter((one) => one.required)) {
    const example = value(parameter);
    if (example === undefined || example === "…") {
      return null;
    }
    if (parameter.in === "path") {
      address = address.replace(`{${parameter.name}}`, encodeURIComponent(example));
    } else if (parameter.in === "query") {
      query.set(parameter.name, example);
    }
  }
  const whole = query.size > 0 ? `${address}?${query}` : address;
  return /[{}]/.test(whole) ? null : html("p", { class: "try" }, "Ask it now: ", html("a", { href: whole }, html("code", null, breakable(whole))));
}

function typeLink({ text, schema }) {
  return schema ? html("a", { href: `#${idOf(`schema-${schema}`)}` }, text) : text;
}

function verb(route) {
  return html("span", { class: `verb ${route.method}` }, route.method.toUpperCase());
}

/** Lets a long path break after its slashes. */
function breakable(path) {
  return path.split(/(?<=[/&?])/).flatMap((part) => [part, document.createElement("wbr")]);
}

/** The paragraphs of a description. */
function prose(text) {
  return (text ?? "").split(/\n{2,}/).filter((one) => one.trim() !== "").map((paragraph) => html("p", null, inline(paragraph)));
}

/** `code` and links; the rest of Markdown is shown as it is written. */
function inline(text) {
  return text.split(/(`[^`]+`|\[[^\]]+\]\([^)\s]+\))/).map((part) => {
    const link = /^\[([^\]]+)\]\(([^)\s]+)\)$/.exec(part);
    if (link) {
      return link[2].startsWith("/") || link[2].startsWith("#") ? html("a", { href: link[2] }, link[1]) : outward(link[2], link[1]);
    }
    return part.startsWith("`") && part.length > 2 ? html("code", null, part.slice(1, -1)) : part;
  });
}
