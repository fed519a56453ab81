import { sleep } from "./retry.ts";

const maxFailures = 5;
const pauseMs = 500;

/** The lines of a file that is fetched by links. Where a connection breaks, a new link and a Range take it up. */
export async function* readJsonLines<Line>(
  link: () => Promise<string>,
  send: typeof fetch = fetch,
): AsyncGenerator<Line, undefined, undefined> {
  const decoder = new TextDecoder();
  let received = 0;
  let etag: string | null = null;
  let rest = "";
  for (let failures = 0; ;) {
    const address = await link();
    try {
      const headers: Record<string, string> = etag === null ? {} : { range: `bytes=${received}-`, "if-range": etag };
      const response = await send(address, { headers });
      if (response.status === 416) break; // it had arrived to the end
      if (!response.ok || (etag !== null && response.status !== 206)) throw new Refused(response.status);
      etag = response.headers.get("etag");
      for await (const piece of piecesOf(response)) {
        received += piece.length;
        failures = 0;
        const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) yield JSON.parse(line) as Line;
      }
      break;
    } catch (error) {
      failures += 1;
      if (error instanceof SyntaxError || (error instanceof Refused && error.status < 500)) throw error;
      if (failures >= maxFailures) throw error;
      await sleep(pauseMs * failures);
    }
  }
  return undefined;
}

class Refused extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`The file can't be fetched: HTTP ${status}.`);
    this.status = status;
  }
}

async function* piecesOf(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}
