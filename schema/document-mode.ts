import { registerEnumType } from "type-graphql";

export const DocumentMode = { OPEN: "OPEN", PREFER: "PREFER", ONLY: "ONLY" } as const;
export type DocumentMode = keyof typeof DocumentMode;
registerEnumType(DocumentMode, {
  name: "DocumentMode",
  description: "Which documents a key may send.",
  valuesConfig: {
    OPEN: { description: "Any text." },
    PREFER: { description: "Any text; what isn't a trusted document is counted in `freeTextDocuments`." },
    ONLY: { description: "Trusted documents: those of the tenant's manifests and of the SDK." },
  },
});
