import { v7 } from 'uuid';

/** A UUIDv7: sorts by the moment it was made, so new rows land at the end of the index. */
export const newId = (): string => v7();
