// The page: its URL names the place, and the weather there is its state; everything shown follows from the two.

import { html } from "./elements.js";
import * as gateway from "./gateway.js";
import { placeSearch } from "./place-search.js";
import * as view from "./place-view.js";
import { troubleView } from "./trouble-view.js";
import * as words from "./words.js";
import { yearChart, yearPlaceholder } from "./year-chart.js";

const EXAMPLES = ["Vienna", "Nairobi", "Reykjavik", "Singapore", "Lima"];

const answer = document.getElementById("answer");
const form = document.getElementById("search");
const news = document.getElementById("news");
const note = document.getElementById("note");

let unit = rememberedUnit();
let asking = new AbortController();
let asked = "";
let shown = { question: "" };

placeSearch(form, (question) => go(question), announce, remark);
form.elements.location.addEventListener("blur", () => answer.hasAttribute("aria-busy") || remark(""));
setUpUnits();
// A link to a part of the page changes the address too, but not the question.
window.addEventListener("popstate", () => questionInAddress() !== asked && show(questionInAddress(), false));
window.addEventListener("online", () => shown.trouble?.kind === "offline" && load(asked, false));
document.addEventListener("click", followPlaceLink);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && expired() && load(asked, false));
show(questionInAddress(), false);

function questionInAddress() {
  return (new URLSearchParams(location.search).get("location") ?? "").trim();
}

/** Shows a place that the person chose: its address goes into the history, the focus to the answer. */
function go(question) {
  if (question !== questionInAddress()) {
    history.pushState(null, "", question ? `/?location=${encodeURIComponent(question)}` : "/");
  }
  show(question, true);
}

function show(question, moveFocus) {
  form.elements.location.value = question;
  load(question, moveFocus);
}

/** Asks, maybe once more; whatever is in the search box stays. */
async function load(question, moveFocus) {
  asking.abort();
  asking = new AbortController();
  asked = question;
  const { signal } = asking;
  if (question === "") {
    shown = { question };
    waitNoMore();
    render();
    return;
  }
  const next = { question };
  const first = !shown.weather;
  answer.setAttribute("aria-busy", "true");
  if (!typesAhead(question)) {
    remark(`Loading ${question}…`, true);
  }
  if (first) {
    shown = next;
    render();
  }
  const year = gateway.climate(question, signal).then((climate) => ({ climate }), (trouble) => ({ yearTrouble: trouble }));
  try {
    next.weather = await gateway.weather(question, signal);
  } catch (trouble) {
    next.trouble = trouble;
  }
  if (signal.aborted) {
    return;
  }
  // The year of the place before is not this one's: until the new year is there, its frame stays empty.
  shown = next;
  const ahead = typesAhead(question);
  waitNoMore(ahead);
  render();
  announce(summary());
  if (moveFocus && !ahead) {
    document.getElementById("place")?.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }
  if (next.weather) {
    Object.assign(next, await year);
    if (!signal.aborted) {
      answer.querySelector(".year").replaceWith(yearPart());
    }
  }
}

/** Whether a value is past its time: somebody has come back to a page that was left open. */
function expired() {
  return [shown.weather?.temperature, shown.weather?.relativeHumidity]
    .some((value) => value?.provenance?.expireTime && Date.parse(value.provenance.expireTime) < Date.now());
}

function render() {
  const { question, weather, trouble } = shown;
  const focused = document.activeElement;
  const hadFocus = focused !== answer && answer.contains(focused);
  document.title = weather ? `${weather.location.name} · weather-mesh` : "weather-mesh";
  document.body.classList.toggle("start", question === "");
  if (question === "") {
    answer.replaceChildren(welcome());
  } else if (trouble) {
    answer.replaceChildren(troubleView(question, trouble, () => load(question, true)));
  } else if (weather) {
    answer.replaceChildren(...placeParts());
  } else {
    answer.replaceChildren(...skeleton(question));
  }
  // What had the focus is gone: whoever was in the answer stays in it.
  if (hadFocus) {
    document.getElementById("place")?.focus({ preventScroll: true });
  }
}

