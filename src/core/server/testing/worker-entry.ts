import { invalid } from '../errors.ts';
import { serveWorker } from '../worker-process.ts';

type Work = { kind: 'double'; numbers: number[] } | { kind: 'problem' | 'error' | 'greedy' | 'endless' };

/** What worker-process.test.ts runs in a process. */
await serveWorker<Work>(async (work, post) => {
  switch (work.kind) {
    case 'double': {
      const replies = await Promise.all(work.numbers.map((n) => post(n)));
      return (replies as number[]).reduce((sum, n) => sum + n, 0);
    }
    case 'problem':
      throw invalid('no_good', { zh: '不行', en: 'No good' });
    case 'error':
      throw new Error('broken inside');
    case 'greedy': {
      const kept: number[][] = [];
      for (;;) kept.push(Array.from({ length: 100_000 }, (_, i) => i * 1.5));
    }
    default:
      for (;;);
  }
});
