import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export interface ServerProcess extends AsyncDisposable {
  readonly port: number;
  /** CPU time that the process has used so far, in microseconds. */
  cpu(): Promise<number>;
  /** Statements that it has sent to PostgreSQL so far. */
  statements(): Promise<number>;
}

/** Messages of a server's process to the benchmark. */
export type Report =
  { readonly port: number } | { readonly cpu: number } | { readonly statements: number } | { readonly error: string };

/** One of the servers of serve.ts in a process of its own, which ends with this one. */
export async function startServer(name: string, env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const child = fork(fileURLToPath(new URL("./serve.js", import.meta.url)), [name], {
    env: { ...process.env, ...env, NODE_ENV: "production" },
  });
  const { port } = await report<{ port: number }>(child);
  return {
    port,
    cpu: async () => (await request<{ cpu: number }>(child, "cpu")).cpu,
    statements: async () => (await request<{ statements: number }>(child, "statements")).statements,
    async [Symbol.asyncDispose]() {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

function request<T>(child: ChildProcess, what: "cpu" | "statements"): Promise<T> {
  child.send(what);
  return report<T>(child);
}

async function report<T>(child: ChildProcess): Promise<T> {
  const settled = new AbortController();
  const { signal } = settled;
  const ended = once(child, "exit", { signal }).then(([code]) => {
    throw new Error(`the server's process ended with ${String(code)}`);
  });
  ended.catch(() => undefined); // also rejects when it is no longer waited for
  try {
    const [message] = (await Promise.race([once(child, "message", { signal }), ended])) as [Report];
    if ("error" in message) throw new Error(message.error);
    return message as T;
  } finally {
    settled.abort();
  }
}
