// The chart of the climate: temperature as a line over humidity as columns, drawn at the available width.

import { html, outward, svg } from "./elements.js";
import * as words from "./words.js";

const LEFT = 44;
const RIGHT = 12;
const TOP = 26;
const TEMPERATURE_HEIGHT = 170;
const GAP = 34;
const HUMIDITY_HEIGHT = 84;
const BOTTOM = 28;
const HEIGHT = TOP + TEMPERATURE_HEIGHT + GAP + HUMIDITY_HEIGHT + BOTTOM;

/** Below this width months are named by one letter. */
const NARROW = 560;

/** The chart's section. `clock` is today at the place, as words.clockAt tells it. */
export function yearChart(climate, scale, clock) {
  const months = climate.months ?? [];
  const readout = html("p", { class: "readout", "aria-hidden": "true" });
  const frame = html("div", { class: "plot" });
  const show = (index) => readout.replaceChildren(...readoutOf(months[index], scale));
  const rest = () => show(clock.month - 1);
  rest();
  new ResizeObserver(([{ contentRect: { width } }]) => {
    // A frame that has left the page reports no width.
    if (width > LEFT + RIGHT) {
      frame.replaceChildren(draw(months, scale, clock, Math.round(width), show, rest));
    }
  }).observe(frame);
  return html("section", { class: "card year", "aria-labelledby": "year" },
    html("h2", { id: "year" }, "Climate"),
    readout, frame,
    (climate.problems ?? []).map((problem) => html("p", { class: "hint" },
      `${words.capital(words.valueOf(problem.provider))} is missing: ${problem.detail ?? problem.code}`)),
    credit(climate),
    html("details", null, html("summary", null, "Show as a table"), table(months, scale)));
}

/** The same height as the chart, so that nothing moves when it arrives. */
export function yearPlaceholder(text) {
  return html("section", { class: "card year waiting", "aria-labelledby": "year" },
    html("h2", { id: "year" }, "Climate"), html("p", { class: "readout" }, text ?? " "), html("div", { class: "plot" }));
}

/** The attributions of the means, without repetition. */
function credit({ temperatureProvenance, relativeHumidityProvenance }) {
  const credits = new Map([temperatureProvenance, relativeHumidityProvenance].filter((one) => one?.attribution)
    .map((one) => [one.attribution, one.licenseUri]));
  return html("p", { class: "credit" }, "Monthly means of many years. ",
    [...credits].map(([attribution, address]) => [outward(address, attribution), " "]));
}

function readoutOf(month, scale) {
  if (!month) {
    return [" "];
  }
  return [html("strong", null, words.MONTHS[month.month - 1]),
    month.temperatureCelsius === undefined ? "" : html("span", { class: "warm" }, `${words.number(scale.of(month.temperatureCelsius), 1)} ${scale.sign}`),
    month.relativeHumidityPercent === undefined ? "" : html("span", { class: "damp" }, `${words.number(month.relativeHumidityPercent)} %`)];
}

function draw(months, scale, clock, width, show, rest) {
  const step = (width - LEFT - RIGHT) / 12;
  const x = (part) => LEFT + part * step;
  const today = x(clock.month - 1 + (clock.day - 0.5) / 31);
  const parts = [
    ...temperaturePanel(months, scale, width, x),
    ...humidityPanel(months, width, x, step),
    ...words.MONTHS.map((name, index) => label(x(index + 0.5), HEIGHT - 8, name.slice(0, width < NARROW ? 1 : 3), "middle",
      index === clock.month - 1 ? "month now" : "month")),
    svg("line", { class: "today", x1: today, x2: today, y1: TOP - 8, y2: TOP + TEMPERATURE_HEIGHT + GAP + HUMIDITY_HEIGHT }),
    label(Math.min(Math.max(today, LEFT + 20), width - RIGHT - 20), TOP - 13, "today", "middle", "today"),
    ...words.MONTHS.map((_, index) => svg("rect", {
      class: "touch", x: x(index), y: TOP, width: step, height: HEIGHT - TOP, onpointerenter: () => show(index),
    })),
  ];
  return svg("svg", { width, height: HEIGHT, role: "img", "aria-label": summary(months, scale, clock), onpointerleave: rest }, parts);
}

function temperaturePanel(months, scale, width, x) {
  const known = months.filter((month) => month.temperatureCelsius !== undefined);
  if (known.length === 0) {
    return [label((LEFT + width - RIGHT) / 2, TOP + TEMPERATURE_HEIGHT / 2, "No temperatures", "middle", "tick")];
  }
  const degrees = known.map((month) => scale.of(month.temperatureCelsius));
  const { low, high, stride } = round(Math.min(...degrees), Math.max(...degrees));
  const y = (value) => TOP + TEMPERATURE_HEIGHT * (1 - (value - low) / (high - low));
  const points = known.map((month, index) => [x(month.month - 0.5), y(degrees[index])]);
  const line = smooth(points);
  const floor = TOP + TEMPERATURE_HEIGHT;
  const parts = [];
  for (let value = low; value <= high + 1e-9; value += stride) {
    parts.push(svg("line", { class: value === 0 ? "grid zero" : "grid", x1: LEFT, x2: width - RIGHT, y1: y(value), y2: y(value) }),
      label(LEFT - 8, y(value) + 4, `${words.number(value)}°`, "end", "tick"));
  }
  parts.push(svg("path", { class: "area", d: `${line}L${points.at(-1)[0]} ${floor}L${points[0][0]} ${floor}Z` }),
    svg("path", { class: "line", d: line }),
    ...points.map(([cx, cy]) => svg("circle", { class: "point", cx, cy, r: 3 })));
  return parts;
}

