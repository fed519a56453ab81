/** French parts `:`, `;`, `!`, `?` and guillemets from their words by a space, at which no line may break. */
export function spaceFrench(text: string): string {
  return text.replaceAll(/ (?=[:;!?»](?:\s|$))/gm, "\u00a0").replaceAll("« ", "«\u00a0");
}
