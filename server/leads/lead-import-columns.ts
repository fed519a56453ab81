import type { LeadAttributeType, LeadImportColumn, LeadImportField } from "../../schema/lead-import-columns.ts";
import { ImportFailed } from "./lead-import-failure.ts";

/** One column of a file and what its cells become. */
export interface ImportColumn extends Readonly<LeadImportColumn> {
  readonly type: LeadAttributeType;
}

export interface ColumnMapping {
  readonly column: string;
  readonly field: LeadImportField | null;
  readonly attribute: string | null;
  readonly type: LeadAttributeType;
}

/** Names that headers have in the wild: letters and digits only, in lower case. */
const knownHeaders: ReadonlyMap<string, LeadImportField> = new Map([
  ...named("EMAIL", "email", "emailaddress", "mail", "emailadresse", "adresseemail", "courriel", "correo"),
  ...named("PHONE", "phone", "phonenumber", "tel", "telephone", "telefon", "mobile", "mobilephone", "cell", "gsm"),
  ...named("EXTERNAL_ID", "externalid", "customerid", "contactid", "crmid"),
  ...named("NAME", "name", "fullname", "contactname", "nomcomplet"),
  ...named("FIRST_NAME", "firstname", "givenname", "forename", "prenom", "vorname"),
  ...named("LAST_NAME", "lastname", "surname", "familyname", "nom", "nachname"),
  ...named(
    "COMPANY",
    "company",
    "companyname",
    "organization",
    "organisation",
    "account",
    "societe",
    "entreprise",
    "firma",
  ),
  ...named("SOURCE", "source", "leadsource"),
  ...named("MESSAGE", "message", "comment", "comments"),
  ...named("TAGS", "tags", "labels"),
  ...named("REFERRER", "referrer", "referer"),
  ...named("LANDING_PAGE", "landingpage"),
  ...named("UTM_SOURCE", "utmsource"),
  ...named("UTM_MEDIUM", "utmmedium"),
  ...named("UTM_CAMPAIGN", "utmcampaign"),
  ...named("UTM_TERM", "utmterm"),
  ...named("UTM_CONTENT", "utmcontent"),
]);

function named(field: LeadImportField, ...names: readonly string[]): [string, LeadImportField][] {
  return names.map((name) => [name, field]);
}

const identifying: ReadonlySet<LeadImportField | null> = new Set(["EMAIL", "PHONE", "EXTERNAL_ID"]);

export function identifies(columns: readonly { readonly field: LeadImportField | null }[]): boolean {
  return columns.some(({ field }) => identifying.has(field));
}

/**
 * What each column is for. Without a mapping a known header name is its field (the first column of it) and every other one
 * an attribute of its name; with one, columns that it doesn't name are left out.
 */
export function chooseColumns(header: readonly string[], mapping: readonly ColumnMapping[] | null): ImportColumn[] {
  const names = distinctNames(header);
  const columns = mapping === null ? byName(names) : byMapping(names, mapping);
  if (!identifies(columns)) {
    throw new ImportFailed(
      "IDENTITY_MISSING",
      "No column holds an e-mail address, a phone number or an external id. Name one in the mapping.",
    );
  }
  return columns;
}

/** A second `note` becomes `note (2)`, a column without a name, or with the one that no attribute can have, `column 3`. */
function distinctNames(header: readonly string[]): string[] {
  const taken = new Set<string>();
  return header.map((cell, index) => {
    const base = cell.trim() === "" || cell.trim() === "__proto__" ? `column ${index + 1}` : cell.trim();
    let name = base;
    for (let count = 2; taken.has(name); count++) name = `${base} (${count})`;
    taken.add(name);
    return name;
  });
}

function byName(names: readonly string[]): ImportColumn[] {
  const taken = new Set<LeadImportField>();
  return names.map((name) => {
    const field = knownHeaders.get(plain(name));
    if (field === undefined || taken.has(field)) return { name, field: null, attribute: name, type: "TEXT" };
    taken.add(field);
    return { name, field, attribute: null, type: "TEXT" };
  });
}

function byMapping(names: readonly string[], mapping: readonly ColumnMapping[]): ImportColumn[] {
  const missing = mapping.find(({ column }) => !names.includes(column.trim()));
  if (missing !== undefined) {
    throw new ImportFailed("COLUMN_MISSING", "The mapping names a column that the header line doesn't have.");
  }
  return names.map((name) => {
    const found = mapping.find(({ column }) => column.trim() === name);
    return { name, field: found?.field ?? null, attribute: found?.attribute ?? null, type: found?.type ?? "TEXT" };
  });
}

/** `E-Mail`, `e_mail` and `Prénom` without what people write differently. */
function plain(name: string): string {
  return name
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
}
