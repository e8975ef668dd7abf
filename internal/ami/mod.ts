// The .ami language. So far the one question that tests ask of a file before anything is parsed: which pragma lines it
// has, and whether it holds source at all.
export * from "./source_scan.ts";
