// Uses the page as people do, in a real Chromium against a running gateway (PAGE_URL). The gateway's answers are real;
// only what cannot be had on demand (a missing provider, a full quota, a lost network) is staged on the way to the page.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";

const require = createRequire(`${process.env.PAGE_TOOLS ?? process.cwd()}/`);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const GATEWAY = process.env.PAGE_URL ?? "http://127.0.0.1:8080";
const SCREENSHOTS = process.env.PAGE_SCREENSHOTS;
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };
const SIZE_LIMIT_BYTES = 150 * 1024;

let browser;
before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
});
after(() => browser?.close());

/** Far longer than any takes, even on a machine that builds something else; without it a hanging one would say nothing. */
const MAX_MILLISECONDS = 90_000;

/** A test with a page of its own; it fails when the page logs an error or breaks its own security policy. */
function onPage(name, options, body) {
  test(name, { timeout: MAX_MILLISECONDS }, async () => {
    const context = await browser.newContext({ viewport: DESKTOP, locale: "en-GB", reducedMotion: "reduce", ...options });
    const page = await context.newPage();
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => message.type() === "error" && !/Failed to load resource/.test(message.text()) && complaints.push(message.text()));
    page.on("request", (request) => request.url().startsWith(GATEWAY) || complaints.push(`asked another host: ${request.url()}`));
    try {
      await body(page, context);
      assert.deepEqual(complaints, []);
    } finally {
      await context.close();
    }
  });
}

const open = (page, place) => page.goto(place === undefined ? `${GATEWAY}/` : `${GATEWAY}/?location=${encodeURIComponent(place)}`);
const shot = (page, name) => SCREENSHOTS && page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: true });
const whole = async (page) => {
  await page.locator(".figure").first().waitFor();
  await page.locator(".plot .column").first().waitFor();
};

