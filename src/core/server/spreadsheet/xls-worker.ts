import { serveWorker } from '../worker-process.ts';
import type { ReadLimits, ReadOptions } from './limits.ts';
import { readOld } from './xls.ts';

interface Work {
  input: Uint8Array | string;
  options: ReadOptions;
  limits: ReadLimits;
}

await serveWorker<Work>(async ({ input, options, limits }) => readOld(input, options, limits));
