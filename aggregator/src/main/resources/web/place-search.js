// The search box: a combobox with a list of suggestions (WAI-ARIA's editable combobox with list autocompletion).

import { html } from "./elements.js";
import * as gateway from "./gateway.js";

/** Long enough for a quick typist not to ask for every letter, too short to be noticed. In milliseconds. */
const PAUSE = 140;

/** Coordinates, from their first point or comma on: no name is meant, so there is nothing to suggest. */
const COORDINATES = /^[-+]?\p{Nd}+\s*[.,]/u;

/**
 * Makes the form search: `choose(question)` is told what the person wants to see, `announce(text)` speaks, and
 * `remark(text)` shows a line below the box.
 */
export function placeSearch(form, choose, announce, remark) {
  const input = form.elements.location;
  const list = form.querySelector("[role=listbox]");
  let found = [];
  let active = -1;
  let timer = 0;
  let asking = new AbortController();

  const rest = () => {
    clearTimeout(timer);
    asking.abort();
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const finish = (question) => {
    rest();
    found = [];
    input.value = question;
    choose(question);
  };

  const highlight = (index) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = list.children[active];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };

  const open = () => {
    list.replaceChildren(...found.map((place, index) => option(place, index, () => finish(gateway.questionFor(place)))));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    highlight(-1);
  };

  const suggest = async () => {
    const text = input.value.trim();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await gateway.places(text, signal);
      if (!signal.aborted) {
        found = answer;
        open();
        if (found.length > 0) {
          announce(found.length === 1 ? "1 place found" : `${found.length} places found`);
        } else {
          remark("No place has that prefix. Press Enter for similar names.");
        }
      }
    } catch {
      // Without suggestions the place can still be searched for.
      if (!signal.aborted) {
        found = [];
        open();
        remark("No suggestions right now. Press Enter to search without them.");
      }
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    asking.abort();
    remark("");
    highlight(-1);
    const text = input.value.trim();
    if (text === "" || COORDINATES.test(text)) {
      found = [];
      rest();
    } else {
      timer = setTimeout(suggest, PAUSE);
    }
  });

  input.addEventListener("keydown", (event) => {
    const last = found.length - 1;
    if (event.isComposing) {
      return;
    }
    if (event.key === "Escape" && !list.hidden) {
      rest();
      event.preventDefault();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && last >= 0) {
      if (list.hidden) {
        open();
      }
      const step = event.key === "ArrowDown" ? active + 1 : active < 0 ? last : active - 1;
      highlight(step > last ? -1 : step);
      event.preventDefault();
    } else if (event.key === "Enter" && active >= 0) {
      finish(gateway.questionFor(found[active]));
      event.preventDefault();
    }
  });

  input.addEventListener("blur", rest);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const question = input.value.trim();
    if (question !== "") {
      finish(question);
    }
  });
}

function option(place, index, pick) {
  const code = place.iataCode ?? place.icaoCode;
  const { name, displayName = name } = place;
  const where = displayName.startsWith(name) ? displayName.slice(name.length).replace(/^,\s*/, "") : displayName;
  return html("li", {
    id: `place-${index}`, role: "option", "aria-selected": "false",
    // The box must keep the focus, or its blur would take the list away before the click.
    onpointerdown: (event) => event.preventDefault(),
    onclick: pick,
  }, html("span", { class: "name" }, name), " ", html("span", { class: "where" }, where),
  code ? html("span", { class: "code" }, " ", code) : null);
}
