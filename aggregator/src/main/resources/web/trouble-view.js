// Shows an error: why there is no weather, and what to do.

import { html } from "./elements.js";
import { placeLink } from "./place-view.js";

const MESSAGES = {
  "not-found": ["Place not found", "Check the spelling, or try a larger place nearby. Coordinates such as 48.21,16.37 work too."],
  "bad-question": ["Invalid place", "Enter a city, or coordinates such as 48.21,16.37."],
  "too-many": ["Too many requests", "The number of requests per minute is limited for each client."],
  offline: ["The service cannot be reached", "You seem to be offline. The page retries when there is a connection."],
  slow: ["The service is too slow", "It did not respond within 15 seconds."],
  unavailable: ["No weather is available right now", "Neither the temperature nor the humidity is available."],
  busy: ["The service is busy", "It could not respond in time. Try again in a moment."],
  broken: ["Internal error", "This is not caused by your request."],
};

/** The error as a section; `again` repeats the request. */
export function troubleView(question, trouble, again) {
  const [title, advice] = MESSAGES[trouble.kind] ?? MESSAGES.broken;
  return html("section", { class: "trouble", "aria-labelledby": "place" },
    html("p", { class: "asked" }, `“${question}”`),
    html("h1", { id: "place", tabindex: "-1" }, title),
    html("p", null, advice),
    trouble.suggestions.length > 0 ? html("nav", { class: "meant", "aria-label": "Similar names" }, html("h2", null, "Similar names"),
      html("ul", null, trouble.suggestions.map((name) => html("li", null, placeLink(name))))) : null,
    trouble.kind === "not-found" || trouble.kind === "bad-question" ? null : retry(trouble.retryAfter, again),
    trouble.detail ? html("p", { class: "code" }, `Detail: ${trouble.detail}`) : null,
    trouble.requestId ? html("p", { class: "code" }, `Request ${trouble.requestId}`) : null);
}

/** A button that counts down the time until a retry. */
function retry(seconds, again) {
  const button = html("button", { type: "button", onclick: again }, "Try again");
  let left = seconds;
  const show = () => {
    button.disabled = left > 0;
    button.textContent = left > 0 ? `Try again in ${left} s` : "Try again";
    if (left > 0) {
      left -= 1;
      setTimeout(show, 1000);
    }
  };
  show();
  return button;
}
