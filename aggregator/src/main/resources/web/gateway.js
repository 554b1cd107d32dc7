// Asks the gateway. A failure is always a Trouble: the page never has to guess what went wrong.

/** No answer within this many milliseconds counts as none. The gateway itself gives up sooner. */
const PATIENCE = 15000;

/** How many suggestions are worth reading. */
const SUGGESTIONS = 8;

/**
 * Why there is no answer: "offline", "slow", "not-found", "bad-question", "too-many", "unavailable", "busy" or "broken".
 * `detail` is the gateway's own sentence, `suggestions` are near spellings, `retryAfter` is in seconds.
 */
export class Trouble extends Error {
  constructor(kind, { detail = "", suggestions = [], retryAfter = 0, requestId = "" } = {}) {
    super(detail || kind);
    Object.assign(this, { kind, detail, suggestions, retryAfter, requestId });
  }
}

/** Where the weather at a place is to be had. */
export function weatherAddress(location) {
  return `/v1/weather/${encodeURIComponent(location)}`;
}

/** The weather at a place, as weather.v1.Weather. */
export function weather(location, signal) {
  return ask(weatherAddress(location), signal);
}

/** The usual year at a place, as weather.v1.Climate. */
export function climate(location, signal) {
  return ask(`/v1/climate/${encodeURIComponent(location)}`, signal);
}

/** Places whose names begin like the text, most prominent first. */
export async function places(text, signal) {
  const answer = await ask(`/v1/locations?query=${encodeURIComponent(text)}`, signal);
  return (answer.locations ?? []).slice(0, SUGGESTIONS);
}

/** What to ask to get exactly this place: an airport's code, else its full name. */
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
      throw new Trouble("broken", { detail: "The answer cannot be read." });
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
