import { LRUCache } from "lru-cache";
import type { Database } from "../db/database.ts";
import { hashOfId } from "../operations/document-id.ts";
import type { Principal } from "../operations/principal.ts";
import type { TrustedDocuments } from "../operations/trusted-documents.port.ts";
import type { FreeTextLog } from "./free-text-log.ts";

interface Remembered {
  readonly text: string | undefined;
}

// Other processes learn of an upload or a deletion by asking again.
const knownForMs = 10_000;
const unknownForMs = 1_000;
// Tenants choose the texts, strangers the ids.
const maxCharacters = 8_000_000;

/** The trusted documents of all tenants and those of the SDK, which everybody may use. */
export class DocumentStore implements TrustedDocuments {
  readonly #database: Database;
  readonly #builtIn: ReadonlyMap<string, string>;
  readonly #freeTexts: FreeTextLog;
  readonly #remembered = new LRUCache<string, Remembered>({
    max: 20_000,
    maxSize: maxCharacters,
    sizeCalculation: ({ text = "" }) => text.length + 100,
  });

  constructor(database: Database, builtIn: ReadonlyMap<string, string>, freeTexts: FreeTextLog) {
    this.#database = database;
    this.#builtIn = builtIn;
    this.#freeTexts = freeTexts;
  }

  textOf(principal: Principal, documentId: string): string | undefined | Promise<string | undefined> {
    const builtIn = this.#builtIn.get(documentId);
    if (builtIn !== undefined || principal.kind === "ANONYMOUS") return builtIn;
    const { tenantId } = principal;
    const remembered = this.#remembered.get(`${tenantId}/${documentId}`);
    return remembered === undefined ? this.#read(tenantId, documentId) : remembered.text;
  }

  countFreeText(principal: Principal, documentId: string, text: string): void {
    if (principal.kind === "API_KEY" || principal.kind === "PUBLISHABLE_KEY") {
      this.#freeTexts.count({ tenantId: principal.tenantId, keyId: principal.keyId, documentId, text });
    }
  }

  /** Called by whoever changed a tenant's manifests in this process, after the commit. */
  forget(tenantId: string): void {
    for (const key of this.#remembered.keys()) if (key.startsWith(`${tenantId}/`)) this.#remembered.delete(key);
  }

  async #read(tenantId: string, documentId: string): Promise<string | undefined> {
    const [row] = await this.#database.read(tenantId, (session) =>
      session.query<{ text: string }>({
        name: "trusted-document",
        text: "SELECT text FROM trusted_document WHERE tenant_id = $1 AND hash = $2 LIMIT 1",
        values: [tenantId, hashOfId(documentId)],
      }),
    );
    const text = row?.text;
    const ttl = text === undefined ? unknownForMs : knownForMs;
    this.#remembered.set(`${tenantId}/${documentId}`, { text }, { ttl });
    return text;
  }
}
