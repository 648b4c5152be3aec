import { isWorker, serveWorker } from '#core/server/worker-process.ts';
import { type CheckWork, checkWork } from './check-work.ts';

// The process in which a long text is checked.
if (isWorker) await serveWorker<CheckWork>((work) => checkWork(work));
