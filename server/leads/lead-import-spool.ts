import { randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, unlink } from "node:fs/promises";
import { join } from "node:path";

const blockBytes = 256 * 1024;

/**
 * A list that is too long for memory, in a file that has no name any more: whatever happens to the process, the file is
 * gone with it, so nobody's data stays behind. First all is added, then all is read, in order.
 */
export class Spool<Item> implements AsyncDisposable {
  readonly #file: FileHandle;
  #lines: string[] = [];
  #length = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async create<Item>(folder: string): Promise<Spool<Item>> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `spool-${randomUUID()}`);
    const file = await open(path, "wx+", 0o600);
    await unlink(path);
    return new Spool<Item>(file);
  }

  /** Resolves at once most of the time; wait for it, or memory fills where the disk is slow. */
  async add(item: Item): Promise<void> {
    const line = JSON.stringify(item);
    this.#lines.push(line);
    this.#length += line.length;
    if (this.#length >= blockBytes) await this.#flush();
  }

  /** The items in batches. */
  async *batches(size: number): AsyncGenerator<Item[]> {
    await this.#flush();
    let batch: Item[] = [];
    for await (const line of this.#file.readLines({ encoding: "utf8", start: 0, autoClose: false })) {
      batch.push(JSON.parse(line) as Item); // written by add()
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    const text = this.#lines.map((line) => `${line}\n`).join("");
    this.#lines = [];
    this.#length = 0;
    if (text !== "") await this.#file.appendFile(text);
  }
}
