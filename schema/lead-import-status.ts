import { registerEnumType } from "type-graphql";

export const LeadImportStatus = {
  AWAITING_UPLOAD: "AWAITING_UPLOAD",
  RUNNING: "RUNNING",
  COMPLETED: "COMPLETED",
  FAILED: "FAILED",
  CANCELLED: "CANCELLED",
} as const;
export type LeadImportStatus = keyof typeof LeadImportStatus;
registerEnumType(LeadImportStatus, {
  name: "LeadImportStatus",
  description: "How far an import is.",
  valuesConfig: {
    AWAITING_UPLOAD: { description: "The file hasn't been sent yet." },
    RUNNING: { description: "The file is being read." },
    COMPLETED: { description: "The whole file was read, and what was to be written is written." },
    FAILED: { description: "It ended early; `failure` says why and `committedRows` how much is written." },
    CANCELLED: { description: "Somebody cancelled it; `committedRows` says how much is written." },
  },
});

export const LeadImportFailure = {
  ROWS_INVALID: "ROWS_INVALID",
  FILE_EMPTY: "FILE_EMPTY",
  FILE_UNREADABLE: "FILE_UNREADABLE",
  FILE_TOO_LARGE: "FILE_TOO_LARGE",
  COLUMN_MISSING: "COLUMN_MISSING",
  IDENTITY_MISSING: "IDENTITY_MISSING",
  CONNECTION_LOST: "CONNECTION_LOST",
  UPLOAD_STALLED: "UPLOAD_STALLED",
  UPLOAD_EXPIRED: "UPLOAD_EXPIRED",
  SERVER_STOPPED: "SERVER_STOPPED",
  INTERNAL: "INTERNAL",
} as const;
export type LeadImportFailure = keyof typeof LeadImportFailure;
registerEnumType(LeadImportFailure, {
  name: "LeadImportFailure",
  description: "Why an import failed.",
  valuesConfig: {
    ROWS_INVALID: { description: "Rows were refused and the policy is ALL_OR_NOTHING. `errors` has them." },
    FILE_EMPTY: { description: "The file has no bytes." },
    FILE_UNREADABLE: {
      description: "A quote is never closed, a row or line is longer than 256 kB, or the compressed bytes are broken.",
    },
    FILE_TOO_LARGE: { description: "The file, or what it is when it is unpacked, is larger than an upload may be." },
    COLUMN_MISSING: { description: "The mapping names a column that the header line doesn't have." },
    IDENTITY_MISSING: { description: "No column holds an e-mail address, a phone number or an external id." },
    CONNECTION_LOST: { description: "The connection ended before the file did." },
    UPLOAD_STALLED: { description: "The sender sent nothing for half a minute." },
    UPLOAD_EXPIRED: { description: "The file wasn't sent before the link expired." },
    SERVER_STOPPED: { description: "The process that read the file ended." },
    INTERNAL: { description: "Something went wrong on our side." },
  },
});
