import { type CaptureLeadInput, ImportLeadsDocument, type Nexora } from "@nexora/sdk";
import { DemoError } from "./find-server.ts";

/** Sends leads as one file, which the server reads while it arrives. Returns how many rows are written. */
export async function importLeads(
  nexora: Nexora,
  leads: AsyncIterable<CaptureLeadInput>,
  requestId: string,
): Promise<number> {
  const { importLeads: prepared } = await nexora.mutate(ImportLeadsDocument, {
    input: { format: "JSONL", fileName: "bank-full.jsonl", errorPolicy: "SKIP_FAILED" },
  });
  if (prepared.uploadUrl === null) throw new DemoError(`The import was refused: ${prepared.userErrors[0]?.message}`);
  const response = await fetch(prepared.uploadUrl, {
    method: "PUT",
    headers: { "x-request-id": requestId, "content-type": "application/jsonl" },
    body: ReadableStream.from(jsonLines(leads)),
    duplex: "half",
  } as RequestInit);
  const outcome = (await response.json()) as { leadImport?: { committedRows: number; failedRows: number } };
  if (outcome.leadImport === undefined || outcome.leadImport.failedRows > 0) {
    throw new DemoError(`The import failed (${response.status}): ${JSON.stringify(outcome)}`);
  }
  return outcome.leadImport.committedRows;
}

async function* jsonLines(leads: AsyncIterable<CaptureLeadInput>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let lines = "";
  for await (const lead of leads) {
    lines += `${JSON.stringify(lead)}\n`;
    if (lines.length < 65_536) continue;
    yield encoder.encode(lines);
    lines = "";
  }
  if (lines !== "") yield encoder.encode(lines);
}

/** Captures leads one by one, so many at a time. */
export async function captureLeads(
  nexora: Nexora,
  leads: AsyncIterator<CaptureLeadInput>,
  { parallel, onCaptured }: { readonly parallel: number; readonly onCaptured: (cursor: string) => void },
): Promise<void> {
  const worker = async (): Promise<void> => {
    for (let next = await leads.next(); next.done !== true; next = await leads.next()) {
      const { accepted, cursor, userErrors } = await nexora.captureLead(next.value);
      if (!accepted || cursor === null) {
        throw new DemoError(`A capture was refused: ${userErrors[0]?.message ?? "the key may not read"}`);
      }
      onCaptured(cursor);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
}
