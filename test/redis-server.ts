import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./free-port.ts";

const startTimeoutMs = 10_000;

export interface RedisServer extends AsyncDisposable {
  url: string;
  port: number;
  pid: number;
  /** SIGTERM is a tidy end; SIGKILL is what a test of lost hints wants. */
  stop(signal?: "SIGTERM" | "SIGKILL"): Promise<void>;
}

/** A real redis-server that keeps nothing. With `port` it comes back where a stopped one was. */
export async function startRedisServer(options: { port?: number; pidFile?: string } = {}): Promise<RedisServer> {
  const port = options.port ?? (await freePort());
  const pidFile = options.pidFile === undefined ? [] : ["--pidfile", options.pidFile];
  const server = spawn(
    "redis-server",
    [
      "--port",
      String(port),
      "--bind",
      "127.0.0.1",
      "--save",
      "",
      "--appendonly",
      "no",
      "--loglevel",
      "warning",
      ...pidFile,
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let output = "";
  server.stdout.on("data", (text: Buffer) => (output += text.toString()));
  server.stderr.on("data", (text: Buffer) => (output += text.toString()));
  const failure = new Promise<never>((_, reject) => server.once("error", reject)); // no such program
  failure.catch(() => undefined); // after the start nobody waits for it any more
  await Promise.race([failure, untilItAnswers(server, port, () => output)]);
  if (server.pid === undefined) throw new Error("redis-server has no process id");

  const stop = async (signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill(signal);
    await once(server, "exit");
  };
  const url = `redis://127.0.0.1:${port}`;
  return { url, port, pid: server.pid, stop, [Symbol.asyncDispose]: () => stop() };
}

async function untilItAnswers(server: ChildProcess, port: number, output: () => string): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`redis-server ended at once: ${output().trim()}`);
    if (await answersPing(port)) return;
    await sleep(20);
  }
  server.kill("SIGKILL");
  throw new Error(`redis-server didn't answer within ${startTimeoutMs} ms: ${output().trim()}`);
}

async function answersPing(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    socket.write("PING\r\n");
    const [answer] = (await once(socket, "data")) as [Buffer];
    return answer.toString().startsWith("+PONG");
  } catch {
    return false; // not listening yet
  } finally {
    socket.destroy();
  }
}
