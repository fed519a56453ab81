// The date check that graphql-inspector doesn't know: `npm run contract` runs it after the comparison with the last release.
import { readFile } from "node:fs/promises";
import { buildSchema } from "graphql";
import { deprecationProblems } from "./deprecation-policy.ts";

const read = async (path: string) => buildSchema(await readFile(new URL(path, import.meta.url), "utf8"));

const problems = deprecationProblems(
  await read("../schema/released.graphql"),
  await read("../schema.graphql"),
  new Date(),
);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
