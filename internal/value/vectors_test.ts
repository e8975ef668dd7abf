import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { canonical, canonicalStrict } from "./canonical.ts";
import { checkJson } from "./check_json.ts";
import { contentId } from "./content_id.ts";
import { NULL_FAULT, STRICT_DUPLICATE_FAULT } from "./fault.ts";
import { bindingHash, completionId, generalIds, invocationId } from "./ids.ts";
import { isObject, type Strict } from "./json.ts";
import { JsonReader } from "./json_reader.ts";
import { parseJson } from "./parse_json.ts";
import { parseStrict } from "./parse_strict.ts";
import { floatLiteralFault, strictIntLiteral } from "./strict_number.ts";
import { valueErrorOf } from "./value_error_of.ts";

// Acceptance 1 of scenarios.md: every row of both files. Copied byte for byte from the shared vectors.
const FOLDER = new URL("../../testdata/vectors/", import.meta.url);

const CanonicalRow = v.strictObject({
  name: v.string(),
  profile: v.picklist(["general", "strict"]),
  json: v.optional(v.string()),
  ieee754: v.optional(v.string()),
  canonical: v.optional(v.string()),
  sha256: v.optional(v.string()),
  error: v.optional(v.string()),
  path: v.optional(v.string()),
});
type CanonicalRow = v.InferOutput<typeof CanonicalRow>;

describe("every row of canonical.json", () => {
  const rows = v.parse(v.array(CanonicalRow), JSON.parse(readFileSync(new URL("canonical.json", FOLDER), "utf8")));

  test("the file is whole", () => {
    expect(rows).toHaveLength(78);
  });

  test.each(rows.map((row): [string, CanonicalRow] => [`${row.profile}: ${row.name}`, row]))("%s", (_, row) => {
    if (row.error === undefined) {
      const text = canonicalOf(row);
      expect(text).toBe(row.canonical ?? "");
      expect(Bun.SHA256.hash(text, "hex")).toBe(row.sha256 ?? "");
    } else {
      expect(failureOf(() => canonicalOf(row))).toEqual([row.error, row.path]);
    }
  });

  test.each(rows.filter((row) => row.ieee754 !== undefined && row.error !== undefined))(
    "checkJson says the same of $name",
    (row) => {
      expect(failureOf(() => checkJson(doubleOf(row.ieee754 ?? "")))).toEqual([row.error, row.path]);
    },
  );

  test.each(rows.filter((row) => row.profile === "strict" && row.canonical !== undefined))(
    "the canonical text of $name reads back as itself",
    (row) => {
      expect(canonicalStrict(parseStrict(row.canonical ?? ""))).toBe(row.canonical ?? "");
    },
  );
});

function canonicalOf(row: CanonicalRow): string {
  if (row.ieee754 !== undefined) return canonical(doubleOf(row.ieee754));
  const text = row.json ?? "";
  return row.profile === "strict" ? canonicalStrict(parseStrict(text)) : canonical(parseJson(text));
}

function failureOf(action: () => unknown): [string | undefined, string | undefined] {
  const { code, path } = valueErrorOf(action);
  return [code, path];
}

/** A big-endian double in hex. */
function doubleOf(hex: string): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(`0x${hex}`));
  return view.getFloat64(0);
}

describe("every row of ids.json", () => {
  const rows = readUnnormalised(readFileSync(new URL("ids.json", FOLDER), "utf8"));

  test("the file is whole", () => {
    expect(rows).toHaveLength(30);
  });

  test.each(rows.map((row, index): [number, IdRow] => [index, row]))("row %d", (_, row) => {
    expect(idOf(row)).toBe(String(row.id));
    if (row.kind !== "hash") expect(contentId(`nysm/${row.kind}/v1`, String(row.canonical))).toBe(String(row.id));
  });

  test("ids over the general profile are the same where a value belongs to both", () => {
    const [first] = rows;
    const ids = generalIds;
    expect(ids.invocationId("flow-123", "Cart.addItem", { quantity: 2, item_id: "SKU-001" }, 1)).toBe(
      String(first?.id),
    );
    expect(ids.completionId("inv-123", "Success", { value: 1 }, 1)).toBe(
      completionId("inv-123", "Success", { value: 1 }, 1),
    );
    expect(ids.completionId("i", "Done", { outputs: [null, 1.5] }, 2)).toBe(
      contentId(
        "nysm/completion/v1",
        '{"invocation_id":"i","output_case":"Done","result":{"outputs":[null,1.5]},"seq":2}',
      ),
    );
  });
});

type IdRow = { [key: string]: Strict };

/** With exact integers, and text as it stands: the rows hold decomposed text on purpose. */
function readUnnormalised(text: string): IdRow[] {
  const rows: Strict = new JsonReader<bigint>(text, {
    null: NULL_FAULT,
    number: (literal, isInteger) => (isInteger ? strictIntLiteral(literal) : floatLiteralFault(literal)),
    normalise: (raw) => raw,
    duplicate: STRICT_DUPLICATE_FAULT,
  }).readText();
  return Array.isArray(rows) ? rows.map(objectOf) : [];
}

function objectOf(value: Strict | undefined): { [key: string]: Strict } {
  if (value !== undefined && isObject(value)) return value;
  throw new Error("expected an object");
}

function idOf(row: IdRow): string {
  const seq = typeof row.seq === "bigint" ? row.seq : Number(row.seq);
  switch (row.kind) {
    case "invocation":
      return invocationId(String(row.flow_token), String(row.action_uri), row.args ?? {}, seq);
    case "completion":
      return completionId(String(row.invocation_id), String(row.output_case), row.result ?? {}, seq);
    case "binding":
      return bindingHash(objectOf(row.bindings));
    default:
      return contentId(String(row.domain), String(row.text));
  }
}
