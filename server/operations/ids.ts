import { fromString, getType, toUUID } from "typeid-js";
import { encodeUuid } from "./encode-uuid.ts";

/** Prefix of each type's public ids. */
export const idPrefixes = {
  Tenant: "tenant",
  Member: "member",
  Invitation: "invitation",
  ApiKey: "key",
  Lead: "lead",
  LeadNote: "note",
  LeadImport: "import",
  Link: "link",
  DocumentManifest: "manifest",
  FreeTextDocument: "freetext",
  DeprecatedFieldUsage: "usage",
  BulkOperation: "bulk",
  JournalEntry: "entry",
  Checkpoint: "checkpoint",
  Mail: "mail",
  MailBranding: "branding",
  Job: "job",
  WebhookEndpoint: "webhook",
  WebhookDelivery: "delivery",
  WebhookAttempt: "attempt",
  Client: "client",
  Learner: "learner",
  Coach: "coach",
  CoachNote: "coachnote",
  LearnerProgress: "progress",
  SessionType: "sessiontype",
  Room: "room",
  Availability: "availability",
  AvailabilityOverride: "override",
  TimeOff: "timeoff",
  Session: "session",
  Booking: "booking",
  SessionSeries: "series",
  WaitingListEntry: "waiting",
  CreditAccount: "credits",
  CreditTransaction: "move",
  CreditEntry: "creditentry",
  CreditLot: "lot",
  CreditHold: "hold",
  CreditAdjustment: "adjustment",
  Plan: "plan",
  Pack: "pack",
  PlanSubscription: "subscription",
  Invoice: "invoice",
  Payment: "payment",
  PaymentReceipt: "receipt",
  PaymentRefund: "refund",
  PaymentProof: "proof",
  Experiment: "experiment",
} as const;

export type IdType = keyof typeof idPrefixes;

const typeByPrefix = new Map(Object.entries(idPrefixes).map(([type, prefix]) => [prefix as string, type as IdType]));

/** The public id of a row: `lead_01k…` (https://github.com/jetify-com/typeid). */
export function toId(type: IdType, uuid: string): string {
  return `${idPrefixes[type]}_${encodeUuid(uuid)}`;
}

/** The uuid in a public id of this type; null when it is malformed or another type's. */
export function toUuid(type: IdType, id: string): string | null {
  const parsed = parseId(id);
  return parsed?.type === type ? parsed.uuid : null;
}

/** Type and uuid of a public id; null when it is malformed or no type of ours. */
export function parseId(id: string): { type: IdType; uuid: string } | null {
  try {
    const typeId = fromString(id);
    const type = typeByPrefix.get(getType(typeId));
    return type === undefined ? null : { type, uuid: toUUID(typeId) };
  } catch {
    return null; // the package has no other way to say "malformed"
  }
}

/** The type that a stored subject type names. */
export function parseSubjectType(subjectType: string): IdType {
  if (!(subjectType in idPrefixes)) throw new Error(`no type ${subjectType}`);
  return subjectType as IdType;
}
