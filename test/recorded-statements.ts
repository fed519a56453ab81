import pg from "pg";

/** The texts of all statements that this process sends to PostgreSQL while work runs: for counting round trips. */
export async function recordStatements(work: () => Promise<unknown>): Promise<string[]> {
  const texts: string[] = [];
  const stop = observeStatements((text) => texts.push(text));
  try {
    await work();
  } finally {
    stop();
  }
  return texts;
}

/** Shows the text and the values of each statement that this process sends. Returns how to stop that. */
export function observeStatements(onStatement: (text: string, values: readonly unknown[]) => void): () => void {
  const original = Object.getOwnPropertyDescriptor(pg.Client.prototype, "query");
  if (original === undefined) throw new Error("pg's client has no query of its own");
  const send = original.value as (this: pg.Client, ...args: unknown[]) => unknown;
  Object.defineProperty(pg.Client.prototype, "query", {
    ...original,
    value(this: pg.Client, ...args: unknown[]) {
      const [statement, values] = args;
      if (typeof statement === "string") onStatement(statement, Array.isArray(values) ? values : []);
      else onStatement((statement as pg.QueryConfig).text, (statement as pg.QueryConfig).values ?? []);
      return send.apply(this, args);
    },
  });
  return () => Object.defineProperty(pg.Client.prototype, "query", original);
}
