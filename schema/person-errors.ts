/** What can be wrong with what is said about a person, whoever says it. */
export const personErrors = {
  NAME_INVALID: "Returned when a name is empty, has more than 200 characters, holds control characters or an address.",
  EMAIL_INVALID: "Returned when `email` is no e-mail address.",
  TIME_ZONE_INVALID: "Returned when `timeZone` is none of the IANA database, such as `Africa/Tunis`.",
  LOCALE_INVALID: "Returned when `locale` is no BCP 47 tag, such as `fr-TN`.",
} as const;

export const phoneErrors = {
  PHONE_INVALID: "Returned when `phone` is no phone number, or one of another country without its prefix.",
} as const;

export const learnerErrors = {
  GRADE_INVALID: "Returned when `grade` has more than 100 characters.",
  GOALS_INVALID: "Returned when there are more than 20 goals, or one is empty or has more than 500 characters.",
  SUBJECTS_INVALID: "Returned when there are more than 20 subjects, or one is empty or has more than 100 characters.",
} as const;

export const versionConflict = {
  CONFLICT: "Returned when the version isn't `expectedVersion`; the payload holds what is there now.",
} as const;
