import { createRequire, registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

// What jest's runner calls a runtime: it loads test files. jest's own gives each file a world of its own, in which all modules
// are read, compiled and run anew: three seconds of CPU for each file of ours, and code that is never hot. This one imports
// natively, so a worker loads the server once; what tests share then is what two servers in one process share as well.
// jest's own circus still runs the tests, and TypeScript is compiled by tsx.

const globalsKey = Symbol.for("nexora.jest-globals");
const timeoutKey = Symbol.for("TEST_TIMEOUT_SYMBOL");
const retriesKey = Symbol.for("RETRY_TIMES");
const logBeforeRetryKey = Symbol.for("LOG_ERRORS_BEFORE_RETRY");
/** What circus keeps on the global object, for one file. */
const circusKeys = [
  timeoutKey,
  retriesKey,
  logBeforeRetryKey,
  Symbol.for("RETRY_TIMES_SETTER"),
  Symbol.for("EVENT_HANDLERS"),
];
const world = globalThis as unknown as Record<symbol, unknown>;
const require = createRequire(import.meta.url);

/** The part of `jest` that our tests use. */
const jest = {
  setTimeout(milliseconds: number): void {
    world[timeoutKey] = milliseconds;
  },
  retryTimes(times: number, { logErrorsBeforeRetry = false } = {}): void {
    world[retriesKey] = times;
    world[logBeforeRetryKey] = logErrorsBeforeRetry;
  },
};

// Circus is new for each file, and so is what a file imports from @jest/globals.
registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== "@jest/globals") return next(specifier, context);
    return { url: `jest-globals:${context.parentURL ?? ""}`, format: "module", shortCircuit: true };
  },
  load(url, context, next) {
    if (!url.startsWith("jest-globals:")) return next(url, context);
    const names = "afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test";
    const source = `export const { ${names} } = globalThis[Symbol.for("nexora.jest-globals")];`;
    return { format: "module", source, shortCircuit: true };
  },
});

let files = 0;

/** As much of jest-runtime's interface as jest-runner and jest-circus call for files that are ES modules. */
export default class NativeRuntime {
  constructor() {
    files += 1;
  }

  /** Circus itself, which has its state in its module: a new one. */
  requireInternalModule(path: string): unknown {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
    delete require.cache[path];
    return require(path);
  }

  requireModule(path: string): unknown {
    return require(path);
  }

  setGlobalsForRuntime(globals: object): void {
    world[globalsKey] = { ...globals, jest };
  }

  unstable_shouldLoadAsEsm(): boolean {
    return true;
  }

  /** A file that each test file has to run, setupFilesAfterEnv, is run again. */
  async unstable_importModule(path: string): Promise<unknown> {
    return await import(`${pathToFileURL(path).href}?file=${files}`);
  }

  getSourceMaps(): Map<string, string> {
    return new Map(); // Node knows tsx's
  }

  getAllCoverageInfoCopy(): undefined {
    return undefined;
  }

  enterTestCode(): void {
    // only for jest's own check of code that runs between tests
  }

  leaveTestCode(): void {
    // see enterTestCode
  }

  teardown(): void {
    for (const key of circusKeys) delete world[key];
    delete world[globalsKey];
  }
}
