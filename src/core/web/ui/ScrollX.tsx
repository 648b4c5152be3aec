import type { ReactNode } from 'react';

/** A wide table on a narrow screen scrolls inside its own place, by finger and by arrow keys, and the page stays put. */
export function ScrollX({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a place that scrolls must be reachable by keyboard
    <section className="scroll-x" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
