import { expect, it } from "@jest/globals";
import pg from "pg";
import { createTestDatabase } from "../../test/database.ts";
import { sendTogether } from "./send-together.ts";

it("sends statements of one go in one write, and answers each", async () => {
  await using database = await createTestDatabase();
  const client = new pg.Client({ connectionString: database.appUrl, pipeline: true } as pg.ClientConfig);
  await client.connect();
  const { stream } = (client as unknown as { connection: { stream: NodeJS.WritableStream & { _writev?: unknown } } })
    .connection;
  let writes = 0;
  const count = (name: "_write" | "_writev") => {
    const original = (stream as unknown as Record<string, (...args: unknown[]) => unknown>)[name];
    Object.defineProperty(stream, name, {
      value: (...args: unknown[]) => {
        writes += 1;
        return original?.apply(stream, args);
      },
    });
  };
  count("_write");
  count("_writev");
  const answers = await Promise.all(
    ["1", "2", "3"].map((number) => {
      sendTogether(client);
      return client.query<{ n: number }>(`SELECT ${number} AS n`);
    }),
  );
  expect(answers.map(({ rows }) => rows[0]?.n)).toEqual([1, 2, 3]);
  expect(writes).toBe(1);
  await client.end();
});
