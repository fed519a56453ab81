// A tenant that asks as fast as it can, in a process of its own: `node test/flood.ts <url> <key> <connections>`.
// Says how it was answered when its standard input ends.
import { Agent, request } from "node:http";

const [url = "", key = "", connections = "1"] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });
const body = JSON.stringify({ query: "{ leads(first: 50) { nodes { id email name tags createdAt } } }" });
const statuses: Record<number, number> = {};
let isOver = false;

function ask(): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const sent = request(`${url}/graphql`, { agent, method: "POST", headers }, (answer) => {
      const status = answer.statusCode ?? 0;
      statuses[status] = (statuses[status] ?? 0) + 1;
      answer.resume().once("end", resolve);
    });
    sent.once("error", reject).end(body);
  });
}

async function askOnAndOn(): Promise<void> {
  while (!isOver) await ask();
}

process.stdin.resume().once("end", () => (isOver = true));
await Promise.all(Array.from({ length: Number(connections) }, askOnAndOn));
process.stdout.write(JSON.stringify(statuses));
agent.destroy();
