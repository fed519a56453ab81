import { link, mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { MailTransport, MailVerdict, OutgoingMail } from "../../mail/mail-transport.port.ts";

/** Writes each mail into a file that mail programs open (RFC 5322, `.eml`): what an installation without a mail server does. */
export class FileMail implements MailTransport {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The name depends on the mail only, so a file that is there is this mail, whole: it was written before. */
  async send(mail: OutgoingMail): Promise<MailVerdict> {
    const path = join(this.#folder, fileName(mail));
    const unfinished = `${path}.${process.pid}.part`;
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      const file = await open(unfinished, "w", 0o600);
      try {
        await file.writeFile(mail.raw);
        await file.sync();
      } finally {
        await file.close();
      }
      await link(unfinished, path).catch((error: unknown) => {
        if (codeOf(error) !== "EEXIST") throw error;
      });
      return { outcome: "ACCEPTED" };
    } catch (error) {
      return { outcome: "LATER", reason: `The mail folder can't be written to (${codeOf(error)}).` };
    } finally {
      await rm(unfinished, { force: true });
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "no code";
}

/** Sorted by when they were due: `2026-11-21T10-00-00Z-welcome-01k….eml`. */
export function fileName({ dueAt, kind, id }: Pick<OutgoingMail, "dueAt" | "kind" | "id">): string {
  const instant = dueAt
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(":", "-");
  return `${instant}-${kind.toLowerCase().replaceAll("_", "-")}-${id}.eml`;
}
