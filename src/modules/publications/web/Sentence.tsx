import { useEffect, useRef } from 'react';
import { keyOf, missingMark, type Run } from '../draft.ts';
import type { Reference } from '../query.ts';
import { drawRuns, readRuns } from './runs-dom.ts';

/** The words of every reference of the page, by its key. */
export type Answers = Readonly<Record<string, string | null>>;

export interface Chosen {
  blockId: string;
  sentenceId: string;
  /** Place of the chosen figure among the runs; null: the sentence itself. */
  run: number | null;
  reference: Reference | null;
}

/** A sentence to read: figures are buttons that open where they come from. */
export function ReadSentence({
  runs,
  answers,
  onPick,
  isPicked,
}: {
  runs: readonly Run[];
  answers: Answers;
  onPick: (reference: Reference, run: number) => void;
  isPicked: (run: number) => boolean;
}) {
  return runs.map((run, i) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: runs have no identity but their place
    if (run.kind === 'text') return <span key={i}>{run.text}</span>;
    const text = answers[keyOf(run)] ?? missingMark;
    return (
      <button
        // biome-ignore lint/suspicious/noArrayIndexKey: runs have no identity but their place
        key={i}
        type="button"
        className="pub-ref"
        aria-pressed={isPicked(i)}
        onClick={() => onPick({ query: run.query, format: run.format }, i)}
      >
        {text}
      </button>
    );
  });
}

/**
 * A sentence to edit. The element belongs to the browser while it is typed in; it is drawn anew only when its runs change
 * from outside, so that the cursor stays where it is.
 */
export function EditSentence({
  runs,
  answers,
  label,
  onChange,
  onPick,
  onFocus,
  chosenRun,
}: {
  runs: readonly Run[];
  answers: Answers;
  label: string;
  onChange: (runs: Run[]) => void;
  onPick: (reference: Reference, run: number) => void;
  onFocus: () => void;
  chosenRun: number | null;
}) {
  const element = useRef<HTMLSpanElement>(null);
  const drawn = useRef('');
  const shown = JSON.stringify([runs, runs.map((run) => (run.kind === 'ref' ? answers[keyOf(run)] : ''))]);
  useEffect(() => {
    if (!element.current || drawn.current === shown) return;
    const now = JSON.stringify(readRuns(element.current));
    if (drawn.current === '' || now !== JSON.stringify(runs) || document.activeElement !== element.current)
      drawRuns(element.current, runs, (run) => answers[keyOf(run)] ?? null, missingMark);
    drawn.current = shown;
  }, [shown, runs, answers]);
  useEffect(() => {
    const chips = element.current?.querySelectorAll('[data-ref]') ?? [];
    const places = runs.flatMap((run, i) => (run.kind === 'ref' ? [i] : []));
    chips.forEach((chip, n) => {
      chip.classList.toggle('is-chosen', chosenRun !== null && places[n] === chosenRun);
    });
  });
  return (
    // biome-ignore lint/a11y/useSemanticElements: an input cannot hold figures as islands
    <span
      ref={element}
      className="pub-sentence"
      role="textbox"
      aria-multiline="true"
      aria-label={label}
      tabIndex={0}
      contentEditable
      suppressContentEditableWarning
      onFocus={onFocus}
      onInput={(event) => onChange(readRuns(event.currentTarget))}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.preventDefault();
      }}
      onPaste={(event) => {
        event.preventDefault();
        const text = event.clipboardData.getData('text/plain').replace(/\s+/g, ' ');
        document.execCommand('insertText', false, text);
      }}
      onClick={(event) => {
        const chip = (event.target as HTMLElement).closest<HTMLElement>('[data-ref]');
        if (!chip) return;
        const chips = [...event.currentTarget.querySelectorAll('[data-ref]')];
        const places = readRuns(event.currentTarget).flatMap((run, i) => (run.kind === 'ref' ? [i] : []));
        onPick(JSON.parse(chip.dataset.ref!) as Reference, places[chips.indexOf(chip)]!);
      }}
    />
  );
}
