import DataLoader from "dataloader";
import type {
  AttachPaymentProofInput,
  AttachPaymentProofPayload,
  PaymentProof,
  PaymentProofFormat,
} from "../../schema/payment-proof.ts";
import type { Payment } from "../../schema/payment.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import type { JournalService } from "../journal/journal.service.ts";
import { isAllowed } from "../operations/authorize.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toId, toUuid } from "../operations/ids.ts";
import { actorOf } from "../operations/principal.ts";
import type { SignedLinks } from "../operations/signed-link.ts";
import {
  linkLifetimeMs,
  principalIdOf,
  standingPrincipal,
  type StandingRights,
  storePrincipal,
} from "../operations/standing-principal.ts";
import { newUuid } from "../operations/uuid.ts";
import type { BillingParts } from "./billing-parts.ts";
import { lockPayment } from "./locked-payment.ts";
import type { PaymentsService } from "./payments.service.ts";
import { proofFormats, sniffProof } from "./proof-format.ts";
import {
  awaitProof,
  countProofs,
  findAwaitedProof,
  findProofs,
  formatOf,
  proofsOf,
  readProof,
  storeProof,
  toProof,
} from "./proof-row.ts";

export interface PaymentProofsOptions extends BillingParts {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly payments: PaymentsService;
  readonly rights: StandingRights;
  readonly clock: Clock;
  readonly uploadLinks: SignedLinks;
  readonly downloadLinks: SignedLinks;
  /** The server's address, known when it listens. */
  readonly url: () => string;
}

/** Why a file isn't taken or handed out. */
export type ProofRefusal = "UNKNOWN_LINK" | "EXPIRED_LINK" | "ALREADY_SENT" | "NOT_ALLOWED" | "FORMAT_UNKNOWN";

export interface ProofDownload {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: Buffer;
}

const mostProofs = 10;

/** Files that show that somebody has paid: clients attach them, the team looks at them. */
export class PaymentProofsService {
  readonly #options: PaymentProofsOptions;

  constructor(options: PaymentProofsOptions) {
    this.#options = options;
  }

