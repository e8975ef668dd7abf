import * as v from "valibot";
import { ACTIONS } from "./actions.ts";

const ActionSchema = v.union([
  ...Object.entries(ACTIONS).map(([name, schema]) => v.strictObject({ [name]: schema })),
  v.picklist(["default", "ignore"]),
]);

/** What `plumb schema mock_script` shows: the file of `plumb executor mock --scripted` (flows §18). */
export const MockScriptSchema = v.array(
  v.strictObject({
    on: v.pipe(v.string(), v.nonEmpty()),
    nth: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
    do: v.array(ActionSchema),
  }),
);
