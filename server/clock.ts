/** Tells what is now. Only the composition root knows which one it is: the system's, or a test's that can be set. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
