/** A mail as it goes out. */
export interface OutgoingMail {
  /** Of the mail's row: what the adapter knows it by. */
  readonly id: string;
  readonly kind: string;
  readonly dueAt: Date;
  /** Without its angle brackets; the same in each attempt. */
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  /** RFC 5322, with all headers. */
  readonly raw: Buffer;
}

/**
 * What came of handing a mail over.
 * ACCEPTED: somebody else answers for it now. LATER: certainly not accepted, and worth another attempt. REFUSED: certainly
 * not accepted, and never will be. UNKNOWN: it was handed over and no answer came, so it may have been accepted.
 */
export type MailVerdict =
  { readonly outcome: "ACCEPTED" } | { readonly outcome: "LATER" | "REFUSED" | "UNKNOWN"; readonly reason: string };

/** Where mail goes. It never throws for what a mail server or a disk does. */
export interface MailTransport {
  send(mail: OutgoingMail): Promise<MailVerdict>;
  close(): Promise<void>;
}
