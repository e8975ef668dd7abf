import * as v from "valibot";
import { writeCanonical } from "../value/mod.ts";
import { eventJson } from "./event_text.ts";
import type { TraceEvent } from "./trace_event.ts";

/** golden.v1 (scenarios §10): the first line of a golden file. `scenario` is its name, or `<name>/<case>`. */
export const GoldenHeaderSchema = v.strictObject({
  flow_token: v.string(),
  scenario: v.string(),
  schema: v.literal("golden.v1"),
});
export type GoldenHeader = v.InferOutput<typeof GoldenHeaderSchema>;

/** The whole text of a golden file: the header, then one event a line, each canonical JSON that ends with `\n`. */
export function goldenText(header: Omit<GoldenHeader, "schema">, events: readonly TraceEvent[]): string {
  const { flow_token, scenario } = header;
  const first = writeCanonical({ flow_token, scenario, schema: "golden.v1" });
  return `${[first, ...events.map(eventJson)].join("\n")}\n`;
}
