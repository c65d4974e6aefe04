/** The nervous system: which fact makes which room react, and which measures there are. One line each. */
export function wire(): void {}
