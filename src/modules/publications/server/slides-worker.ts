import { parentPort, workerData } from 'node:worker_threads';
import { drawSlides } from './slides.ts';
import type { SlidesJob } from './slides-thread.ts';

// The thread that slides-thread.ts starts for one deck.
const { body, content, imprint } = workerData as SlidesJob;
parentPort!.postMessage(await drawSlides(body, content, imprint));
