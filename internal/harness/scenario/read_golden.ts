import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { readText, shownNode, type YamlFindings, type YamlNode } from "../../yaml/mod.ts";
import type { Golden } from "./scenario_spec.ts";

/** What `golden` says; a path is as it is written. */
export type GoldenChoice =
  | { readonly mode: "required"; readonly path: string | undefined }
  | { readonly mode: "existing" | "never" };

/** `golden: true | false | path` (scenarios.md §7, §10): E_SCN_GOLDEN for a path that is not of one case. */
export function readGolden(node: YamlNode | undefined, hasCases: boolean, findings: YamlFindings): GoldenChoice {
  if (node === undefined) return { mode: "existing" };
  if (node.kind === "scalar" && node.value === true) return { mode: "required", path: undefined };
  if (node.kind === "scalar" && node.value === false) return { mode: "never" };
  if (node.kind !== "scalar" || typeof node.value !== "string") {
    findings.add("E_KEY_TYPE", `golden must be true, false or a path, found ${shownNode(node)}`, node);
    return { mode: "existing" };
  }
  const path = readText(node, "golden", findings)?.value;
  if (path !== undefined && isAbsolute(path)) {
    findings.add("E_SCN_GOLDEN", "a golden file's path is relative to the scenario", node);
  } else if (path !== undefined && path.includes(CASE) !== hasCases) {
    const message = hasCases
      ? `every case has a golden file of its own: its path must contain ${CASE}`
      : `the scenario has no cases, so there is nothing to put in for ${CASE}`;
    findings.add("E_SCN_GOLDEN", message, node);
  }
  return { mode: "required", path };
}

/** As it stands in the file. */
const CASE = "\x24{case}";

/**
 * The golden file of a case (scenarios.md §10).
 *
 * @param stem of the scenario's file name; @param caseName undefined where there are no cases
 */
export function goldenOf(
  choice: GoldenChoice,
  folder: string,
  stem: string,
  caseName: string | undefined,
): Pick<Golden, "mode" | "path" | "shown"> {
  const suffix = caseName === undefined ? "" : `.${caseName}`;
  const given = choice.mode === "required" ? choice.path : undefined;
  const name = given?.replaceAll(CASE, () => caseName ?? "") ?? join("golden", `${stem}${suffix}.golden.jsonl`);
  const path = resolve(folder, name);
  return { mode: choice.mode, path, shown: relative(folder, path).split(sep).join("/") };
}
