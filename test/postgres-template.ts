import { rm } from "node:fs/promises";
import { join } from "node:path";
import { tsImport } from "tsx/esm/api";
import type * as EmbeddedPostgres from "../server/db/embedded-postgres.ts";
import type * as Migrate from "../server/db/migrate.ts";
import { runFolder } from "./run-folder.ts";

export interface PostgresTemplate {
  ownerUrl: string;
  appUrl: string;
  stop(): Promise<void>;
}

// jest loads this file without its transform, and Node alone can't run all of the product's TypeScript.
const load = (file: string): Promise<unknown> => tsImport(file, import.meta.url);

// The data live for minutes: nothing has to survive a crash of the machine.
const settings = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_connections: "300",
};

/** One PostgreSQL for the run, with one migrated database that the tests copy. */
export async function startPostgresTemplate(): Promise<PostgresTemplate> {
  // Not at the top of the file: jest can't load a module that waits there.
  const { startEmbeddedPostgres } = (await load("../server/db/embedded-postgres.ts")) as typeof EmbeddedPostgres;
  const { migrate } = (await load("../server/db/migrate.ts")) as typeof Migrate;
  const dataDirectory = join(runFolder(), "postgres");
  const lines: string[] = [];
  try {
    const server = await startEmbeddedPostgres({ dataDirectory, settings, log: (line) => lines.push(line) });
    const { ownerUrl, appUrl } = server;
    const stop = async (): Promise<void> => {
      await server.stop();
      await rm(dataDirectory, { recursive: true, force: true });
    };
    try {
      await migrate(ownerUrl, { appUrl });
    } catch (error) {
      await stop();
      throw error;
    }
    return { ownerUrl, appUrl, stop };
  } catch (error) {
    await rm(dataDirectory, { recursive: true, force: true });
    const said = lines.slice(-20).join("\n");
    throw new Error(`PostgreSQL for the tests isn't ready: ${String(error)}\nIt said: ${said}`, { cause: error });
  }
}
