import type { Run } from '../draft.ts';
import type { Reference } from '../query.ts';

// A sentence in the editor is one editable element; its figures are islands in it that the keyboard cannot enter, so a
// number is removed or replaced as a whole and never overtyped.

type RefRun = Run & { kind: 'ref' };

/** Draws runs into an empty or old element. `textOf`: the words of a reference; null when it has none. */
export function drawRuns(
  element: HTMLElement,
  runs: readonly Run[],
  textOf: (run: RefRun) => string | null,
  missing: string,
): void {
  element.replaceChildren(
    ...runs.map((run) => {
      if (run.kind === 'text') return document.createTextNode(run.text);
      const chip = document.createElement('span');
      const text = textOf(run);
      chip.className = text === null ? 'pub-ref is-missing' : 'pub-ref';
      chip.contentEditable = 'false';
      chip.dataset.ref = JSON.stringify({ query: run.query, format: run.format });
      chip.textContent = text ?? missing;
      return chip;
    }),
  );
}

/** What stands in the element, read back. New lines that a browser puts in are spaces nobody meant. */
export function readRuns(element: Node): Run[] {
  const runs: Run[] = [];
  const add = (text: string) => {
    const last = runs.at(-1);
    const clean = text.replace(/[\u00a0\n\r]/g, ' ').replaceAll('\u200b', '');
    if (clean === '') return;
    if (last?.kind === 'text') last.text += clean;
    else runs.push({ kind: 'text', text: clean });
  };
  const walk = (node: Node) => {
    for (const child of node.childNodes) {
      if (child.nodeType === 3) add(child.nodeValue ?? '');
      else if (child instanceof HTMLElement) {
        const { ref } = child.dataset;
        if (ref === undefined) walk(child);
        else runs.push({ kind: 'ref', ...(JSON.parse(ref) as Reference) });
      }
    }
  };
  walk(element);
  return runs;
}
