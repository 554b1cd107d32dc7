// Formats values for people: units, signs, dates, and words for the enums of the contract.

const DASH = "–";
const MINUS = "−";

export const MONTHS = ["January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December"];

/** The scales of temperature. */
export const SCALES = {
  celsius: { sign: "°C", of: (celsius) => celsius, span: (kelvin) => kelvin },
  fahrenheit: { sign: "°F", of: (celsius) => celsius * 1.8 + 32, span: (kelvin) => kelvin * 1.8 },
};

/** A number with a true minus sign and a fixed count of decimals; never a negative zero. */
export function number(value, decimals = 0) {
  const text = value.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text.replace("-", MINUS);
}

/** No more decimals than the uncertainty of a value justifies. */
export function decimalsFor(uncertainty) {
  return uncertainty === undefined || uncertainty >= 1 ? 0 : 1;
}

/** "1 – 8": one standard deviation to each side. */
export function range(low, high, decimals = 0) {
  return `${number(low, decimals)} ${DASH} ${number(high, decimals)}`;
}

/** "48.21° N, 16.37° E". */
export function coordinates({ latitude = 0, longitude = 0 } = {}) {
  const side = (value, plus, minus) => `${Math.abs(value).toFixed(2)}° ${value < 0 ? minus : plus}`;
  return `${side(latitude, "N", "S")}, ${side(longitude, "E", "W")}`;
}

/** "850 m", "12 km". */
export function distance(meters) {
  return meters < 950 ? `${number(Math.round(meters / 10) * 10)} m` : `${number(meters / 1000, meters < 9500 ? 1 : 0)} km`;
}

/** The parts of an RFC 3339 time as its own clock shows them, whatever the reader's time zone is. */
export function clockAt(time) {
  const shown = new Date(`${time.slice(0, 19)}Z`);
  const say = (options) => shown.toLocaleString("en-GB", { timeZone: "UTC", ...options });
  return {
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    date: say({ weekday: "long", day: "numeric", month: "long" }),
    short: say({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }),
    hour: say({ hour: "2-digit", minute: "2-digit" }),
  };
}

/** The kind of a value, in a word and in a sentence. A climatology is never called current. */
export function kindOf(provenance) {
  const kinds = {
    KIND_OBSERVATION: { name: "Measured", title: "Measured near here",
      meaning: "Measured by an instrument." },
    KIND_MODEL: { name: "Model", title: "Computed by a weather model",
      meaning: "A weather model computed this for the current time; it was not measured." },
    KIND_CLIMATOLOGY: { name: "Usual value", title: "Usual for this hour and season",
      meaning: "From averages over many years, not from today’s weather." },
  };
  return kinds[provenance?.kind] ?? { name: "Unknown kind", title: "Unknown kind", meaning: "The source does not state its kind." };
}

/** The quality of a value. */
export function qualityOf(provenance) {
  const qualities = {
    QUALITY_GOOD: "Good",
    QUALITY_SUSPECT: "Doubtful: out of range, or old",
    QUALITY_ESTIMATED: "Estimated from places nearby, or corrected for height",
    QUALITY_UNVERIFIED: "From unverified data",
  };
  return qualities[provenance?.quality] ?? "Unknown";
}

/** The name of a provider's value, for people. */
export function valueOf(provider) {
  return provider.replace(/-provider$/, "").replaceAll("-", " ");
}

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
