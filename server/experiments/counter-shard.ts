/** Counts of a variant are kept in so many rows. */
const shards = 16;

/** Which of a variant's rows count a subject: always the same one, so that it can be taken out again. */
export function shardOf(subjectId: string): number {
  let sum = 0;
  for (const character of subjectId) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return sum % shards;
}