function placeParts() {
  const { question, weather } = shown;
  const scale = words.SCALES[unit];
  return [
    view.heading(weather.location, view.localTime(weather), share),
    view.alternatives(weather),
    view.problems(weather, () => load(question, true)),
    view.kinds(weather),
    view.values(weather, scale),
    yearPart(),
    view.derived(weather, scale),
    view.origins(weather, scale, gateway.weatherAddress(question)),
  ].filter(Boolean);
}

function yearPart() {
  const { weather, climate, yearTrouble } = shown;
  return climate
    ? yearChart(climate, words.SCALES[unit], words.clockAt(weather.localTime ?? weather.effectiveTime))
    : yearPlaceholder(yearTrouble && `Not available right now. ${yearTrouble.detail}`);
}

function welcome() {
  return html("section", { class: "welcome" },
    html("h1", null, "The weather at a place, with its sources"),
    html("p", null, "Temperature and humidity for cities and coordinates. Every value has its source, its kind "
      + "(measured, computed, or usual for the season) and its uncertainty."),
    html("p", { class: "examples" }, html("span", null, "Try "), EXAMPLES.map((name) => [view.placeLink(name), " "])));
}

/** The answer's outline, of the same heights, so that nothing moves when it arrives. */
function skeleton(question) {
  const card = () => html("div", { class: "value blank" });
  return [html("div", { class: "heading" }, html("div", null, html("h1", { id: "place", tabindex: "-1" }, question),
    html("p", { class: "facts blank" }, " "), html("p", { class: "clock blank" }, " "))),
  html("p", { class: "kind" }, "Loading…"), html("div", { class: "values" }, card(), card()), yearPlaceholder()];
}

/** The answer in one breath, for the live region. */
function summary() {
  const { question, weather, trouble } = shown;
  if (trouble) {
    return `${question}: ${answer.querySelector("h1").textContent}`;
  }
  const scale = words.SCALES[unit];
  const { temperature, relativeHumidity } = weather;
  return [`${weather.location.name}.`,
    temperature ? `${words.number(scale.of(temperature.temperatureCelsius))} ${scale.sign},` : "Temperature not available,",
    relativeHumidity ? `humidity ${words.number(relativeHumidity.relativeHumidityPercent)} %.` : "humidity not available.",
    answer.querySelector(".kind strong")?.textContent].join(" ");
}

function announce(text) {
  news.textContent = text;
}

/** Says something below the search box; what only matters where it takes long is seen after a moment. */
function remark(text, late = false) {
  note.textContent = text;
  note.classList.toggle("late", late);
}

/** Whether the person types the next question already: the answer to this one then leaves the search box alone. */
function typesAhead(question) {
  const box = form.elements.location;
  return document.activeElement === box && box.value !== question;
}

function waitNoMore(keepRemark = false) {
  answer.removeAttribute("aria-busy");
  if (!keepRemark) {
    remark("");
  }
}

async function share(event) {
  const button = event.currentTarget;
  try {
    await navigator.clipboard.writeText(location.href);
    button.textContent = "Link copied";
    announce("Link copied");
  } catch {
    // Without leave to write the clipboard the address bar still has the link.
    button.textContent = "Copy it from the address bar";
  }
}

function followPlaceLink(event) {
  const link = event.target.closest?.("a[data-place]");
  if (link && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    go(link.dataset.place);
  }
}

function setUpUnits() {
  for (const input of document.querySelectorAll("input[name=unit]")) {
    input.checked = input.value === unit;
    input.addEventListener("change", () => {
      unit = input.value;
      try {
        localStorage.setItem("unit", unit);
      } catch {
        // A browser that keeps nothing still switches.
      }
      render();
    });
  }
}

function rememberedUnit() {
  try {
    const kept = localStorage.getItem("unit");
    if (kept in words.SCALES) {
      return kept;
    }
  } catch {
    // Nothing is kept: decide by language.
  }
  return navigator.language === "en-US" ? "fahrenheit" : "celsius";
}
