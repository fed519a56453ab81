import { z } from "zod";
import type { CaptureLeadInput } from "../../schema/lead-capture.ts";
import type { RowProblem } from "./lead-import-problem.ts";

const text = z.string().nullish();

/** CaptureLeadInput as JSON; its rules (what an e-mail address is, how long a text may be) are applied later. */
const leadLine = z.strictObject({
  email: text,
  phone: text,
  externalId: text,
  name: text,
  company: text,
  source: text,
  message: text,
  origin: z
    .strictObject({
      referrer: text,
      landingPage: text,
      utmSource: text,
      utmMedium: text,
      utmCampaign: text,
      utmTerm: text,
      utmContent: text,
    })
    .nullish(),
  attributes: z.record(z.string(), z.unknown()).nullish(),
  tags: z.array(z.string()).nullish(),
  consent: z
    .array(
      z.strictObject({
        purpose: z.string(),
        textVersion: z.string(),
        givenAt: z.iso
          .datetime({ offset: true })
          .transform((instant) => new Date(instant))
          .nullish(),
        address: text,
      }),
    )
    .nullish(),
});

/** The members that a line can have, for the test that compares them with the API's input. */
export const leadLineMembers: readonly string[] = Object.keys(leadLine.shape);

/** The person that a line of JSON describes, or what is wrong with the line. */
export function readJsonLine(line: string): CaptureLeadInput | readonly RowProblem[] {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return [{ code: "JSON_INVALID", message: "The line is no JSON.", field: null }];
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [{ code: "JSON_INVALID", message: "The line is no JSON object.", field: null }];
  }
  const parsed = leadLine.safeParse(value);
  if (parsed.success) return parsed.data as CaptureLeadInput;
  return parsed.error.issues.flatMap((issue) => problemsOf(issue)).slice(0, 5);
}

function problemsOf(issue: z.core.$ZodIssue): RowProblem[] {
  const path = issue.path.map(String);
  if (issue.code !== "unrecognized_keys") {
    return [{ code: "FIELD_INVALID", message: "The value has another type than the field.", field: path }];
  }
  return issue.keys.map((key) => ({
    code: "FIELD_INVALID",
    message: "There is no such field.",
    field: [...path, key.slice(0, 100)],
  }));
}
