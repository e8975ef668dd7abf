import type { ErrorRecord } from "../../internal/diag/mod.ts";
import { jsonText, visibleLine } from "../../internal/report/mod.ts";

/** A line of the default error pipeline, in either of its forms (ami-tests §8), whatever its texts hold. */
export function errorpipeLine(record: ErrorRecord, form: "json" | "human"): string {
  if (form === "json") return `${jsonText(record)}\n`;
  const [code, name, file] = [record.code, String(record.data?.case ?? ""), record.file ?? ""].map(visibleLine);
  return `error: code=${code} case=${name} file=${file}\n`;
}