async function accessible(page, known = new Set()) {
  const found = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ["violations"] })`);
  const bad = found.violations.filter((one) => ["serious", "critical"].includes(one.impact) && !known.has(one.id));
  assert.deepEqual(bad.map((one) => `${one.id}: ${one.nodes.map((node) => `${node.target} ${node.failureSummary}`).join("; ")}`), []);
}

const fitsTheWidth = async (page) =>
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the page scrolls sideways");

onPage("the first view invites to search and is accessible", {}, async (page) => {
  await open(page);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await accessible(page);
  await shot(page, "start");
});

onPage("a place is found by keyboard alone and its link is shareable", {}, async (page) => {
  await open(page);
  for (let presses = 0; presses < 12 && !(await page.evaluate(() => document.activeElement.id === "location")); presses++) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.type("vien");
  await page.getByRole("option").first().waitFor();
  await accessible(page);
  await shot(page, "suggestions");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.getByRole("combobox").getAttribute("aria-activedescendant"), "place-0");
  const chosen = await page.getByRole("option").first().locator(".name").textContent();
  await page.keyboard.press("Enter");
  await whole(page);
  assert.equal(await page.locator("h1").textContent(), chosen);
  assert.match(page.url(), /\?location=Vien/);
  assert.equal(await page.evaluate(() => document.activeElement.id), "place", "the focus follows to the answer");
  assert.match(await page.locator("#news").textContent(), /humidity \d+ %/);
});

onPage("every suggestion leads to the place that it names", {}, async (page) => {
  for (const beginning of ["paris", "spring", "vie"]) {
    const { locations = [] } = await (await page.request.get(`${GATEWAY}/v1/locations?query=${beginning}`)).json();
    if (locations.length === 0) {
      continue;
    }
    await open(page);
    await page.getByRole("combobox").fill(beginning);
    await page.getByRole("option").first().waitFor();
    for (const [index, place] of locations.slice(0, 8).entries()) {
      // All at once: between two keys the list of the shorter word could open, and be clicked on.
      await page.getByRole("combobox").fill("");
      await page.getByRole("combobox").fill(beginning);
      const answer = page.waitForResponse((response) => response.url().includes("/v1/weather/"));
      await page.getByRole("option").nth(index).click();
      const { location } = await (await answer).json();
      assert.deepEqual(location?.coordinates, place.coordinates, `${place.displayName} led to ${location?.displayName}`);
    }
  }
});

onPage("a complete answer tells values, kind, sureness, source and year", {}, async (page) => {
  await open(page, "Vienna");
  await whole(page);
  const text = await page.locator("main").innerText();
  for (const said of [/Temperature/, /Relative humidity/, /Two times in three within/, /Dew point/, /Source/, /Attribution/, /local time/]) {
    assert.match(text, said);
  }
  if (/climatology/.test(text)) {
    assert.match(text, /Usual for this hour and season/);
    assert.doesNotMatch(text, /current weather|right now/i);
  }
  assert.match(await page.locator(".plot svg").getAttribute("aria-label"), /Warmest in .* Today is/);
  await page.getByText("Show as a table").click();
  assert.equal(await page.locator("tbody tr").count(), 12);
  await accessible(page);
  await page.getByText("Show as a table").click();
  await shot(page, "desktop");
});

onPage("the back button goes back to the place before", {}, async (page) => {
  await open(page, "Nairobi");
  await whole(page);
  await page.getByRole("combobox").fill("Vienna");
  await page.keyboard.press("Enter");
  await page.locator("h1", { hasText: "Vienna" }).waitFor();
  await page.goBack();
  await page.locator("h1", { hasText: "Nairobi" }).waitFor();
});

onPage("the unit switches everywhere and is remembered", {}, async (page) => {
  await open(page, "Vienna");
  await whole(page);
  await page.getByRole("radio", { name: "°F" }).focus();
  await page.keyboard.press("Space");
  assert.match(await page.locator(".value.warm .figure").textContent(), /°F/);
  await page.reload();
  await whole(page);
  assert.match(await page.locator("main").innerText(), /°F/);
  assert.doesNotMatch(await page.locator("main").innerText(), /°C/);
});

for (const [provider, field] of [["humidity-provider", "relativeHumidity"], ["temperature-provider", "temperature"]]) {
  onPage(`an answer without the ${provider} says so and shows the other value`, {}, async (page) => {
    await page.route("**/v1/weather/**", async (route) => {
      const response = await route.fetch();
      const weather = await response.json();
      delete weather[field];
      delete weather.derived;
      weather.status = "STATUS_PARTIAL";
      weather.problems = [{ provider, effect: "EFFECT_ABSENT", code: "UNAVAILABLE", detail: `No ${provider} can be reached.` }];
      await route.fulfill({ response, json: weather });
    });
    await open(page, "Vienna");
    await whole(page);
    await page.getByRole("heading", { name: "Some values are missing" }).waitFor();
    assert.equal(await page.locator(".value.absent").count(), 1);
    assert.equal(await page.locator(".value:not(.absent) .figure").count(), 1);
    assert.match(await page.locator("main").innerText(), new RegExp(`No ${provider} can be reached`));
    await accessible(page);
    await shot(page, `partial-${field}`);
  });
}

onPage("a stale value is shown as an older one", {}, async (page) => {
  await page.route("**/v1/weather/**", async (route) => {
    const response = await route.fetch();
    const weather = await response.json();
    weather.status = "STATUS_PARTIAL";
    weather.problems = [{ provider: "temperature-provider", effect: "EFFECT_STALE", code: "UNAVAILABLE", detail: "It was read an hour ago." }];
    await route.fulfill({ response, json: weather });
  });
  await open(page, "Vienna");
  await page.getByRole("heading", { name: "Some values are stale" }).waitFor();
  assert.match(await page.locator(".value.warm").innerText(), /stale/);
  await accessible(page);
});

onPage("hostile text in an answer stays text", {}, async (page) => {
  const hostile = "<img src=x onerror=alert(1)>";
  await page.route("**/v1/weather/**", async (route) => {
    const response = await route.fetch();
    const weather = await response.json();
    weather.location.name = hostile;
    weather.temperature.provenance.attribution = hostile;
    weather.temperature.provenance.licenseUri = "javascript:alert(1)";
    await route.fulfill({ response, json: weather });
  });
  await open(page, "Vienna");
  await whole(page);
  assert.equal(await page.locator("h1").textContent(), hostile);
  assert.equal(await page.locator("main img, a[href^='javascript']").count(), 0);
});

onPage("numbers, times and coordinates are written as people write them", {}, async (page) => {
  await open(page);
  const said = await page.evaluate(async () => {
    const words = await import("/web/words.js");
    return [words.number(-0.04, 1), words.number(-7.25, 1), words.number(1234), words.range(-2.4, 8.6),
      words.number(words.SCALES.fahrenheit.of(-40)), words.number(words.SCALES.fahrenheit.span(5)),
      words.coordinates({ longitude: -0.1 }), words.coordinates({ latitude: -33.9, longitude: 18.4 }), words.coordinates(),
      words.distance(4), words.distance(951), words.distance(12345),
      words.clockAt("2026-12-31T23:59:59.5-11:00").date, words.clockAt("2026-02-01T00:05:00+14:00").hour,
      words.kindOf(undefined).name, words.kindOf({ kind: "KIND_CLIMATOLOGY" }).title];
  });
  assert.deepEqual(said, ["0.0", "−7.3", "1,234", "−2 – 9", "−40", "9",
    "0.00° N, 0.10° W", "33.90° S, 18.40° E", "0.00° N, 0.00° E", "0 m", "1.0 km", "12 km",
    "Thursday 31 December", "00:05", "Unknown kind", "Usual for this hour and season"]);
});

/** Keeps the requests that `held` chooses until `release()` is called; then they are answered as ever. */
async function hold(page, pattern, held) {
  let release;
  const released = new Promise((resolve) => { release = resolve; });
  let arrived;
  const first = new Promise((resolve) => { arrived = resolve; });
  await page.route(pattern, async (route) => {
    if (held(new URL(route.request().url()))) {
      arrived();
      await released;
    }
    // What the page has given up in the meantime can no longer be answered.
    await route.continue().catch(() => {});
  });
  return { first, release };
}

onPage("an older list of suggestions never takes the place of a newer one", {}, async (page) => {
  await open(page);
  const older = await hold(page, "**/v1/locations**", (address) => address.searchParams.get("query") === "na");
  await page.getByRole("combobox").fill("na");
  await older.first;
  await page.getByRole("combobox").pressSequentially("irob");
  await page.getByRole("option", { name: /^Nairobi/ }).first().waitFor();
  const newer = await page.getByRole("option").allTextContents();
  older.release();
  // Another answer has come through since, so that the older one has had its time.
  await page.evaluate(() => fetch("/v1/locations?query=na").then((response) => response.json()));
  assert.deepEqual(await page.getByRole("option").allTextContents(), newer);
});

onPage("an older answer never takes the place of a newer one, and waiting is said", {}, async (page) => {
  await open(page, "Lima");
  await whole(page);
  const older = await hold(page, "**/v1/{weather,climate}/**", (address) => address.pathname.endsWith("/Nairobi"));
  await page.getByRole("combobox").fill("Nairobi");
  await page.keyboard.press("Enter");
  await older.first;
  assert.equal(await page.locator("main").getAttribute("aria-busy"), "true");
  assert.equal(await page.locator("#note").textContent(), "Loading Nairobi…");
  await accessible(page);
  await page.getByRole("combobox").fill("Vienna");
  await page.keyboard.press("Enter");
  await page.locator("h1", { hasText: "Vienna" }).waitFor();
  assert.equal(await page.locator("main").getAttribute("aria-busy"), null);
  assert.equal(await page.locator("#note").textContent(), "");
  older.release();
  await page.evaluate(() => fetch("/v1/weather/Nairobi").then((response) => response.json()));
  assert.equal(await page.locator("h1").textContent(), "Vienna");
});

onPage("who goes back while an answer is awaited waits no more", {}, async (page) => {
  await open(page);
  const older = await hold(page, "**/v1/weather/**", () => true);
  await page.getByRole("combobox").fill("Vienna");
  await page.keyboard.press("Enter");
  await older.first;
  await page.goBack();
  await page.getByRole("heading", { name: "The weather at a place, with its sources" }).waitFor();
  assert.equal(await page.locator("main").getAttribute("aria-busy"), null);
  assert.equal(await page.locator("#note").textContent(), "");
  older.release();
});

onPage("an answer that arrives while the next question is typed takes neither the focus nor the suggestions", {}, async (page) => {
  await open(page);
  const answer = await hold(page, "**/v1/weather/**", () => true);
  const box = page.getByRole("combobox");
  await box.fill("Vienna");
  await page.keyboard.press("Enter");
  await answer.first;
  await box.fill("Viennnna");
  await page.getByText("No place has that prefix").waitFor();
  answer.release();
  await whole(page);
  assert.ok(await box.evaluate((node) => node === document.activeElement), "the answer has taken the focus");
  assert.equal(await box.inputValue(), "Viennnna");
  await page.getByText("No place has that prefix").waitFor();
});

/** Lets the page ask again by itself, as if somebody came back to it after its values' time. */
async function comeBackLater(page) {
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
}

/** Makes every answer's values past their time, and numbers the answers in the name of the place. */
async function expireAnswers(page) {
  let count = 0;
  await page.route("**/v1/weather/**", async (route) => {
    const response = await route.fetch();
    const weather = await response.json();
    weather.temperature.provenance.expireTime = "2020-01-01T00:00:00Z";
    weather.location.name = `Answer ${count += 1}`;
    await route.fulfill({ response, json: weather });
  });
}

onPage("what is being typed stays when the page asks again because its values are old", {}, async (page) => {
  await expireAnswers(page);
  await open(page, "Vienna");
  await page.locator("h1", { hasText: "Answer 1" }).waitFor();
  const box = page.getByRole("combobox");
  await box.fill("Viennnna");
  await page.getByText("No place has that prefix").waitFor();
  await comeBackLater(page);
  assert.equal(await box.inputValue(), "Viennnna");
  await page.locator("h1", { hasText: "Answer 2" }).waitFor();
  assert.equal(await box.inputValue(), "Viennnna");
  assert.ok(await page.getByText("No place has that prefix").isVisible());
  assert.ok(await box.evaluate((node) => node === document.activeElement), "the answer has taken the focus");
});

onPage("who reads the answer by keyboard stays in it when the page asks again", {}, async (page) => {
  await expireAnswers(page);
  await open(page, "Vienna");
  await page.locator("h1", { hasText: "Answer 1" }).waitFor();
  await page.getByRole("button", { name: "Copy link" }).focus();
  await comeBackLater(page);
  await page.locator("h1", { hasText: "Answer 2" }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "place");
});

onPage("what is being typed stays when the network comes back", {}, async (page, context) => {
  await open(page);
  await context.setOffline(true);
  const box = page.getByRole("combobox");
  await box.fill("Vienna");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "The service cannot be reached" }).waitFor();
  await box.fill("Nair");
  await context.setOffline(false);
  await whole(page);
  assert.equal(await page.locator("h1").textContent(), "Vienna");
  assert.equal(await box.inputValue(), "Nair");
});

onPage("the skip link leads to the answer without asking for it again", {}, async (page) => {
  await open(page, "Vienna");
  await whole(page);
  await page.getByRole("combobox").fill("Nair");
  // This event comes after the one that the page hears.
  await page.evaluate(() => { window.skipped = new Promise((resolve) => addEventListener("hashchange", resolve)); });
  await page.locator(".skip").focus();
  await page.keyboard.press("Enter");
  await page.evaluate(() => window.skipped);
  assert.equal(await page.locator("main").getAttribute("aria-busy"), null);
  assert.equal(await page.getByRole("combobox").inputValue(), "Nair");
  assert.equal(await page.evaluate(() => document.activeElement.id), "answer");
});

onPage("who types on after the arrow keys searches for what was typed", {}, async (page) => {
  await open(page);
  const box = page.getByRole("combobox");
  await box.fill("vien");
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("ArrowDown");
  assert.equal(await box.getAttribute("aria-activedescendant"), "place-0");
  const newer = await hold(page, "**/v1/locations**", () => true);
  await box.pressSequentially("na");
  assert.equal(await box.getAttribute("aria-activedescendant"), null);
  await page.keyboard.press("Enter");
  await whole(page);
  assert.equal(new URL(page.url()).searchParams.get("location"), "vienna");
  newer.release();
});

onPage("coordinates are searched for, and nobody says that no place begins like that", {}, async (page) => {
  const searches = [];
  page.on("request", (request) => request.url().includes("/v1/locations") && searches.push(new URL(request.url()).searchParams.get("query")));
  await page.clock.install();
  await open(page);
  for (const coordinates of ["48.", "48.21,16.37", "48, 16", "-33.9, +18.4"]) {
    await page.getByRole("combobox").fill(coordinates);
    await page.clock.runFor(1000);
  }
  // Whatever was asked before has come through when this has.
  await page.evaluate(() => fetch("/v1/locations?query=na").then((response) => response.json()));
  assert.deepEqual(searches, ["na"]);
  assert.equal(await page.locator("#note").textContent(), "");
  await page.keyboard.press("Enter");
  await whole(page);
  assert.equal(await page.locator("h1").textContent(), "-33.9, 18.4");
});

onPage("suggestions that fail are missed quietly, and Enter searches without them", {}, async (page) => {
  await page.route("**/v1/locations**", (route) => route.abort());
  await open(page);
  await page.getByRole("combobox").fill("Vienna");
  await page.getByText("No suggestions right now. Press Enter to search without them.").waitFor();
  assert.equal(await page.getByRole("option").count(), 0);
  assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "The weather at a place, with its sources");
  await accessible(page);
  await shot(page, "no-suggestions");
  await page.keyboard.press("Enter");
  await whole(page);
  assert.equal(await page.locator("h1").textContent(), "Vienna");
});

onPage("Enter does not wait for suggestions, and what nobody suggests can be searched for", {}, async (page) => {
  await open(page);
  await page.getByRole("combobox").fill("Vienna");
  await page.keyboard.press("Enter");
  await whole(page);
  assert.equal(await page.getByRole("listbox").count(), 0, "the list has opened after the search");
  await page.getByRole("combobox").fill("Viennnna");
  await page.getByText("No place has that prefix").waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Place not found" }).waitFor();
});

onPage("an answer that breaks off is told as a fault, not shown", {}, async (page) => {
  await page.route("**/v1/weather/**", (route) => route.fulfill({ status: 200, contentType: "application/json", body: "{\"location\": {" }));
  await open(page, "Vienna");
  await page.getByRole("heading", { name: "Internal error" }).waitFor();
  await accessible(page);
});

onPage("an unknown place is said to be unknown, with links to near spellings", {}, async (page) => {
  await open(page, "Viennna");
  const near = page.locator(".meant a");
  await page.getByRole("heading", { name: "Place not found" }).waitFor();
  await accessible(page);
  await shot(page, "not-found");
  await near.first().click();
  await whole(page);
});

onPage("a full quota is explained and the button waits as long as asked", {}, async (page) => {
  await page.route("**/v1/{weather,climate}/**", (route) => route.fulfill({
    status: 429, contentType: "application/problem+json", headers: { "Retry-After": "2" },
    json: { title: "Too many requests", status: 429, detail: "The quota is 600 requests a minute." },
  }));
  await open(page, "Vienna");
  await page.getByRole("heading", { name: "Too many requests" }).waitFor();
  assert.ok(await page.locator(".trouble button").isDisabled());
  await shot(page, "quota");
  await page.unroute("**/v1/{weather,climate}/**");
  await page.getByRole("button", { name: "Try again", exact: true }).click();
  await whole(page);
});

for (const [type, said] of [
  ["not-ready", "The service is busy"],
  ["providers-unavailable", "No weather is available right now"],
]) {
  onPage(`a 503 for ${type} says which of the two it is, and can be tried again`, {}, async (page) => {
    await page.route("**/v1/{weather,climate}/**", (route) => route.fulfill({
      status: 503, contentType: "application/problem+json", json: { type: `/problems/${type}`, status: 503, detail: "Try again." },
    }));
    await open(page, "Vienna");
    await page.getByRole("heading", { name: said }).waitFor();
    assert.equal(/Neither the temperature nor the humidity/.test(await page.locator("main").innerText()), type === "providers-unavailable");
    await accessible(page);
    await shot(page, type);
    await page.unroute("**/v1/{weather,climate}/**");
    await page.getByRole("button", { name: "Try again", exact: true }).click();
    await whole(page);
  });
}

onPage("without a network the page says so and comes back by itself", {}, async (page, context) => {
  await open(page);
  await context.setOffline(true);
  await page.getByRole("combobox").fill("Vienna");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "The service cannot be reached" }).waitFor();
  await context.setOffline(false);
  await whole(page);
});

onPage("nothing moves when the answer arrives", { viewport: PHONE }, async (page) => {
  await page.route("**/v1/climate/**", async (route) => {
    await page.locator(".figure").first().waitFor();
    await route.continue();
  });
  await page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shift += entry.value; })).observe({ type: "layout-shift", buffered: true });
  });
  await open(page, "Vienna");
  await whole(page);
  const shift = await page.evaluate(() => window.shift);
  assert.ok(shift < 0.1, `cumulative layout shift ${shift}`);
});

onPage("a phone shows all of it without scrolling sideways", { viewport: PHONE, isMobile: true, hasTouch: true, deviceScaleFactor: 2 }, async (page) => {
  await open(page, "Vienna");
  await whole(page);
  await fitsTheWidth(page);
  await accessible(page);
  await shot(page, "phone");
  assert.ok((await page.locator(".figure").first().boundingBox()).y < PHONE.height - 100, "the values are not on the first screen");
  await page.setViewportSize({ width: 320, height: 640 });
  await fitsTheWidth(page);
});

onPage("the dark scheme is readable", { colorScheme: "dark" }, async (page) => {
  await open(page, "Vienna");
  await whole(page);
  await accessible(page);
  await shot(page, "dark");
});

/** The pictures in aggregator/README.md, taken anew where screenshots are wanted. */
const PICTURES = [
  ["page-light", "Nairobi", { viewport: { width: 940, height: 1070 } }],
  ["page-dark-phone", "Reykjavik", { viewport: PHONE, colorScheme: "dark" }],
];
for (const [name, place, options] of SCREENSHOTS ? PICTURES : []) {
  onPage(`a picture is taken of ${place}`, options, async (page) => {
    await open(page, place);
    await whole(page);
    await page.screenshot({ path: `${SCREENSHOTS}/${name}.png` });
  });
}

/** What axe says of Swagger UI's own colours and markup, which are not ours to change. */
const OF_SWAGGER_UI = new Set(["color-contrast", "nested-interactive", "scrollable-region-focusable"]);

for (const colorScheme of ["light", "dark"]) {
  onPage(`the documentation lists every operation, ${colorScheme}`, { colorScheme }, async (page) => {
    const contract = await (await page.request.get(`${GATEWAY}/openapi.json`)).json();
    await page.goto(`${GATEWAY}/docs`);
    await page.locator(".opblock").first().waitFor();
    const operations = Object.entries(contract.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
    const shown = await page.locator(".opblock-summary").evaluateAll((summaries) => summaries.map((summary) =>
      `${summary.querySelector(".opblock-summary-method").textContent.toLowerCase()} ${summary.querySelector("[data-path]").dataset.path}`));
    assert.deepEqual(shown.sort(), operations.sort());
    await accessible(page, OF_SWAGGER_UI);
    await fitsTheWidth(page);
    await shot(page, `docs-${colorScheme}`);
    await page.setViewportSize(PHONE);
    await fitsTheWidth(page);
    await shot(page, `docs-phone-${colorScheme}`);
  });
}

onPage("an operation is tried out from the documentation, by keyboard alone", {}, async (page) => {
  await page.goto(`${GATEWAY}/docs#/Weather/lookupWeather`);
  const operation = page.locator("#operations-Weather-lookupWeather");
  const press = async (name) => {
    await operation.getByRole("button", { name }).first().focus();
    await page.keyboard.press("Enter");
  };
  await operation.locator(".opblock-body").waitFor();
  await press("Try it out");
  await operation.getByPlaceholder("location", { exact: true }).fill("Nairobi");
  const answered = page.waitForResponse(`${GATEWAY}/v1/weather/Nairobi**`);
  await press("Execute");
  assert.equal((await answered).status(), 200);
  await operation.locator(".live-responses-table .response-col_status", { hasText: "200" }).waitFor();
  assert.match(await operation.locator(".live-responses-table").innerText(), /"displayName": "Nairobi, Kenya"/);
  await accessible(page, OF_SWAGGER_UI);
  await shot(page, "docs-tried");
});

