import type { PaymentProofFormat } from "../../schema/payment-proof.ts";

/** What each format is called in HTTP, and what its files end in. */
export const proofFormats = {
  PDF: { mediaType: "application/pdf", extension: "pdf" },
  PNG: { mediaType: "image/png", extension: "png" },
  JPEG: { mediaType: "image/jpeg", extension: "jpg" },
} as const satisfies Readonly<Record<PaymentProofFormat, { mediaType: string; extension: string }>>;

const beginnings: Readonly<Record<PaymentProofFormat, Buffer>> = {
  PDF: Buffer.from("%PDF-", "latin1"),
  PNG: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  JPEG: Buffer.from([0xff, 0xd8, 0xff]),
};

/** What a file is by how it begins, whatever its sender calls it; null: nothing that is taken. */
export function sniffProof(bytes: Buffer): PaymentProofFormat | null {
  for (const format of ["PDF", "PNG", "JPEG"] as const) {
    const beginning = beginnings[format];
    if (bytes.subarray(0, beginning.length).equals(beginning)) return format;
  }
  return null;
}
