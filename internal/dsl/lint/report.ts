import type { IssueFields } from "../syntax/mod.ts";

/** Takes a finding about the file that is looked at. */
export type Report = (fields: IssueFields) => void;

/** What a finding says beyond its code, place and message. */
export type Aside = Pick<IssueFields, "length" | "help">;

/** A finding that does not stop anything. */
export function warn(report: Report, code: string, at: number, message: string, aside: Aside = {}): void {
  report({ code, level: "warning", at, message, ...aside });
}
