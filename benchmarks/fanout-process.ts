import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A process of the benchmark, which ends with this one. */
export class Peer<Question extends object, Answer> implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly port: number;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  static async start<Question extends object, Answer>(
    file: string,
    args: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Peer<Question, Answer>> {
    const child = fork(fileURLToPath(new URL(file, import.meta.url)), [...args], {
      env: { ...process.env, ...env, NODE_ENV: "production" },
      execArgv: ["--expose-gc"],
    });
    const { port } = (await answerOf(child)) as { port: number };
    return new Peer(child, port);
  }

  ask(question: Question): Promise<Answer> {
    this.#child.send(question);
    return answerOf(this.#child) as Promise<Answer>;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.disconnect();
    await ended;
  }
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const given = new AbortController();
  const ended = once(child, "exit", { signal: given.signal }).then(([code]) => {
    throw new Error(`a process of the benchmark ended with ${String(code)}`);
  });
  ended.catch(() => undefined);
  try {
    const [message] = (await Promise.race([once(child, "message"), ended])) as [unknown];
    return message;
  } finally {
    given.abort();
  }
}
