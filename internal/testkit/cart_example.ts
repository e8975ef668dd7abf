import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { tempFiles } from "./temp_files.ts";

const CART = resolve(import.meta.dir, "../../testdata/examples/cart");

/**
 * A fresh copy of the cart example in the folder `cart` of a new folder.
 *
 * @param edit what becomes of a file's text, by its name in the example; one that changes nothing is an error
 */
export function cartExample(edit: Readonly<Record<string, (text: string) => string>> = {}): string {
  const names = readdirSync(CART, { recursive: true, encoding: "utf8" }).filter((name) => name.includes("."));
  const files = names.map((name) => {
    const text = readFileSync(resolve(CART, name), "utf8");
    const changed = edit[name]?.(text) ?? text;
    if (edit[name] !== undefined && changed === text) throw new Error(`the edit of ${name} changes nothing`);
    return [`cart/${name}`, changed] as const;
  });
  return tempFiles(Object.fromEntries(files));
}
