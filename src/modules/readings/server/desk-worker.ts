import { isWorker, serveWorker } from '#core/server/worker-process.ts';
import { type DeskWork, doDeskWork } from './desk-work.ts';

// The process in which a long text of the desk is read.
if (isWorker) await serveWorker<DeskWork>((work) => doDeskWork(work));
