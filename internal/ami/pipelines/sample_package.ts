import type { WorkerModules } from "../functions/mod.ts";
import type { AmiPackage } from "./ami_package.ts";
import { memoryFiles } from "./memory_files.ts";
import { PackageLoader } from "./package_loader.ts";

/** Worker modules for tests: the names that each exports, by absolute path; a text instead is the fault's message. */
export function sampleModules(exports: Readonly<Record<string, readonly string[] | string>> = {}): WorkerModules {
  return {
    exports(path) {
      const names = exports[path] ?? "there is no such module";
      return typeof names === "string" ? { code: "E_WORKER_IO", message: names } : names;
    },
    worker: (path, name) => (event) => [path, name, event.payload],
  };
}

/** Loads packages for tests from texts by absolute path; findings call `/p/a.ami` by `a.ami`. */
export function sampleLoader(texts: Readonly<Record<string, string>>, modules = sampleModules()): PackageLoader {
  return new PackageLoader({ nameOf: (path) => path.replace(/^\/p\//, ""), modules, files: memoryFiles(texts) });
}

/** The package of one file, `/p/t.ami`. */
export function samplePackage(text: string, modules?: WorkerModules): AmiPackage {
  return sampleLoader({ "/p/t.ami": text }, modules).load("/p/t.ami");
}

/** Its findings in short: `E_X 2:23`, with the help behind if there is one. */
export function sampleFindings(text: string, modules?: WorkerModules): readonly string[] {
  return shortFindings(samplePackage(text, modules));
}

export function shortFindings({ findings }: AmiPackage): readonly string[] {
  return findings.map(({ code, file, pos, data }) => {
    const place = `${file === "t.ami" ? "" : `${file}:`}${pos?.line}:${pos?.column}`;
    const help = data?.help === undefined ? "" : ` help ${data.help}`;
    return `${code} ${place}${help}`;
  });
}
