// One way to make elements. Text is always text: nothing that came from a list is ever read as HTML.

export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  put(made, attributes, children);
  return made;
}

export function svg(tag, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  put(made, attributes, children);
  return made;
}

function put(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...shown(children));
}

// Children as they stand in a page: lists opened, what is not there left out.
export function shown(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== "");
}

const DAY = new Intl.DateTimeFormat("id-ID", { weekday: "long", day: "numeric", month: "long" });
const LONG = new Intl.DateTimeFormat("id-ID", { day: "numeric", month: "long", year: "numeric" });
const SHORT = new Intl.DateTimeFormat("id-ID", { day: "numeric", month: "short" });

export function dayWords(iso) {
  return DAY.format(new Date(`${iso}T12:00:00`));
}

export function longDay(iso) {
  return LONG.format(new Date(`${iso}T12:00:00`));
}

export function shortDay(iso) {
  return SHORT.format(new Date(`${iso}T12:00:00`));
}

// The phone's clock with its offset, as the protocol asks.
export function localIso(at = new Date()) {
  const minutes = -at.getTimezoneOffset();
  const shifted = new Date(at.getTime() + minutes * 60000).toISOString().slice(0, 23);
  const two = (number) => String(Math.floor(number)).padStart(2, "0");
  const span = Math.abs(minutes);
  return `${shifted}${minutes < 0 ? "-" : "+"}${two(span / 60)}:${two(span % 60)}`;
}
