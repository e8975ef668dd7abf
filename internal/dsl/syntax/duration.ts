/** The most that a count or a number of milliseconds can be (flows §2). */
export const MAX_INT = 2147483647;

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of a duration such as `500ms`, `30s`, `5m` or `1h`; undefined for any other text, or one that is too long. */
export function parseDuration(text: string): number | undefined {
  const [, digits = "", unit = ""] = /^([0-9]+)(ms|s|m|h)$/.exec(text) ?? [];
  const scale = UNITS[unit];
  const ms = scale === undefined ? Number.NaN : Number(digits) * scale;
  return ms <= MAX_INT ? ms : undefined;
}

/** A number of times, 0…2147483647; undefined for any other text. */
export function parseCount(text: string): number | undefined {
  const count = /^[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  return count <= MAX_INT ? count : undefined;
}
