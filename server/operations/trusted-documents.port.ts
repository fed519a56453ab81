import type { Principal } from "./principal.ts";

/** Documents that clients name by their id. Ids are `sha256:` and 64 lower-case hexadecimal digits. */
export interface TrustedDocuments {
  /** The text that the caller's tenant, or the SDK, has under this id. */
  textOf(principal: Principal, documentId: string): string | undefined | Promise<string | undefined>;
  /** Counts that a key which should prefer trusted documents has sent another one. */
  countFreeText(principal: Principal, documentId: string, text: string): void;
}
