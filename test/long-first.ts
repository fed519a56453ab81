import { statSync } from "node:fs";

/** The files that take a minute or more, the longest first: begun last, they would run while the other workers have nothing to do. */
const long = [
  "test/start.test.ts",
  "test/torture/torture.test.ts",
  "test/fuzz/fuzz.test.ts",
  "test/isolation.test.ts",
  "test/ledger-crash.test.ts",
  "test/ledger/ledger.test.ts",
  "test/bulk-crash.test.ts",
];

/** A test file, as far as its place in a run needs it. */
interface TestFile {
  readonly path: string;
}

/** In which order jest runs test files: the long ones, then by size. jest's own order needs the durations of an earlier run. */
export default class LongFirst {
  sort<File extends TestFile>(files: readonly File[]): File[] {
    const place = ({ path }: TestFile) => {
      const found = long.findIndex((name) => path.replaceAll("\\", "/").endsWith(`/${name}`));
      return found === -1 ? long.length : found;
    };
    const size = ({ path }: TestFile) => statSync(path).size;
    return files.toSorted((a, b) => place(a) - place(b) || size(b) - size(a));
  }

  cacheResults(): void {
    // The order depends on no earlier run.
  }
}
