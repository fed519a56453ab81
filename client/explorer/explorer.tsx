import { createRoot } from "react-dom/client";
import { Account } from "./account.ts";
import { graphqlUrl } from "./graphql-request.ts";
import { LiveConnection } from "./live-connection.ts";
import { Page } from "./page.tsx";
import { monacoEnvironment } from "./workers.ts";

Object.assign(globalThis, { MonacoEnvironment: monacoEnvironment });

const account = new Account();
const live = new LiveConnection(graphqlUrl, () => account.headers());

const root = document.querySelector("#explorer");
if (root === null) throw new Error("index.html has no place for the page");
createRoot(root).render(<Page account={account} live={live} />);
