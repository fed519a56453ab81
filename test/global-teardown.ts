import { stopServices } from "./started-services.ts";

/** Once per run, after the last test file. */
export default stopServices;
