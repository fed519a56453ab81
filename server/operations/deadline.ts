/** Rejects when the work takes longer. The work itself goes on until it notices: the caller tells it in `onDeadline`. */
export function withDeadline<Result>(
  work: Promise<Result>,
  { ms, onDeadline }: { readonly ms: number; readonly onDeadline: () => Error },
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(onDeadline()), ms);
    work.then(
      (result) => {
        clearTimeout(timer);
        resolve(result);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
