// The twelve checks of graphql-cop (github.com/dolevf/graphql-cop), written anew. Each says whether it has found something.

export interface Target {
  /** Without a path. */
  readonly url: string;
  readonly credential: string | null;
}

type Json = Readonly<Record<string, unknown>>;

interface Reply {
  readonly json: unknown;
  readonly text: string;
}

export interface SecurityCheck {
  readonly name: string;
  readonly finds: (target: Target) => Promise<boolean>;
}

const typename = "query cop { __typename }";

export const securityChecks: readonly SecurityCheck[] = [
  {
    name: "suggestions of fields",
    finds: async (target) => (await post(target, "query cop { __schema { directive } }")).text.includes("Did you mean"),
  },
  {
    name: "introspection",
    finds: async (target) => {
      const { json } = await post(target, "query cop { __schema { types { name fields { name } } } }");
      return at(json, "data", "__schema", "types") !== undefined;
    },
  },
  {
    name: "circular introspection",
    finds: async (target) => {
      const circle = (depth: number): string => (depth === 0 ? "name" : `fields { type { ${circle(depth - 1)} } }`);
      const { json } = await post(target, `query cop { __schema { types { ${circle(4)} } } }`);
      return at(json, "data", "__schema", "types") !== undefined;
    },
  },
  {
    name: "an IDE where attackers look first",
    finds: async (target) => {
      const pages = ["/graphiql", "/playground", "/console", "/graphql"].map((path) =>
        request(target, path, { headers: { accept: "text/html" } }),
      );
      return (await Promise.all(pages)).some(({ text }) => /graphiql|graphql.playground/i.test(text));
    },
  },
  {
    name: "queries by GET",
    finds: async (target) => isAnswered(await request(target, `/graphql?query=${encodeURIComponent(typename)}`, {})),
  },
  {
    name: "mutations by GET",
    finds: async (target) =>
      isAnswered(await request(target, `/graphql?query=${encodeURIComponent("mutation cop { __typename }")}`, {})),
  },
  {
    name: "a hundred and one aliases",
    finds: async (target) => {
      const aliases = Array.from({ length: 101 }, (_, index) => `alias${index}: __typename`);
      return at((await post(target, `query cop { ${aliases.join(" ")} }`)).json, "data", "alias100") !== undefined;
    },
  },
  {
    name: "a batch of ten",
    finds: async (target) => {
      const { json } = await postBody(
        target,
        Array.from({ length: 10 }, () => ({ query: typename })),
      );
      return Array.isArray(json) && json.length >= 10;
    },
  },
  {
    name: "ten equal directives",
    finds: async (target) => {
      const { json } = await post(target, `query cop { __typename ${"@aa".repeat(10)} }`);
      const errors = at(json, "errors");
      return Array.isArray(errors) && errors.length === 10;
    },
  },
  {
    name: "tracing",
    finds: async (target) => {
      const { json } = await post(target, typename, { "x-apollo-tracing": "1" });
      return at(json, "extensions", "tracing") !== undefined;
    },
  },
  {
    name: "a form's POST",
    finds: async (target) => {
      const form = { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" } };
      const inBody = await request(target, "/graphql", { ...form, body: `query=${encodeURIComponent(typename)}` });
      const inAddress = await request(target, `/graphql?query=${encodeURIComponent(typename)}`, form);
      return isAnswered(inBody) || isAnswered(inAddress);
    },
  },
  {
    name: "details of an error",
    finds: async (target) => {
      const { text } = await post(target, "qwerty cop { abc }");
      return /exception|stacktrace|node_modules/i.test(text);
    },
  },
];

/** The names of the checks that find something. */
export async function findings(target: Target): Promise<string[]> {
  const found = await Promise.all(securityChecks.map(async ({ name, finds }) => ((await finds(target)) ? [name] : [])));
  return found.flat();
}

function isAnswered({ json }: Reply): boolean {
  return at(json, "data", "__typename") !== undefined;
}

function post(target: Target, query: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
  return postBody(target, { query }, headers);
}

function postBody(target: Target, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
  const type = { "content-type": "application/json" };
  return request(target, "/graphql", { method: "POST", headers: { ...type, ...headers }, body: JSON.stringify(body) });
}

async function request({ url, credential }: Target, path: string, init: RequestInit): Promise<Reply> {
  const headers = new Headers(init.headers);
  if (credential !== null) headers.set("authorization", `Bearer ${credential}`);
  const text = await (await fetch(`${url}${path}`, { ...init, headers })).text();
  return { text, json: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a page
  }
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (current, name) => (typeof current === "object" && current !== null ? (current as Json)[name] : undefined),
    value,
  );
}
