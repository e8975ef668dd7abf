import type { Json } from "../../value/mod.ts";
import { jsonText } from "./json_text.ts";
import { yamlText } from "./yaml_text.ts";

/** A document that a compile gives, before it is a file. */
export interface Artifact {
  readonly kind: "policy" | "flow" | "trigger" | "manifest" | "ir";
  /** The file it comes from; undefined: from all of them. */
  readonly source: string | undefined;
  readonly id: string;
  /** From the out directory. */
  readonly path: string;
  readonly document: Json;
}

/** The text of an artifact's file. */
export function artifactText({ path, document }: Artifact): string {
  const isYaml = path.endsWith(".yaml");
  return isYaml && typeof document === "object" && document !== null && !Array.isArray(document)
    ? yamlText(document)
    : jsonText(document);
}
