import { configure } from '@testing-library/react';

// What is awaited comes in milliseconds; on a machine that is busy with other tests, reading a page's file alone takes
// longer than the second that the library waits by itself.
configure({ asyncUtilTimeout: 8_000 });

// happy-dom has no canvas: charts are drawn on one that takes every stroke and shows nothing.
const nothing: unknown = new Proxy(() => nothing, {
  get: (_target, key) => (key === Symbol.toPrimitive ? () => 0 : nothing),
  set: () => true,
});
HTMLCanvasElement.prototype.getContext = (() => nothing) as typeof HTMLCanvasElement.prototype.getContext;

// Nor has it a line from the server: on this one nothing is ever heard.
class Silence {
  addEventListener() {}
  close() {}
}
globalThis.EventSource ??= Silence as unknown as typeof EventSource;
