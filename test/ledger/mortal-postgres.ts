import { chmod, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../server/db/embedded-postgres.ts";
import { runFolder } from "../run-folder.ts";

// Commits are written, though not to the disk itself: processes are killed, not the machine.
const settings = { fsync: "off" };

/** A PostgreSQL of a test's own that is killed and comes back with its data, where it was. */
export class MortalPostgres implements AsyncDisposable {
  readonly #folder: string;
  #server: EmbeddedPostgres;

  private constructor(folder: string, server: EmbeddedPostgres) {
    this.#folder = folder;
    this.#server = server;
  }

  static async start(): Promise<MortalPostgres> {
    const folder = await mkdtemp(join(runFolder(), "mortal-"));
    await chmod(folder, 0o711); // as root PostgreSQL runs as another user, who has to get to its data
    return new MortalPostgres(folder, await launch(folder));
  }

  get ownerUrl(): string {
    return this.#server.ownerUrl;
  }

  get appUrl(): string {
    return this.#server.appUrl;
  }

  /** `kill -9` of the postmaster and of all its processes, whatever they are doing. */
  async kill(): Promise<void> {
    const client = new pg.Client({ connectionString: this.ownerUrl });
    client.on("error", () => undefined); // it is killed, too
    await client.connect();
    const { rows } = await client.query<{ pid: number }>("SELECT pid FROM pg_stat_activity");
    for (const pid of [this.#server.pid, ...rows.map((row) => row.pid)]) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // it has ended meanwhile
      }
    }
    await this.#server.exited;
    await client.end().catch(() => undefined);
  }

  async restart(): Promise<void> {
    const { port } = this.#server;
    await this.#server.stop(); // lets go of its folder
    this.#server = await launch(this.#folder);
    if (this.#server.port !== port) throw new Error("somebody has taken the port of a killed PostgreSQL");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function launch(dataDirectory: string): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDirectory, settings, log: () => undefined });
}
