// Calls the gateway. Every failure is a Trouble.

/** The timeout of a request, in milliseconds. The deadline of the gateway is shorter. */
const PATIENCE = 15000;

/** The number of suggestions. */
const SUGGESTIONS = 8;

/**
 * The reason of a failure: "offline", "slow", "not-found", "bad-question", "too-many", "unavailable", "busy" or "broken".
 * `detail` is the gateway's text, `suggestions` are similar names, `retryAfter` is in seconds.
 */
export class Trouble extends Error {
  constructor(kind, { detail = "", suggestions = [], retryAfter = 0, requestId = "" } = {}) {
    super(detail || kind);
    Object.assign(this, { kind, detail, suggestions, retryAfter, requestId });
  }
}

/** The path of the weather at a place. */
export function weatherAddress(location) {
  return `/v1/weather/${encodeURIComponent(location)}`;
}

/** The weather at a place, as weather.v1.Weather. */
export function weather(location, signal) {
  return ask(weatherAddress(location), signal);
}

/** The climate at a place, as weather.v1.Climate. */
export function climate(location, signal) {
  return ask(`/v1/climate/${encodeURIComponent(location)}`, signal);
}

/** The places with a prefix, most prominent first. */
export async function places(text, signal) {
  const answer = await ask(`/v1/locations?query=${encodeURIComponent(text)}`, signal);
  return (answer.locations ?? []).slice(0, SUGGESTIONS);
}

/** The location that selects exactly this place: an airport's code, else its full name. */
export function questionFor(place) {
  return (place.gazetteer === "airports" && place.icaoCode) || place.displayName || place.name;
}

async function ask(path, signal) {
  const slow = new AbortController();
  const timer = setTimeout(() => slow.abort(), PATIENCE);
  const stop = () => slow.abort();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const response = await fetch(path, { headers: { Accept: "application/json" }, signal: slow.signal });
    if (!response.ok) {
      throw troubleOf(response, await response.json().catch(() => ({})));
    }
    return await response.json();
  } catch (failure) {
    if (signal?.aborted || failure instanceof Trouble) {
      throw failure;
    }
    if (failure instanceof SyntaxError) {
      throw new Trouble("broken", { detail: "The response could not be parsed." });
    }
    throw new Trouble(slow.signal.aborted ? "slow" : "offline");
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

function troubleOf(response, problem) {
  const kinds = { 400: "bad-question", 404: "not-found", 414: "bad-question", 429: "too-many", 503: "busy", 504: "busy" };
  const kind = problem.type?.endsWith("/providers-unavailable") ? "unavailable" : kinds[response.status];
  return new Trouble(kind ?? "broken", {
    detail: problem.detail ?? problem.title,
    suggestions: (problem.suggestions ?? []).map((one) => (typeof one === "string" ? one : questionFor(one))),
    retryAfter: Number(response.headers.get("Retry-After")) || 0,
    requestId: response.headers.get("X-Request-Id") ?? "",
  });
}
