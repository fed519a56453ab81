// Monaco runs its language services in workers. They come from this origin, as separate files of the same build.

// Put in by scripts/build-explorer.mjs.
declare const workerFiles: Readonly<Record<"editor" | "json" | "graphql", string>>;

export const monacoEnvironment = {
  getWorker(_id: string, label: string): Worker {
    const file = label === "json" || label === "graphql" ? workerFiles[label] : workerFiles.editor;
    return new Worker(new URL(`explorer/assets/${file}`, document.baseURI));
  },
};
