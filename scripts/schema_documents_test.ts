import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SCHEMA_NAMES } from "../cmd/plumb/embedded_schemas.ts";
import { generateSchemas } from "./schema_documents.ts";

const FOLDER = join(import.meta.dir, "../docs/schemas");

test("docs/schemas holds one file a name, and each is what the valibot schemas give; else run scripts/schemas", () => {
  expect(readdirSync(FOLDER).sort()).toEqual(SCHEMA_NAMES.map((name) => `${name}.json`).sort());
  for (const [name, text] of generateSchemas()) {
    expect(text).toBe(readFileSync(join(FOLDER, `${name}.json`), "utf8"));
  }
});

test("every schema is JSON Schema 2020-12 with an id, a title and a description, and all its references lead somewhere", () => {
  for (const [name, text] of generateSchemas()) {
    const schema = JSON.parse(text);
    expect(schema).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: `urn:plumb:schema:${name}`,
      title: name,
    });
    expect(schema.description.length).toBeGreaterThan(20);
    for (const [, definition = ""] of text.matchAll(/"#\/\$defs\/([^"]+)"/g))
      expect(schema.$defs).toHaveProperty(definition);
  }
});
