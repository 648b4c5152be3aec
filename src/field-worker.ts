import type { Release } from './core/web/offline/release.ts';
import { keepPages, type WorkerScope } from './core/web/offline/worker.ts';

declare const __RELEASE__: Release;

keepPages(globalThis as unknown as WorkerScope, __RELEASE__);
