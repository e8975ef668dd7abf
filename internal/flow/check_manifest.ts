import * as v from "valibot";
import type { FlowIr } from "./flow_ir.ts";
import { manifestFacts } from "./ir_digests.ts";
import { type Manifest, type ManifestEntry, ManifestSchema } from "./manifest.ts";
import { type Problem, shownValue } from "./problem.ts";
import { schemaProblems } from "./schema_problems.ts";

const CODE = "E_MANIFEST_SCHEMA";

/** Holds a JSON value to what a manifest is (flows §9): a list of entries, each name once. */
export function checkManifest(value: unknown): {
  readonly manifest: Manifest | undefined;
  readonly problems: readonly Problem[];
} {
  const parsed = v.safeParse(ManifestSchema, value);
  if (!parsed.success) return { manifest: undefined, problems: schemaProblems(CODE, parsed.issues) };
  // The value itself: valibot's copy has lost keys such as `constructor`.
  const manifest = value as Manifest;
  const numbers = new Map<string, number>();
  const problems = manifest.flatMap(({ name }, number): Problem[] => {
    const first = numbers.get(name);
    numbers.set(name, first ?? number);
    if (first === undefined) return [];
    const message = `/${number}/name: flow ${name} is there already, as number ${first}`;
    return [{ code: CODE, level: "error", path: [number, "name"], message }];
  });
  return { manifest: problems.length === 0 ? manifest : undefined, problems };
}

/** Where a manifest's entry and the IR that it leads to say different things (E_MANIFEST_MISMATCH); paths are of the entry. */
export function mismatches(entry: ManifestEntry, ir: FlowIr): readonly Problem[] {
  return Object.entries(manifestFacts(ir)).flatMap(([key, actual]): Problem[] => {
    const said = entry[key];
    if (Bun.deepEquals(said, actual)) return [];
    const message = `${key} of flow ${entry.name} is ${shown(said)} here, but ${shown(actual)} by its IR`;
    return [{ code: "E_MANIFEST_MISMATCH", level: "error", path: [key], message, help: "compile the flow again" }];
  });
}

function shown(value: unknown): string {
  return Array.isArray(value) ? value.join(", ") : shownValue(value).replace(/^"|"$/g, "");
}
