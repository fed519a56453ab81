import pg from "pg";

/** The texts of all statements that this process sends to PostgreSQL while work runs: for counting round trips. */
export async function recordStatements(work: () => Promise<unknown>): Promise<string[]> {
  const texts: string[] = [];
  const original = Object.getOwnPropertyDescriptor(pg.Client.prototype, "query");
  const send = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  pg.Client.prototype.query = function record(this: pg.Client, ...args: unknown[]) {
    const [statement] = args;
    texts.push(typeof statement === "string" ? statement : (statement as pg.QueryConfig).text);
    return send.apply(this, args);
  } as pg.Client["query"];
  try {
    await work();
  } finally {
    if (original !== undefined) Object.defineProperty(pg.Client.prototype, "query", original);
  }
  return texts;
}
