// Shows the weather at a place: the values, those derived from them, and their provenance.

import { html, outward, svg } from "./elements.js";
import { questionFor } from "./gateway.js";
import * as words from "./words.js";

/** The heading: the place, its local time, and a button to copy the link. */
export function heading(place, time, share) {
  const rest = place.displayName?.startsWith(place.name) ? place.displayName.slice(place.name.length).replace(/^,\s*/, "") : place.displayName;
  const facts = [rest && rest !== place.name ? rest : null,
    place.gazetteer === "coordinates" ? null : words.coordinates(place.coordinates),
    place.elevationMeters === undefined ? null : `${words.number(place.elevationMeters)} m above sea level`,
    [place.iataCode, place.icaoCode].filter(Boolean).join(" / ")].filter(Boolean);
  return html("div", { class: "heading" },
    html("div", null,
      html("h1", { id: "place", tabindex: "-1" }, place.name),
      html("p", { class: "facts" }, facts.map((fact) => [html("span", null, fact), " "])),
      time),
    html("button", { type: "button", class: "quiet", onclick: share }, "Copy link"));
}

/** The local date and time at the place, or UTC if its time zone is unknown. */
export function localTime(weather) {
  const { localTime: local, effectiveTime: instant, location } = weather;
  const clock = words.clockAt(local ?? instant);
  return html("p", { class: "clock" }, `${clock.date}, `, html("time", { datetime: local ?? instant }, clock.hour),
    local ? " local time" : " UTC (unknown time zone)",
    location.timeZone ? html("span", { class: "zone" }, ` ${location.timeZone.replaceAll("_", " ")}`) : null);
}

/** The kind of the values, before any number. */
export function kinds(weather) {
  const present = [weather.temperature, weather.relativeHumidity].filter(Boolean).map((value) => words.kindOf(value.provenance));
  const different = [...new Set(present.map((kind) => kind.title))];
  if (different.length === 0) {
    return null;
  }
  if (different.length === 1) {
    return html("p", { class: "kind" }, html("strong", null, different[0]), " ", html("span", null, present[0].meaning));
  }
  return html("p", { class: "kind" }, html("strong", null, "Values of different kinds"), " ",
    html("span", null, "The temperature and the humidity have different kinds; see each value."));
}

/** The missing and stale values with their reasons, or nothing. */
export function problems(weather, again) {
  const found = weather.problems ?? [];
  if (found.length === 0 && weather.status !== "STATUS_PARTIAL") {
    return null;
  }
  const stale = found.every((problem) => problem.effect === "EFFECT_STALE");
  return html("section", { class: "notice", "aria-labelledby": "partial" },
    html("h2", { id: "partial" }, stale ? "Some values are stale" : "Some values are missing"),
    html("ul", null, found.map((problem) => html("li", null,
      html("strong", null, `${words.capital(words.valueOf(problem.provider))} `
        + (problem.effect === "EFFECT_STALE" ? "is stale: its expire time has passed." : "is not available right now.")),
      ` ${problem.detail ?? ""} `, html("span", { class: "code" }, [problem.provider, problem.code].filter(Boolean).join(" · "))))),
    html("button", { type: "button", onclick: again }, "Try again"));
}

/** The two values, large. */
export function values(weather, scale) {
  const stale = new Set((weather.problems ?? []).filter((one) => one.effect === "EFFECT_STALE").map((one) => one.provider));
  const { temperature, relativeHumidity } = weather;
  return html("div", { class: "values" },
    value({
      name: "Temperature", tone: "warm", unit: scale.sign, provenance: temperature?.provenance, stale: stale.has("temperature-provider"),
      measure: temperature?.temperatureCelsius === undefined ? undefined : scale.of(temperature.temperatureCelsius),
      spread: temperature?.provenance?.uncertainty && scale.span(temperature.provenance.uncertainty),
      least: scale.of(-30), most: scale.of(45),
    }),
    value({
      name: "Humidity", tone: "damp", unit: "%", provenance: relativeHumidity?.provenance, stale: stale.has("humidity-provider"),
      measure: relativeHumidity?.relativeHumidityPercent, spread: relativeHumidity?.provenance?.uncertainty,
      least: 0, most: 100, bounded: true,
    }));
}

function value({ name, tone, unit, measure, spread, least, most, bounded, provenance, stale }) {
  if (measure === undefined) {
    return html("section", { class: `value ${tone} absent` },
      html("h2", null, name), html("p", { class: "figure" }, html("span", { "aria-hidden": "true" }, "—"), html("span", { class: "unseen" }, "No value")),
      html("p", { class: "spread" }, "Not available right now."));
  }
  const decimals = words.decimalsFor(spread);
  const low = bounded ? Math.max(least, measure - spread) : measure - spread;
  const high = bounded ? Math.min(most, measure + spread) : measure + spread;
  const sign = unit === "%" ? " %" : ` ${unit}`;
  return html("section", { class: `value ${tone}` },
    html("h2", null, name, stale ? html("span", { class: "mark" }, "stale") : null),
    html("p", { class: "figure" }, words.number(measure, decimals), html("span", { class: "unit" }, sign)),
    spread ? gauge((low - least) / (most - least), (measure - least) / (most - least), (high - least) / (most - least)) : null,
    html("p", { class: "spread" }, spread
      ? ["Two times in three within ", html("strong", null, words.range(low, high, decimals) + sign)]
      : "Unknown uncertainty."),
    html("p", { class: "from" }, [words.kindOf(provenance).name, provenance?.source].filter(Boolean).join(" · ")));
}

