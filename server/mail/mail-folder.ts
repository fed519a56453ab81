import { join } from "node:path";

/** Where mail goes that no mail server takes. */
export function mailFolder(dataDirectory: string): string {
  return join(dataDirectory, "mail");
}
