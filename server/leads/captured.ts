import type { CaptureLeadPayload } from "../../schema/lead-capture.ts";

/** What a capture comes to. Without a cursor of its own the payload gets the one of the commit. */
export type Captured = Omit<CaptureLeadPayload, "cursor"> & { readonly cursor?: null };

export const tooManyAttributes: Captured = {
  accepted: false,
  lead: null,
  userErrors: [
    {
      code: "ATTRIBUTES_TOO_LARGE",
      message: "With these attributes the lead would have more than 100 of them or more than 16 kB.",
      field: ["input", "attributes"],
    },
  ],
};

/** What a publishable key learns: nothing. */
export const taken = { accepted: true, lead: null, cursor: null, userErrors: [] } satisfies CaptureLeadPayload;
