// For contributors' tests, and exported from the package as `plumb/testutil`. Only tests import it.
export { tempDir } from "./temp_dir.ts";