/** One standard deviation on a scale; the text beside it has the same in words. */
function gauge(low, middle, high) {
  const x = (part) => Math.min(100, Math.max(0, part * 100));
  return svg("svg", { class: "gauge", width: "100%", height: "14", "aria-hidden": "true" },
    svg("rect", { class: "track", x: 0, y: 5, width: "100%", height: 4, rx: 2 }),
    svg("rect", { class: "band", x: `${x(low)}%`, y: 4, width: `${Math.max(1, x(high) - x(low))}%`, height: 6, rx: 3 }),
    svg("rect", { class: "here", x: `${x(middle)}%`, y: 0, width: 3, height: 14, rx: 1.5 }));
}

/** The values derived from both, or why there are none. */
export function derived(weather, scale) {
  const known = weather.derived ?? {};
  const degrees = (celsius) => `${words.number(scale.of(celsius), 1)} ${scale.sign}`;
  const rows = [
    ["Dew point", known.dewPointCelsius, degrees, "Temperature at which the moisture of the air condenses"],
    ["Wet bulb", known.wetBulbCelsius, degrees, "Temperature of a wet thermometer"],
    ["Heat index", known.heatIndexCelsius, degrees, "Perceived temperature, US National Weather Service"],
    ["Humidex", known.humidex, (value) => words.number(value), "Perceived heat, Canada; no unit"],
    ["Absolute humidity", known.absoluteHumidityGramsPerCubicMeter, (value) => `${words.number(value, 1)} g/m³`, "Water in the air"],
    ["Vapor pressure deficit", known.vaporPressureDeficitKilopascals, (value) => `${words.number(value, 2)} kPa`, "Vapor that the air could still take up"],
  ].filter(([, measure]) => measure !== undefined);
  return html("section", { class: "card", "aria-labelledby": "derived" },
    html("h2", { id: "derived" }, "Derived values"),
    rows.length > 0
      ? html("dl", { class: "derived" }, rows.map(([name, measure, show, meaning]) => html("div", null,
        html("dt", null, name), html("dd", null, show(measure)), html("dd", { class: "meaning" }, meaning))))
      : html("p", { class: "hint" }, weather.temperature && weather.relativeHumidity
        ? "None: the two values have different kinds, or are too far apart in time."
        : "None: a value is missing."));
}

/** The provenance of each value, and a link to the response of the API. */
export function origins(weather, scale, address) {
  const { temperature, relativeHumidity } = weather;
  return html("section", { class: "card", "aria-labelledby": "origins" },
    html("h2", { id: "origins" }, "Sources"),
    html("div", { class: "origins" },
      temperature && origin("Temperature", temperature.provenance,
        `${words.number(scale.of(temperature.temperatureCelsius), 1)} ${scale.sign}`,
        (spread) => `± ${words.number(scale.span(spread), 1)} ${scale.sign}`),
      relativeHumidity && origin("Relative humidity", relativeHumidity.provenance,
        `${words.number(relativeHumidity.relativeHumidityPercent, 1)} %`, (spread) => `± ${words.number(spread, 1)} %`)),
    html("p", { class: "machine" }, "The same as JSON: ", html("a", { href: address }, html("code", null, address))));
}

function origin(name, provenance = {}, exact, spreadText) {
  const instant = (time) => time && `${words.clockAt(time).short} UTC`;
  const rows = [
    ["Value", exact],
    ["Source", [provenance.source, provenance.station && `station ${provenance.station}`].filter(Boolean).join(", ") || "Unknown"],
    ["Kind", words.kindOf(provenance).title],
    ["Quality", words.qualityOf(provenance)],
    ["Uncertainty", provenance.uncertainty === undefined ? "Unknown" : `${spreadText(provenance.uncertainty)} (one standard deviation)`],
    ["Valid for", instant(provenance.observeTime)],
    ["Fetched", instant(provenance.fetchTime)],
    ["Nearest data", provenance.distanceMeters === undefined ? null
      : provenance.distanceMeters < 10 ? "at the place" : `${words.distance(provenance.distanceMeters)} away`],
    ["Attribution", provenance.attribution && outward(provenance.licenseUri, provenance.attribution)],
  ].filter(([, text]) => text);
  return html("div", null, html("h3", null, name),
    html("dl", null, rows.map(([term, text]) => html("div", null, html("dt", null, term), html("dd", null, text)))));
}

/** Other places of the same name. */
export function alternatives(weather) {
  const others = weather.alternatives ?? [];
  return others.length === 0 ? null : html("nav", { class: "others", "aria-label": "Other places of this name" },
    html("span", null, "Other places of this name: "),
    html("ul", null, others.slice(0, 6).map((place) => html("li", null, placeLink(questionFor(place), place.displayName ?? place.name)))));
}

/** A link to a place on this page. */
export function placeLink(question, text = question) {
  return html("a", { href: `/?location=${encodeURIComponent(question)}`, "data-place": question }, text);
}
