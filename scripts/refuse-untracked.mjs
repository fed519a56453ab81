// `git diff` doesn't see a file that was never added; a generated file that nobody committed isn't fresh either.
import { execFileSync } from "node:child_process";

const paths = process.argv.slice(2);
const untracked = execFileSync("git", ["ls-files", "--others", "--exclude-standard", "--", ...paths], {
  encoding: "utf8",
}).trim();
if (untracked !== "") {
  console.error(`Not committed: ${untracked.replaceAll("\n", ", ")}`);
  process.exit(1);
}
