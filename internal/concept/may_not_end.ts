import type { SpecSet } from "./load_specs.ts";

/**
 * Whether some SQL of the specs may go on for ever, which nothing but the end of its thread would stop: a query over itself, which
 * SQLite takes with RECURSIVE and without it. A text that only looks like one counts too.
 */
export function mayNotEnd({ concepts, syncs }: Pick<SpecSet, "concepts" | "syncs">): boolean {
  return (
    syncs.some(({ where }) => where.some(({ sql }) => WITH.test(sql))) ||
    concepts.some(({ actions }) =>
      actions.some(({ outputs }) =>
        outputs.some(({ when, effects, result }) =>
          [when, ...effects, ...result.map(({ snippet }) => snippet)].some((snippet) => WITH.test(snippet?.sql ?? "")),
        ),
      ),
    )
  );
}

const WITH = /\bwith\b/i;