function humidityPanel(months, width, x, step) {
  const floor = TOP + TEMPERATURE_HEIGHT + GAP + HUMIDITY_HEIGHT;
  const tall = (percent) => HUMIDITY_HEIGHT * percent / 100;
  const known = months.filter((month) => month.relativeHumidityPercent !== undefined);
  if (known.length === 0) {
    return [label((LEFT + width - RIGHT) / 2, floor - HUMIDITY_HEIGHT / 2, "No humidities", "middle", "tick")];
  }
  return [...[0, 50, 100].flatMap((percent) => [
    svg("line", { class: "grid", x1: LEFT, x2: width - RIGHT, y1: floor - tall(percent), y2: floor - tall(percent) }),
    label(LEFT - 8, floor - tall(percent) + 4, `${percent}%`, "end", "tick")]),
  ...known.map((month) => svg("rect", {
    class: "column", x: x(month.month - 1) + step * 0.2, width: step * 0.6, rx: Math.min(4, step * 0.15),
    y: floor - tall(month.relativeHumidityPercent), height: tall(month.relativeHumidityPercent),
  }))];
}

/** A curve through all points that never swings beyond a neighbour's height: level tangents at the extremes. */
function smooth(points) {
  const slope = (index) => {
    const [before, here, after] = [points[index - 1], points[index], points[index + 1]];
    if (!before || !after || (here[1] - before[1]) * (after[1] - here[1]) <= 0) {
      return 0;
    }
    const [left, right] = [(here[1] - before[1]) / (here[0] - before[0]), (after[1] - here[1]) / (after[0] - here[0])];
    return 2 * left * right / (left + right);
  };
  return points.map(([px, py], index) => {
    if (index === 0) {
      return `M${px} ${py}`;
    }
    const [bx, by] = points[index - 1];
    const third = (px - bx) / 3;
    return `C${bx + third} ${by + third * slope(index - 1)} ${px - third} ${py - third * slope(index)} ${px} ${py}`;
  }).join("");
}

/** An axis of three to six round steps around the values. */
function round(least, most) {
  const stride = [1, 2, 5, 10, 20].find((one) => Math.ceil(most / one) - Math.floor(least / one) <= 5) ?? 50;
  const low = Math.floor(least / stride) * stride;
  const high = Math.ceil(most / stride) * stride;
  return high - low >= 2 * stride ? { low, high, stride } : { low: low - stride, high: high + stride, stride };
}

/** What a person who cannot see the chart should know first. */
function summary(months, scale, clock) {
  const extreme = (field, order) => months.filter((month) => month[field] !== undefined).sort((a, b) => order * (a[field] - b[field]))[0];
  const named = (month) => words.MONTHS[month.month - 1];
  const [cold, warm] = [extreme("temperatureCelsius", 1), extreme("temperatureCelsius", -1)];
  const [dry, damp] = [extreme("relativeHumidityPercent", 1), extreme("relativeHumidityPercent", -1)];
  const degrees = (month) => `${words.number(scale.of(month.temperatureCelsius), 1)} ${scale.sign}`;
  return ["Chart of the monthly means.",
    warm && `Warmest in ${named(warm)} with ${degrees(warm)}, coldest in ${named(cold)} with ${degrees(cold)}.`,
    damp && `Most humid in ${named(damp)} with ${words.number(damp.relativeHumidityPercent)} %, driest in ${named(dry)} with ${words.number(dry.relativeHumidityPercent)} %.`,
    `Today is ${clock.day} ${words.MONTHS[clock.month - 1]}.`].filter(Boolean).join(" ");
}

function table(months, scale) {
  const cell = (value, text) => html("td", null, value === undefined ? "—" : text(value));
  return html("table", null,
    html("caption", { class: "unseen" }, "Monthly means"),
    html("thead", null, html("tr", null, ["Month", `Temperature in ${scale.sign}`, "Relative humidity in %"].map((name) => html("th", { scope: "col" }, name)))),
    html("tbody", null, months.map((month) => html("tr", null, html("th", { scope: "row" }, words.MONTHS[month.month - 1]),
      cell(month.temperatureCelsius, (value) => words.number(scale.of(value), 1)),
      cell(month.relativeHumidityPercent, (value) => words.number(value))))));
}

function label(x, y, text, anchor, kind) {
  return svg("text", { x, y, "text-anchor": anchor, class: kind }, text);
}
