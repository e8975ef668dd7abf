import type { TestCase } from "./test_case.ts";

/** Consecutive cases of one file, or scenarios, in stable order: what one thread runs at a time. Plain data, posted to threads. */
export type Batch = readonly TestCase[];

/**
 * Cuts cases into batches of at most `most`; the cases of a file with `share=file` stay in one, because they share its
 * store. Scenarios, of which a file mostly has one, are put together.
 */
export function batchesOf(cases: readonly TestCase[], most: number): Batch[] {
  const batches: TestCase[][] = [];
  for (const next of cases) {
    const last = batches.at(-1);
    const [first] = last ?? [];
    const isShared = next.source.shared.size > 0;
    const belongs = first?.source === next.source || (isScenario(first) && isScenario(next));
    const fits = belongs && (isShared || (last?.length ?? 0) < most);
    if (fits) last?.push(next);
    else batches.push([next]);
  }
  return batches;
}

function isScenario(testCase: TestCase | undefined): boolean {
  return testCase?.body.kind === "scenario";
}
