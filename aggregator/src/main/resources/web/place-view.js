// Shows a place's weather: the two values, what follows from them, and where they came from.

import { html, outward, svg } from "./elements.js";
import { questionFor } from "./gateway.js";
import * as words from "./words.js";

/** The head of the answer: which place, what time it is there, and how to pass the page on. */
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

/** The date and time on a clock at the place, or UTC where its time zone is not known. */
export function localTime(weather) {
  const { localTime: local, effectiveTime: instant, location } = weather;
  const clock = words.clockAt(local ?? instant);
  return html("p", { class: "clock" }, `${clock.date}, `, html("time", { datetime: local ?? instant }, clock.hour),
    local ? " local time" : " UTC (the place’s time zone is not known)",
    location.timeZone ? html("span", { class: "zone" }, ` ${location.timeZone.replaceAll("_", " ")}`) : null);
}

/** What kind of values these are, said before any number. */
export function kinds(weather) {
  const told = [weather.temperature, weather.relativeHumidity].filter(Boolean).map((value) => words.kindOf(value.provenance));
  const different = [...new Set(told.map((kind) => kind.title))];
  if (different.length === 0) {
    return null;
  }
  if (different.length === 1) {
    return html("p", { class: "kind" }, html("strong", null, different[0]), " ", html("span", null, told[0].meaning));
  }
  return html("p", { class: "kind" }, html("strong", null, "Two kinds of values"), " ",
    html("span", null, "The temperature and the humidity came about in different ways; each says how."));
}

