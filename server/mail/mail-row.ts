import type { MailKind } from "./mail-kinds.ts";
import type { MailAttachment } from "./mail-outbox.ts";

/** A mail that this process has claimed, and how its tenant's mail looks. */
export interface ClaimedMail {
  readonly id: string;
  readonly kind: MailKind;
  readonly cause: string;
  readonly recipient: string;
  readonly recipient_name: string | null;
  readonly locale: string;
  readonly time_zone: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly attachments: readonly MailAttachment[];
  readonly due_at: Date;
  /** Including this one. */
  readonly attempts: number;
  readonly message_id: string;
  readonly tenant_name: string;
  readonly sender_name: string | null;
  readonly sender_address: string | null;
  readonly reply_to: string | null;
  readonly color: string | null;
  readonly logo_url: string | null;
}
