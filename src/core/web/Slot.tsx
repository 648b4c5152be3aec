import { createElement, type ReactNode, Suspense } from 'react';
import type { SlotEntry } from './module.ts';
import { useModules } from './modules.ts';
import { useCan } from './session.tsx';
import { ErrorBoundary } from './ui/ErrorBoundary.tsx';

/** What the modules put into a place, in order; those whose permission the visitor lacks are left out. */
export function useSlot(name: string): readonly SlotEntry[] {
  const modules = useModules();
  const can = useCan();
  return modules
    .flatMap((module) => module.slots[name] ?? [])
    .filter((entry) => !entry.permission || can(entry.permission))
    .sort((a, b) => a.order - b.order);
}

/**
 * Draws what other modules offer for a place on this page: `<Slot name="projects.page.main" props={{ project }} />`.
 * One entry that fails says so in its own place and leaves the page alone.
 */
export function Slot({ name, props = {} }: { name: string; props?: object }) {
  return useSlot(name).map((entry, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the entries of a slot never change while the page lives
    <ErrorBoundary key={index} compact>
      <Suspense fallback={null}>{createElement(entry.component as (props: object) => ReactNode, props)}</Suspense>
    </ErrorBoundary>
  ));
}
