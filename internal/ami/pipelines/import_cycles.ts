import { components } from "./cycles.ts";
import type { ImportLink, PackageNode } from "./package_graph.ts";
import type { PackageFile } from "./package_sources.ts";

/** The packages that a package imports, directly or through others, itself first. */
export function importedBy(entry: PackageNode): readonly PackageNode[] {
  const nodes = new Set([entry]);
  for (const node of nodes) for (const { target } of node.links) nodes.add(target);
  return [...nodes];
}

/**
 * The imports that are part of a circle (E_IMPORT_CYCLE): of packages, or within one package of files, which may import each
 * other for the sake of the name. Which imports these are does not depend on where one begins to read.
 */
export function circularImports(nodes: readonly PackageNode[]): readonly ImportLink[] {
  const links = nodes.flatMap((node) => node.links.map((link) => ({ node, link })));
  const within = links.filter(({ node, link }) => link.target === node);
  const across = links.filter(({ node, link }) => link.target !== node);
  const packages = groups(across.map(({ node, link }) => [node, link.target] as const));
  const files = groups(within.flatMap(({ link }) => link.files.map((file) => [link.from, file] as const)));
  const isCircular = ({ from, files: imported }: ImportLink): boolean =>
    imported.some((file: PackageFile) => file === from || files.get(file) === files.get(from));
  return [
    ...across.filter(({ node, link }) => packages.get(node) === packages.get(link.target)),
    ...within.filter(({ link }) => isCircular(link)),
  ].map(({ link }) => link);
}

/** For everything that an edge begins or ends at, the number of its strongly connected component. */
function groups<T>(edges: readonly (readonly [from: T, to: T])[]): ReadonlyMap<T, number> {
  const numbers = new Map<T, number>();
  const next: number[][] = [];
  const numberOf = (item: T): number => {
    const known = numbers.get(item);
    if (known !== undefined) return known;
    next.push([]);
    numbers.set(item, numbers.size);
    return numbers.size - 1;
  };
  for (const [from, to] of edges) {
    const [start, end] = [numberOf(from), numberOf(to)];
    next[start]?.push(end);
  }
  const group = components(next.length, next);
  return new Map([...numbers].map(([item, number]) => [item, group[number] ?? number]));
}