  async attachPaymentProof(
    context: Context,
    { paymentId }: AttachPaymentProofInput,
  ): Promise<AttachPaymentProofPayload> {
    const scope = authorizedScope(context, "billing:buy");
    const { journal, cursors, uploadLinks, url } = this.#options;
    const { tenantId, principal } = scope;
    const until = new Date(context.now.getTime() + linkLifetimeMs);
    const { result, position } = await journal.mutate(scope, async (tx) => {
      const payment = await lockPayment(tx, this.#options, principal, toUuid("Payment", paymentId));
      const refuse = (code: "NOT_FOUND" | "TOO_MANY", message: string) => ({
        ...{ uploadUrl: null, expiresAt: null },
        userErrors: [{ code, message, field: ["input", "paymentId"] }],
      });
      if (payment === undefined) return refuse("NOT_FOUND", "There is no such payment.");
      if ((await countProofs(tx, payment.id, context.now)) >= mostProofs) {
        return refuse("TOO_MANY", `A payment has at most ${mostProofs} files.`);
      }
      const id = newUuid();
      await awaitProof(tx, { id, paymentId: payment.id, creator: storePrincipal(principal), until });
      const token = uploadLinks.sign({
        tenantId,
        subjectId: id,
        principalId: principalIdOf(principal),
        expiresAt: until,
      });
      return { uploadUrl: `${url()}/uploads/payment-proofs/${token}`, expiresAt: until, userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, tenantId, position) };
  }

  /** Takes the file of a link. A file that isn't taken leaves the link as it was. */
  async receive(
    token: string,
    { bytes, requestId }: { readonly bytes: AsyncIterable<Buffer>; readonly requestId: string },
  ): Promise<PaymentProof | { readonly refused: ProofRefusal }> {
    const { clock, database, journal, rights, uploadLinks } = this.#options;
    const link = uploadLinks.read(token);
    if (link === null) return { refused: "UNKNOWN_LINK" };
    const now = clock();
    if (link.expiresAt <= now) return { refused: "EXPIRED_LINK" };
    const { tenantId, subjectId: id } = link;
    const awaited = await database.read(tenantId, (session) => findAwaitedProof(session, id));
    if (awaited === undefined) return { refused: "UNKNOWN_LINK" };
    if (awaited.has_come) return { refused: "ALREADY_SENT" };
    const principal = await standingPrincipal(awaited.creator, "billing:buy", { rights, now });
    if (principal === null || principalIdOf(principal) !== link.principalId) return { refused: "NOT_ALLOWED" };
    const pieces: Buffer[] = [];
    for await (const piece of bytes) pieces.push(piece);
    const content = Buffer.concat(pieces);
    const format = sniffProof(content);
    if (format === null) return { refused: "FORMAT_UNKNOWN" };
    const { result } = await journal.transaction(
      { tenantId, actor: actorOf(principal), requestId },
      async (tx): Promise<PaymentProof | { readonly refused: ProofRefusal }> => {
        const row = await storeProof(tx, id, { media_type: proofFormats[format].mediaType, content }, now);
        if (row === undefined) return { refused: "ALREADY_SENT" };
        const proof = toProof(row);
        const data = { proofId: proof.id, format, sizeBytes: proof.sizeBytes, sha256: proof.sha256 };
        tx.record({ type: "payment.proof_attached", subjectType: "Payment", subjectId: row.payment_id, data });
        return proof;
      },
    );
    return result;
  }

  /** The file that a link leads to. */
  async download(token: string): Promise<ProofDownload | { readonly refused: ProofRefusal }> {
    const { clock, database, downloadLinks } = this.#options;
    const link = downloadLinks.read(token);
    if (link === null) return { refused: "UNKNOWN_LINK" };
    if (link.expiresAt <= clock()) return { refused: "EXPIRED_LINK" };
    const file = await database.read(link.tenantId, (session) => readProof(session, link.subjectId));
    if (file === undefined) return { refused: "UNKNOWN_LINK" };
    const { mediaType, extension } = proofFormats[formatOf(file.media_type) satisfies PaymentProofFormat];
    return { fileName: `${toId("PaymentProof", link.subjectId)}.${extension}`, mediaType, content: file.content };
  }

  /** The team's only. */
  downloadUrl(context: Context, { uuid }: PaymentProof): string | null {
    const { principal } = context;
    if (principal.kind === "ANONYMOUS" || !isAllowed(principal, "payment:confirm")) return null;
    const { downloadLinks, url } = this.#options;
    const expiresAt = new Date(context.now.getTime() + linkLifetimeMs);
    const { tenantId } = principal;
    const token = downloadLinks.sign({ tenantId, subjectId: uuid, principalId: principalIdOf(principal), expiresAt });
    return `${url()}/downloads/payment-proofs/${token}`;
  }

  async byIds(context: Context, ids: readonly string[]): Promise<Map<string, PaymentProof>> {
    const { tenantId } = authorizedScope(context, "billing:read");
    const rows = await this.#options.database.read(tenantId, (session) => findProofs(session, ids));
    const payments = rows.map((row) => row.payment_id);
    const visible = await this.#options.payments.byIds(context, payments);
    return new Map(rows.filter((row) => visible.has(row.payment_id)).map((row) => [row.id, toProof(row)]));
  }

  /** Below a payment that the caller sees. */
  proofs(context: Context, { uuid }: Payment): Promise<PaymentProof[]> {
    return context.loaders.get(this.#proofs, context).load(uuid);
  }

  readonly #proofs = (context: Context) => {
    const { tenantId } = authorizedScope(context, "billing:read");
    return new DataLoader<string, PaymentProof[]>(async (ids) => {
      const rows = await this.#options.database.read(tenantId, (session) => proofsOf(session, ids));
      return ids.map((id) => rows.filter((row) => row.payment_id === id).map(toProof));
    });
  };
}
