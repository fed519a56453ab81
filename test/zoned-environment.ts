import { zoneOf } from "./test-zones.ts";

/** The part of jest's contexts that is read here. */
interface EnvironmentConfig {
  readonly projectConfig: { readonly testEnvironmentOptions: Readonly<Record<string, unknown>> };
}

/**
 * Node itself, in the zone of the test file, or in the one that whoever ran the tests has given by TZ (jest.config.ts).
 * What a file changes of the process is put back after it.
 */
export default class ZonedEnvironment {
  readonly global = globalThis;
  readonly fakeTimers = null;
  readonly fakeTimersModern = null;
  readonly #env: NodeJS.ProcessEnv;
  readonly #console = console;
  readonly #exit = Object.getOwnPropertyDescriptor(process, "exit");
  readonly #stackTraces = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");

  constructor({ projectConfig }: EnvironmentConfig, { testPath }: { readonly testPath: string }) {
    this.#env = { ...process.env };
    const { zone } = projectConfig.testEnvironmentOptions;
    process.env["TZ"] = typeof zone === "string" ? zone : zoneOf(testPath); // Node forgets the zone that it had
  }

  exportConditions(): string[] {
    return ["node", "node-addons"];
  }

  getVmContext(): null {
    return null; // there is one world only: test/native-runtime.ts
  }

  setup(): Promise<void> {
    // jest's runner has replaced what shows TypeScript's lines.
    Object.defineProperty(Error, "prepareStackTrace", this.#stackTraces ?? { value: undefined, configurable: true });
    return Promise.resolve();
  }

  teardown(): Promise<void> {
    for (const name of Object.keys(process.env)) if (!(name in this.#env)) delete process.env[name];
    Object.assign(process.env, this.#env);
    globalThis.console = this.#console;
    if (this.#exit !== undefined) Object.defineProperty(process, "exit", this.#exit);
    return Promise.resolve();
  }
}