/** What is missing or stale, and why; nothing where the answer is whole. */
export function problems(weather, again) {
  const found = weather.problems ?? [];
  if (found.length === 0 && weather.status !== "STATUS_PARTIAL") {
    return null;
  }
  const stale = found.every((problem) => problem.effect === "EFFECT_STALE");
  return html("section", { class: "notice", "aria-labelledby": "partial" },
    html("h2", { id: "partial" }, stale ? "Part of this answer is old" : "Part of this answer is missing"),
    html("ul", null, found.map((problem) => html("li", null,
      html("strong", null, `${words.capital(words.valueOf(problem.provider))} `
        + (problem.effect === "EFFECT_STALE" ? "is an older value, past its time." : "is not available right now.")),
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
    html("h2", null, name, stale ? html("span", { class: "mark" }, "older value") : null),
    html("p", { class: "figure" }, words.number(measure, decimals), html("span", { class: "unit" }, sign)),
    spread ? gauge((low - least) / (most - least), (measure - least) / (most - least), (high - least) / (most - least)) : null,
    html("p", { class: "spread" }, spread
      ? ["Two times in three within ", html("strong", null, words.range(low, high, decimals) + sign)]
      : "Nobody has measured how sure this is."),
    html("p", { class: "from" }, [words.kindOf(provenance).name, provenance?.source].filter(Boolean).join(" · ")));
}

/** One standard deviation on a scale; the sentence beside it says the same in words. */
function gauge(low, middle, high) {
  const x = (part) => Math.min(100, Math.max(0, part * 100));
  return svg("svg", { class: "gauge", width: "100%", height: "14", "aria-hidden": "true" },
    svg("rect", { class: "track", x: 0, y: 5, width: "100%", height: 4, rx: 2 }),
    svg("rect", { class: "band", x: `${x(low)}%`, y: 4, width: `${Math.max(1, x(high) - x(low))}%`, height: 6, rx: 3 }),
    svg("rect", { class: "here", x: `${x(middle)}%`, y: 0, width: 3, height: 14, rx: 1.5 }));
}

/** Derived from both values together; says why where nothing does. */
export function derived(weather, scale) {
  const known = weather.derived ?? {};
  const degrees = (celsius) => `${words.number(scale.of(celsius), 1)} ${scale.sign}`;
  const rows = [
    ["Dew point", known.dewPointCelsius, degrees, "Where the air’s moisture would condense"],
    ["Wet bulb", known.wetBulbCelsius, degrees, "What a wet thermometer would show"],
    ["Heat index", known.heatIndexCelsius, degrees, "How hot the moist air feels, US Weather Service"],
    ["Humidex", known.humidex, (value) => words.number(value), "How hot it feels, Canada’s index; no unit"],
    ["Absolute humidity", known.absoluteHumidityGramsPerCubicMeter, (value) => `${words.number(value, 1)} g/m³`, "Water in the air"],
    ["Vapor pressure deficit", known.vaporPressureDeficitKilopascals, (value) => `${words.number(value, 2)} kPa`, "How much more vapor the air could hold"],
  ].filter(([, measure]) => measure !== undefined);
  return html("section", { class: "card", "aria-labelledby": "derived" },
    html("h2", { id: "derived" }, "Derived from both"),
    rows.length > 0
      ? html("dl", { class: "derived" }, rows.map(([name, measure, show, meaning]) => html("div", null,
        html("dt", null, name), html("dd", null, show(measure)), html("dd", { class: "meaning" }, meaning))))
      : html("p", { class: "hint" }, weather.temperature && weather.relativeHumidity
        ? "Nothing is computed here: the two values are of different kinds, or too far apart in time."
        : "Dew point, wet bulb and the like need both values, and one is missing."));
}

/** Where each value came from, how sure it is, and whom to credit; and the same answer as a machine gets it. */
export function origins(weather, scale, address) {
  const { temperature, relativeHumidity } = weather;
  return html("section", { class: "card", "aria-labelledby": "origins" },
    html("h2", { id: "origins" }, "Where this comes from"),
    html("div", { class: "origins" },
      temperature && origin("Temperature", temperature.provenance,
        `${words.number(scale.of(temperature.temperatureCelsius), 1)} ${scale.sign}`,
        (spread) => `± ${words.number(scale.span(spread), 1)} ${scale.sign}`),
      relativeHumidity && origin("Relative humidity", relativeHumidity.provenance,
        `${words.number(relativeHumidity.relativeHumidityPercent, 1)} %`, (spread) => `± ${words.number(spread, 1)} %`)),
    html("p", { class: "machine" }, "The same answer for a program: ", html("a", { href: address }, html("code", null, address))));
}

function origin(name, provenance = {}, exact, spreadText) {
  const instant = (time) => time && `${words.clockAt(time).short} UTC`;
  const rows = [
    ["Value", exact],
    ["Source", [provenance.source, provenance.station && `station ${provenance.station}`].filter(Boolean).join(", ") || "Not told"],
    ["Kind", words.kindOf(provenance).title],
    ["Quality", words.qualityOf(provenance)],
    ["Uncertainty", provenance.uncertainty === undefined ? "Not measured" : `${spreadText(provenance.uncertainty)} (one standard deviation)`],
    ["Valid for", instant(provenance.observeTime)],
    ["Obtained", instant(provenance.fetchTime)],
    ["Rests on a place", provenance.distanceMeters === undefined ? null
      : provenance.distanceMeters < 10 ? "right here" : `${words.distance(provenance.distanceMeters)} away`],
    ["Credit", provenance.attribution && outward(provenance.licenseUri, provenance.attribution)],
  ].filter(([, text]) => text);
  return html("div", null, html("h3", null, name),
    html("dl", null, rows.map(([term, text]) => html("div", null, html("dt", null, term), html("dd", null, text)))));
}

/** Other places that the question may have meant. */
export function alternatives(weather) {
  const others = weather.alternatives ?? [];
  return others.length === 0 ? null : html("nav", { class: "others", "aria-label": "Other places that may have been meant" },
    html("span", null, "Did you mean "),
    html("ul", null, others.slice(0, 6).map((place) => html("li", null, placeLink(questionFor(place), place.displayName ?? place.name)))));
}

/** A link to a place on this page. */
export function placeLink(question, text = question) {
  return html("a", { href: `/?location=${encodeURIComponent(question)}`, "data-place": question }, text);
}
