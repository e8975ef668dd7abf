import { dirname, join, normalize } from "node:path";

// The rules of DESIGN, layout: imports point one way, rooms are entered by mod.ts, and no circle exists. Pure functions
// from sources to complaints; imports_test.ts feeds them the project. (That only internal/world knows time and chance is
// checked there, in one_door_test.ts.)

/** Rooms by layer, the lowest first. A room imports rooms of its own layer or of a lower one. */
const LAYERS: readonly (readonly string[])[] = [
  ["diag", "value", "world", "files"],
  ["kvstore", "store", "trace", "yaml", "user_modules"],
  ["ami", "dsl", "concept", "flow", "policy", "rep", "config", "cli"],
  ["pipeline", "ts_workers", "engine", "sync", "handlers", "plugins"],
  ["executor", "conformance"],
  ["harness", "report"],
  ["cmd", "plumb"],
  ["testutil"],
  ["testkit"],
];

/** Within the lowest layer nothing is shared but diag, which imports no other room. */
const WITHIN_LOWEST: ReadonlySet<string> = new Set(["value diag", "world diag", "files diag"]);

/** A source file: its path from the project's folder, `/`-separated, and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** All complaints about the imports of a project, in the order of its files. */
export function importProblems(sources: readonly Source[]): readonly string[] {
  const edges = sources.flatMap(({ path, text }) =>
    importsOf(path, text).map((target) => ({ from: path, to: target })),
  );
  const known = new Set(sources.map(({ path }) => path));
  return [
    ...edges.flatMap(({ from, to }) => {
      const problem = edgeProblem(from, to, known);
      return problem === undefined ? [] : [`${from} imports ${to}: ${problem}`];
    }),
    ...circle(edges).map((path) => `import circle of files: ${path}`),
    ...circle(
      edges.filter(({ from }) => !isTest(from)).map(({ from, to }) => ({ from: roomOf(from), to: roomOf(to) })),
    ).map((path) => `import circle of rooms: ${path}`),
  ];
}

/** The relative imports of a file, of values, types and workers, static and lazy, as paths from the project's folder. */
export function importsOf(path: string, text: string): readonly string[] {
  const statement = /^(?:import|export)\b[^;"']*?(?:\bfrom\s*)?["'](\.[^"']*)["']/gm;
  const lazy = /\b(?:import\(|new URL\()\s*["'](\.[^"']*)["']/g;
  const code = withoutComments(text);
  const specifiers = [...code.matchAll(statement), ...code.matchAll(lazy)].map(([, specifier = ""]) => specifier);
  return specifiers.map((specifier) => normalize(join(dirname(path), specifier)));
}

function edgeProblem(from: string, to: string, known: ReadonlySet<string>): string | undefined {
  if (!to.endsWith(".ts")) return undefined; // package.json and docs/schemas are data
  if (!known.has(to)) return "there is no such file";
  const [room, target] = [roomOf(from), roomOf(to)];
  if (room === target) return sideDoor(from, to, known);
  if (!to.endsWith("/mod.ts")) return "another room is entered by its mod.ts";
  if (isTest(from)) return undefined;
  if (target === "cli" && room !== "cmd") return "only cmd knows the command line";
  const [layer, targetLayer] = [layerOf(room), layerOf(target)];
  if (layer === undefined || targetLayer === undefined) return "the room stands in no layer; add it to LAYERS";
  if (layer < targetLayer) return `${target} stands above ${room}`;
  if (layer === 0 && !WITHIN_LOWEST.has(`${room} ${target}`)) return `${room} and ${target} stand side by side`;
  return undefined;
}

/** A folder inside a room that has a mod.ts of its own is entered by it too, from the rest of the room. */
function sideDoor(from: string, to: string, known: ReadonlySet<string>): string | undefined {
  for (let folder = dirname(to); folder.split("/").length > 2; folder = dirname(folder)) {
    const isOutside = !from.startsWith(`${folder}/`);
    if (isOutside && known.has(`${folder}/mod.ts`) && to !== `${folder}/mod.ts`)
      return `${folder} is entered by its mod.ts`;
  }
  return undefined;
}

function layerOf(room: string): number | undefined {
  const layer = LAYERS.findIndex((rooms) => rooms.includes(room));
  return layer < 0 ? undefined : layer;
}

/** `internal/diag/mod.ts` is in diag, everything below cmd in cmd. */
function roomOf(path: string): string {
  const [top = "", room = ""] = path.split("/");
  return top === "internal" ? room : top;
}

function isTest(path: string): boolean {
  return path.endsWith("_test.ts");
}

interface Edge {
  readonly from: string;
  readonly to: string;
}

/** One circle, if there is any: the first that a walk in order meets. */
function circle(edges: readonly Edge[]): readonly string[] {
  const targets = new Map<string, Set<string>>();
  for (const { from, to } of edges) {
    if (from === to) continue;
    targets.set(from, (targets.get(from) ?? new Set()).add(to));
  }
  const done = new Set<string>();
  const walk = (node: string, trail: readonly string[]): string | undefined => {
    const at = trail.indexOf(node);
    if (at >= 0) return [...trail.slice(at), node].join(" -> ");
    if (done.has(node)) return undefined;
    for (const target of targets.get(node) ?? []) {
      const found = walk(target, [...trail, node]);
      if (found !== undefined) return found;
    }
    done.add(node);
    return undefined;
  };
  for (const node of targets.keys()) {
    const found = walk(node, []);
    if (found !== undefined) return [found];
  }
  return [];
}

/** The text with its comments blanked out. Strings are stepped over, so that `"//"` in one starts no comment. */
function withoutComments(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (token) =>
    token.startsWith("/") ? token.replace(/[^\n]/g, " ") : token,
  );
}
