import * as v from "valibot";

// A mocks file (flows §11), for `plumb schema mocks`: what readers hold it to in detail is in read_mocks.ts.

/** An answer: wait, then fail or return the result. */
export const MockAnswerSchema = v.strictObject({
  /** Default `{}`. */
  result: v.exactOptional(v.unknown()),
  error: v.exactOptional(
    v.strictObject({
      /** Default 2001. */
      code: v.exactOptional(v.pipe(v.number(), v.safeInteger())),
      message: v.string(),
      /** Default true. */
      retriable: v.exactOptional(v.boolean()),
      details: v.exactOptional(v.record(v.string(), v.unknown())),
    }),
  ),
  delay_ms: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2_147_483_647))),
});

/**
 * Step id or kind -> an answer, a list of answers used in call order, or a result as it is; `$draws` are the first draws of
 * policies.
 */
export const MocksSchema = v.objectWithRest(
  { $draws: v.exactOptional(v.array(v.pipe(v.number(), v.minValue(0), v.ltValue(1)))) },
  v.union([MockAnswerSchema, v.array(v.union([MockAnswerSchema, v.unknown()])), v.unknown()]),
);
