/** What can be wrong with the fields of a person, whoever sends them. */
export const fieldErrors = {
  EMAIL_INVALID: "Returned when `email` is no e-mail address.",
  PHONE_INVALID: "Returned when `phone` is no phone number, or one of another country without its prefix.",
  TOO_LONG: "Returned when a text has more characters than its field allows.",
  ATTRIBUTES_INVALID:
    "Returned when `attributes` holds anything but texts, numbers, booleans and lists of them, or more than 100 names.",
  ATTRIBUTES_TOO_LARGE: "Returned when `attributes` has more than 16 kB as JSON.",
  TAGS_INVALID: "Returned when there are more than 50 tags, or one is empty or has more than 50 characters.",
} as const;

export const notFound = { NOT_FOUND: "Returned when there is no lead with this id." } as const;
export const conflict = {
  CONFLICT: "Returned when the lead's version isn't `expectedVersion`; `lead` is the current one.",
} as const;
