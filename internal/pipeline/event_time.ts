import type { Json } from "../value/mod.ts";

/** What has no event time: never late, and it moves no watermark. Comparisons with it are all false. */
export const UNTIMED = Number.NaN;

/**
 * The event time that a value says (pipelines §9), in milliseconds since 1970: a finite number as it is, fractions
 * included, or an RFC 3339 text, its fraction cut to milliseconds. `UNTIMED` for anything else.
 *
 * @example eventTime("1970-01-01T01:00:00.005+01:00") // 5
 */
export function eventTime(value: Json | undefined): number {
  if (typeof value === "number") return Number.isFinite(value) ? value : UNTIMED;
  return typeof value === "string" ? rfc3339(value) : UNTIMED;
}

const DAY_MS = 86_400_000;
const DASH = 0x2d;
const COLON = 0x3a;
const DOT = 0x2e;

/** `YYYY-MM-DDThh:mm:ss[.f…](Z|±hh:mm)`. Read by hand: a pattern and `Date` cost five times as much on the hot path. */
function rfc3339(text: string): number {
  if (text.length < 20 || text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH || text[10] !== "T")
    return UNTIMED;
  if (text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return UNTIMED;
  const day = dayNumber(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  // A leap second is no millisecond of this count, so `:60` is no time here.
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return UNTIMED;
  const zone = fractionEnd(text);
  return day * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 + fractionMs(text, zone) - offsetMs(text, zone);
}

/** Where the zone begins: after the seconds or their fraction. */
function fractionEnd(text: string): number {
  if (text.charCodeAt(19) !== DOT) return 19;
  let end = 20;
  while (isDigit(text.charCodeAt(end))) end++;
  // A point without digits leaves the zone on the point, which is none.
  return end === 20 ? 19 : end;
}

/** Whole milliseconds of the fraction, which ends at `end`; later digits are cut off: `.0059` is 5. */
function fractionMs(text: string, end: number): number {
  let number = 0;
  for (let at = 20; at < 23; at++) number = number * 10 + (at < end ? text.charCodeAt(at) - 0x30 : 0);
  return number;
}

function offsetMs(text: string, zone: number): number {
  const sign = text[zone];
  if (sign === "Z" && text.length === zone + 1) return 0;
  if ((sign !== "+" && sign !== "-") || text.length !== zone + 6 || text.charCodeAt(zone + 3) !== COLON) return UNTIMED;
  const hour = digits(text, zone + 1, 2);
  const minute = digits(text, zone + 4, 2);
  if (!(hour <= 23 && minute <= 59)) return UNTIMED;
  return (sign === "+" ? 1 : -1) * (hour * 60 + minute) * 60_000;
}

/** The number that `count` decimal digits spell, or NaN where one is none: NaN then runs through the whole sum. */
function digits(text: string, start: number, count: number): number {
  let number = 0;
  for (let at = start; at < start + count; at++) {
    const code = text.charCodeAt(at);
    if (!isDigit(code)) return Number.NaN;
    number = number * 10 + code - 0x30;
  }
  return number;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Days before each month of a year that begins in March: a leap day is then the last day of all. */
const DAYS_BEFORE = [306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275];

/** Days since 1970-01-01 in the Gregorian calendar, NaN unless the date is real. `Date.UTC` reads year 50 as 1950. */
function dayNumber(year: number, month: number, day: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = (MONTH_DAYS[month - 1] ?? 0) + (leap && month === 2 ? 1 : 0);
  if (!(day >= 1 && day <= last)) return Number.NaN;
  const marchYear = month > 2 ? year : year - 1;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + (DAYS_BEFORE[month - 1] ?? 0) + day - 719_469;
}
