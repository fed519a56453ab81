import { removeRunFolder } from "./run-folder.ts";
import { stopServices } from "./started-services.ts";

/** Once per run, after the last test file. */
export default async function stopEverything(): Promise<void> {
  await stopServices();
  await removeRunFolder();
}
