import type { Release } from './core/web/offline/release.ts';
import { showPushed, type ToldScope } from './core/web/offline/told.ts';
import { keepPages, type WorkerScope } from './core/web/offline/worker.ts';

declare const __RELEASE__: Release;

keepPages(globalThis as unknown as WorkerScope, __RELEASE__);
showPushed(globalThis as unknown as ToldScope);
