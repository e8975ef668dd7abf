/**
 * A name as part of a file name: what stands outside `[0-9A-Za-z._-]` becomes `-`, none at its ends; `flow` if nothing is
 * left (flows §3).
 *
 * @example
 * slug("My Flow / v2"); // "My-Flow-v2"
 */
export function slug(name: string): string {
  const dashed = name.replace(/[^0-9A-Za-z._-]+/g, "-");
  let start = 0;
  let end = dashed.length;
  while (start < end && dashed.charAt(start) === "-") start += 1;
  while (end > start && dashed.charAt(end - 1) === "-") end -= 1;
  return dashed.slice(start, end) || "flow";
}
