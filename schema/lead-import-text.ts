import { registerEnumType } from "type-graphql";

export const LeadImportEncoding = {
  AUTO: "AUTO",
  UTF_8: "UTF_8",
  UTF_16LE: "UTF_16LE",
  WINDOWS_1252: "WINDOWS_1252",
} as const;
export type LeadImportEncoding = keyof typeof LeadImportEncoding;
registerEnumType(LeadImportEncoding, {
  name: "LeadImportEncoding",
  description: "How a file's bytes are characters.",
  valuesConfig: {
    AUTO: { description: "By the byte order mark, else UTF-8 where the bytes are valid UTF-8, else Windows-1252." },
    UTF_8: { description: "UTF-8." },
    UTF_16LE: { description: "UTF-16, little end first: Excel's Unicode text." },
    WINDOWS_1252: { description: "Windows-1252, which contains Latin-1 (ISO 8859-1)." },
  },
});

export const LeadImportDelimiter = {
  AUTO: "AUTO",
  COMMA: "COMMA",
  SEMICOLON: "SEMICOLON",
  TAB: "TAB",
  BAR: "BAR",
} as const;
export type LeadImportDelimiter = keyof typeof LeadImportDelimiter;
registerEnumType(LeadImportDelimiter, {
  name: "LeadImportDelimiter",
  description: "What stands between two cells of a CSV file.",
  valuesConfig: {
    AUTO: { description: "The one that the header line has most of." },
    COMMA: { description: "A comma." },
    SEMICOLON: { description: "A semicolon." },
    TAB: { description: "A tab." },
    BAR: { description: "A vertical bar." },
  },
});
