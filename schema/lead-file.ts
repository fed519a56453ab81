import { registerEnumType } from "type-graphql";

export const LeadFileFormat = { CSV: "CSV", JSONL: "JSONL" } as const;
export type LeadFileFormat = keyof typeof LeadFileFormat;
registerEnumType(LeadFileFormat, {
  name: "LeadFileFormat",
  description: "How a file of leads is written.",
  valuesConfig: {
    CSV: { description: "A header line, then one lead per row (RFC 4180)." },
    JSONL: { description: "One JSON object per line; for an import in the shape of `CaptureLeadInput`." },
  },
});
