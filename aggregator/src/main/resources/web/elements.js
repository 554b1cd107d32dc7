// Builds elements. Text only ever becomes text: nothing on this page parses a string as HTML.

const SVG = "http://www.w3.org/2000/svg";

/** An HTML element; attributes that are false, null or undefined are left out, `on...` ones are listeners. */
export function html(name, attributes, ...children) {
  return furnish(document.createElement(name), attributes, children);
}

/** The same for an SVG element. */
export function svg(name, attributes, ...children) {
  return furnish(document.createElementNS(SVG, name), attributes, children);
}

/** A link that leaves the site, or the bare text where the address is not one of the web. */
export function outward(address, text) {
  if (!/^https?:\/\//i.test(address ?? "")) {
    return document.createTextNode(text);
  }
  return html("a", { href: address, rel: "noopener noreferrer external" }, text);
}

function furnish(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}
