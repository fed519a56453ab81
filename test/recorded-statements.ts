import pg from "pg";

/** The texts of all statements that this process sends to PostgreSQL while work runs: for counting round trips. */
export async function recordStatements(work: () => Promise<unknown>): Promise<string[]> {
  const texts: string[] = [];
  const original = Object.getOwnPropertyDescriptor(pg.Client.prototype, "query");
  if (original === undefined) throw new Error("pg's client has no query of its own");
  const send = original.value as (this: pg.Client, ...args: unknown[]) => unknown;
  Object.defineProperty(pg.Client.prototype, "query", {
    ...original,
    value(this: pg.Client, ...args: unknown[]) {
      const [statement] = args;
      texts.push(typeof statement === "string" ? statement : (statement as pg.QueryConfig).text);
      return send.apply(this, args);
    },
  });
  try {
    await work();
  } finally {
    Object.defineProperty(pg.Client.prototype, "query", original);
  }
  return texts;
}
