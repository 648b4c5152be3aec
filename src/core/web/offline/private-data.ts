/** Something of a person that a module keeps on the device. */
export interface PrivateStore {
  /** Things that exist here only and were not sent. */
  countUnsent(accountId: string): Promise<number>;
  /** Deletes what the server has as well. What was not sent stays, for this account alone. */
  forgetCopies(): Promise<void>;
}

const stores = new Set<PrivateStore>();

/** Called once by a module that keeps something, when its code is loaded. */
export function registerPrivateStore(store: PrivateStore): void {
  stores.add(store);
}

export async function countUnsent(accountId: string): Promise<number> {
  const counts = await Promise.all([...stores].map((store) => store.countUnsent(accountId).catch(() => 0)));
  return counts.reduce((a, b) => a + b, 0);
}

export async function forgetCopies(): Promise<void> {
  await Promise.all([...stores].map((store) => store.forgetCopies().catch(() => {})));
}
