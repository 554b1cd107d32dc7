// Says in plain words why there is no answer, and what to do now.

import { html } from "./elements.js";
import { placeLink } from "./place-view.js";

const SAID = {
  "not-found": ["No place is known by that name", "Check the spelling, or try a larger place nearby. Coordinates such as 48.21,16.37 work too."],
  "bad-question": ["That question cannot be answered", "Write a city, or coordinates such as 48.21,16.37."],
  "too-many": ["Too many questions in a short time", "The service answers a limited number of questions a minute to each of us."],
  offline: ["The service cannot be reached", "You seem to be offline. The page tries again as soon as there is a connection."],
  slow: ["The service takes too long", "It has not answered within 15 seconds."],
  unavailable: ["The weather cannot be had right now", "Neither the temperature nor the humidity is available. Nothing is made up instead."],
  busy: ["The service is busy", "It could not answer in time. Your question is not the reason, and can be asked again in a moment."],
  broken: ["Something went wrong on our side", "It is not your question’s fault."],
};

/** The trouble as a section; `again` asks the same question once more. */
export function troubleView(question, trouble, again) {
  const [title, advice] = SAID[trouble.kind] ?? SAID.broken;
  return html("section", { class: "trouble", "aria-labelledby": "place" },
    html("p", { class: "asked" }, `“${question}”`),
    html("h1", { id: "place", tabindex: "-1" }, title),
    html("p", null, advice),
    trouble.suggestions.length > 0 ? html("nav", { class: "meant", "aria-label": "Near spellings" }, html("h2", null, "Did you mean"),
      html("ul", null, trouble.suggestions.map((name) => html("li", null, placeLink(name))))) : null,
    trouble.kind === "not-found" || trouble.kind === "bad-question" ? null : retry(trouble.retryAfter, again),
    trouble.detail ? html("p", { class: "code" }, `The service says: ${trouble.detail}`) : null,
    trouble.requestId ? html("p", { class: "code" }, `Request ${trouble.requestId}`) : null);
}

/** A button that waits, visibly, as long as the service asked for. */
function retry(seconds, again) {
  const button = html("button", { type: "button", onclick: again }, "Try again");
  let left = seconds;
  const tell = () => {
    button.disabled = left > 0;
    button.textContent = left > 0 ? `Try again in ${left} s` : "Try again";
    if (left > 0) {
      left -= 1;
      setTimeout(tell, 1000);
    }
  };
  tell();
  return button;
}
