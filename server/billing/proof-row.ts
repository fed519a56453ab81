import type { PaymentProof, PaymentProofFormat } from "../../schema/payment-proof.ts";
import type { Session } from "../db/session.ts";
import { toId } from "../operations/ids.ts";
import type { StoredPrincipal } from "../operations/standing-principal.ts";
import { proofFormats } from "./proof-format.ts";

/** A row of payment_proof whose file has come, without its bytes. */
export interface ProofRow {
  readonly id: string;
  readonly payment_id: string;
  readonly media_type: string;
  readonly size: number;
  readonly sha256: Buffer;
  readonly attached_at: Date;
}

/** One whose file may still come. */
export interface AwaitedProof {
  readonly id: string;
  readonly payment_id: string;
  readonly creator: StoredPrincipal;
  readonly has_come: boolean;
}

export interface ProofFile {
  readonly media_type: string;
  readonly content: Buffer;
}

const columns = "f.id, f.payment_id, f.media_type, f.size, f.sha256, f.attached_at";

export function toProof(row: ProofRow): PaymentProof {
  return {
    __typename: "PaymentProof",
    id: toId("PaymentProof", row.id),
    uuid: row.id,
    paymentId: toId("Payment", row.payment_id),
    format: formatOf(row.media_type),
    sizeBytes: row.size,
    sha256: row.sha256.toString("hex"),
    attachedAt: row.attached_at,
  };
}

export function formatOf(mediaType: string): PaymentProofFormat {
  for (const format of ["PDF", "PNG", "JPEG"] as const) if (proofFormats[format].mediaType === mediaType) return format;
  throw new Error(`no proof is ${mediaType}`);
}

export function findProofs(session: Session, ids: readonly string[]): Promise<ProofRow[]> {
  return session.query<ProofRow>({
    name: "billing-proofs",
    text: `SELECT ${columns} FROM payment_proof f WHERE f.tenant_id = $1 AND f.id = ANY ($2) AND f.attached_at IS NOT NULL`,
    values: [session.tenantId, ids],
  });
}

export function proofsOf(session: Session, paymentIds: readonly string[]): Promise<ProofRow[]> {
  return session.query<ProofRow>({
    name: "billing-proofs-of",
    text: `SELECT ${columns} FROM payment_proof f
           WHERE f.tenant_id = $1 AND f.payment_id = ANY ($2) AND f.attached_at IS NOT NULL ORDER BY f.id`,
    values: [session.tenantId, paymentIds],
  });
}

/** Forgets links that nobody used, and counts what is left of a payment. */
export async function countProofs(session: Session, paymentId: string, at: Date): Promise<number> {
  await session.query({
    name: "billing-forget-proofs",
    text: "DELETE FROM payment_proof WHERE tenant_id = $1 AND payment_id = $2 AND attached_at IS NULL AND upload_until <= $3",
    values: [session.tenantId, paymentId, at],
  });
  const [row] = await session.query<{ count: number }>({
    name: "billing-count-proofs",
    text: "SELECT count(*)::int AS count FROM payment_proof WHERE tenant_id = $1 AND payment_id = $2",
    values: [session.tenantId, paymentId],
  });
  return row?.count ?? 0;
}

export async function awaitProof(
  session: Session,
  proof: { readonly id: string; readonly paymentId: string; readonly creator: StoredPrincipal; readonly until: Date },
): Promise<void> {
  await session.query({
    name: "billing-await-proof",
    text: "INSERT INTO payment_proof (tenant_id, id, payment_id, creator, upload_until) VALUES ($1, $2, $3, $4, $5)",
    values: [session.tenantId, proof.id, proof.paymentId, JSON.stringify(proof.creator), proof.until],
  });
}

export async function findAwaitedProof(session: Session, id: string): Promise<AwaitedProof | undefined> {
  const [row] = await session.query<AwaitedProof>({
    name: "billing-awaited-proof",
    text: `SELECT id, payment_id, creator, attached_at IS NOT NULL AS has_come FROM payment_proof WHERE tenant_id = $1 AND id = $2`,
    values: [session.tenantId, id],
  });
  return row;
}

/** Undefined when another upload was faster. */
export async function storeProof(
  session: Session,
  id: string,
  { media_type: mediaType, content }: ProofFile,
  at: Date,
): Promise<ProofRow | undefined> {
  const [row] = await session.query<ProofRow>({
    name: "billing-store-proof",
    text: `UPDATE payment_proof f SET media_type = $3, content = $4::bytea, size = octet_length($4::bytea), sha256 = sha256($4::bytea), attached_at = $5
           WHERE f.tenant_id = $1 AND f.id = $2 AND f.attached_at IS NULL RETURNING ${columns}`,
    values: [session.tenantId, id, mediaType, content, at],
  });
  return row;
}

export async function readProof(session: Session, id: string): Promise<ProofFile | undefined> {
  const [row] = await session.query<ProofFile>({
    name: "billing-read-proof",
    text: "SELECT media_type, content FROM payment_proof WHERE tenant_id = $1 AND id = $2 AND attached_at IS NOT NULL",
    values: [session.tenantId, id],
  });
  return row;
}

/** A client is forgotten: the files name him. */
export async function forgetProofs(session: Session, clientId: string): Promise<void> {
  await session.query({
    name: "billing-forget-proofs-of-client",
    text: `DELETE FROM payment_proof f USING payment p
           WHERE f.tenant_id = $1 AND p.tenant_id = f.tenant_id AND p.id = f.payment_id AND p.client_id = $2`,
    values: [session.tenantId, clientId],
  });
}