onPage("a stream, which never ends, cannot be tried out in the documentation", {}, async (page) => {
  await page.goto(`${GATEWAY}/docs#/Weather/watchWeather`);
  const operation = page.locator("#operations-Weather-watchWeather");
  await operation.locator(".opblock-body").waitFor();
  assert.equal(await operation.getByRole("button", { name: "Try it out" }).count(), 0);
});

onPage("the type of a problem leads to a page that explains it", {}, async (page) => {
  const problem = await (await page.request.get(`${GATEWAY}/v1/weather/Qwrtzvienna`)).json();
  await page.goto(new URL(problem.type, GATEWAY).href);
  await page.locator(".asked-for").waitFor();
  await accessible(page);
  await fitsTheWidth(page);
  await shot(page, "problems");
});

test("the contract is valid OpenAPI 3.1 and every GET route answers as it says", { timeout: MAX_MILLISECONDS }, async () => {
  const { Validator } = await import(require.resolve("@seriousme/openapi-schema-validator"));
  const contract = await (await fetch(`${GATEWAY}/openapi.json`)).json();
  const { valid, errors } = await new Validator().validate(structuredClone(contract));
  assert.ok(valid, JSON.stringify(errors));
  for (const [path, { get }] of Object.entries(contract.paths)) {
    if (get) {
      const address = GATEWAY + path.replace("{location}", "Vienna");
      for (const question of [address, `${address}?nonsense=1`]) {
        const { status, body } = await fetch(question);
        await body?.cancel(); // a stream does not end by itself
        assert.ok(get.responses[status], `${question} was answered with ${status}, which the contract does not tell of`);
      }
    }
  }
});

onPage("the page is small, and its policy allows nothing inline and no other host", {}, async (page, context) => {
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  let bytes = 0;
  session.on("Network.loadingFinished", (event) => { bytes += event.encodedDataLength; });
  const response = await open(page, "Vienna");
  await whole(page);
  assert.ok(bytes < SIZE_LIMIT_BYTES, `${bytes} bytes on the wire`);
  console.log(`# ${bytes} bytes on the wire, headers and answers included`);
  const policy = response.headers()["content-security-policy"] ?? "";
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /script-src 'self'/);
  assert.doesNotMatch(policy, /unsafe|https?:|\*/);
});
