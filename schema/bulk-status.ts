import { registerEnumType } from "type-graphql";

export const BulkOperationKind = { EXPORT: "EXPORT", IMPORT: "IMPORT" } as const;
export type BulkOperationKind = keyof typeof BulkOperationKind;
registerEnumType(BulkOperationKind, {
  name: "BulkOperationKind",
  description: "What a bulk operation does.",
  valuesConfig: {
    EXPORT: { description: "It writes all rows of a connection into a file." },
    IMPORT: { description: "It runs a mutation for each line of a file." },
  },
});

export const BulkOperationStatus = {
  AWAITING_UPLOAD: "AWAITING_UPLOAD",
  UPLOADING: "UPLOADING",
  QUEUED: "QUEUED",
  RUNNING: "RUNNING",
  COMPLETED: "COMPLETED",
  FAILED: "FAILED",
  CANCELLED: "CANCELLED",
} as const;
export type BulkOperationStatus = keyof typeof BulkOperationStatus;
registerEnumType(BulkOperationStatus, {
  name: "BulkOperationStatus",
  description: "How far a bulk operation is.",
  valuesConfig: {
    AWAITING_UPLOAD: { description: "The file of an import hasn't been sent yet." },
    UPLOADING: { description: "The file of an import is arriving." },
    QUEUED: { description: "It waits for a process that has time for it." },
    RUNNING: { description: "A process works on it." },
    COMPLETED: { description: "It has come to its end; of an import's lines some may have been refused." },
    FAILED: { description: "It ended early; `failure` says why." },
    CANCELLED: { description: "Somebody cancelled it. What an import had written by then stays." },
  },
});

export const BulkOperationFailure = {
  QUERY_FAILED: "QUERY_FAILED",
  LINES_REFUSED: "LINES_REFUSED",
  TOO_MANY_LINES: "TOO_MANY_LINES",
  TOOK_TOO_LONG: "TOOK_TOO_LONG",
  FILE_UNREADABLE: "FILE_UNREADABLE",
  FILE_TOO_LARGE: "FILE_TOO_LARGE",
  CONNECTION_LOST: "CONNECTION_LOST",
  UPLOAD_STALLED: "UPLOAD_STALLED",
  UPLOAD_EXPIRED: "UPLOAD_EXPIRED",
  PROCESS_LOST: "PROCESS_LOST",
  INTERNAL: "INTERNAL",
} as const;
export type BulkOperationFailure = keyof typeof BulkOperationFailure;
registerEnumType(BulkOperationFailure, {
  name: "BulkOperationFailure",
  description: "Why a bulk operation failed.",
  valuesConfig: {
    QUERY_FAILED: {
      description: "A page of the export couldn't be read; `failureMessage` says what the query answered.",
    },
    LINES_REFUSED: { description: "Lines were refused and the policy is ALL_OR_NOTHING. The result file has them." },
    TOO_MANY_LINES: { description: "With the policy ALL_OR_NOTHING a file has at most 1,000 lines." },
    TOOK_TOO_LONG: { description: "An export holds its snapshot for at most two hours." },
    FILE_UNREADABLE: { description: "The compressed bytes are broken." },
    FILE_TOO_LARGE: { description: "The file, or what it is when it is unpacked, is larger than an upload may be." },
    CONNECTION_LOST: { description: "The connection ended before the file did." },
    UPLOAD_STALLED: { description: "The sender sent nothing for half a minute." },
    UPLOAD_EXPIRED: { description: "The file wasn't sent before the link expired." },
    PROCESS_LOST: { description: "Five processes that worked on it ended, or the one that received the file." },
    INTERNAL: { description: "Something went wrong on our side." },
  },
});
