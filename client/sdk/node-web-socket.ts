interface NodeModules {
  createRequire(from: string): (name: string) => unknown;
}

/** What Node's `process` is here, where no type of Node's may be: undefined in browsers. */
interface NodeProcess {
  getBuiltinModule?(name: "node:module"): NodeModules | undefined;
}

/**
 * The class of the package `ws` for Node 20, which has no WebSocket of its own. It is required where no bundler sees it: a page
 * doesn't grow by it. Undefined wherever there is a WebSocket.
 */
export function nodeWebSocket(): unknown {
  if (Reflect.has(globalThis, "WebSocket")) return undefined;
  const node = Reflect.get(globalThis, "process") as NodeProcess | undefined;
  const modules = node?.getBuiltinModule?.("node:module");
  return modules?.createRequire(import.meta.url)("ws");
}
