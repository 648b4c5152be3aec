import { memo, useEffect, useMemo, useRef } from 'react';
import type { Span } from '#core/shared/document-text.ts';
import type { DocumentView } from '../contract.ts';
import { gridRows, type Mark, marksOf, piecesOf } from './source-marks.ts';

interface Place {
  text: string;
  marks: readonly Mark[];
  /** Only handed to blocks that it lies in, so that choosing a row redraws two paragraphs and not the document. */
  activeId: string | null;
  states: ReadonlyMap<string, string>;
  onPick: (rowId: string) => void;
}

/** The document as it was read, with what each row was made from marked; the chosen row's parts in their own colours. */
export function SourceText({
  view,
  activeId,
  onPick,
  onSelect,
}: {
  view: DocumentView;
  activeId: string | null;
  onPick: (rowId: string) => void;
  /** The person selected some of the text. */
  onSelect: (span: Span | null) => void;
}) {
  const { text, blocks, rows } = view;
  const box = useRef<HTMLDivElement>(null);
  const marks = useMemo(() => marksOf(rows), [rows]);
  const states = useMemo(() => new Map(rows.map((row) => [row.id, row.matter ? 'issued' : row.state])), [rows]);
  useEffect(() => {
    if (activeId === null) return;
    const found = box.current?.querySelector('[data-active]');
    found?.scrollIntoView?.({ block: 'center', behavior: 'auto' });
  }, [activeId]);
  // Text can be selected by mouse or keys; both end in this event.
  useEffect(() => {
    const listener = () => onSelect(box.current ? selectedSpan(box.current) : null);
    document.addEventListener('selectionchange', listener);
    return () => document.removeEventListener('selectionchange', listener);
  }, [onSelect]);
  const own = (span: Span): Omit<Place, 'text'> => {
    const within = marks.filter((mark) => mark.start < span.end && mark.end > span.start);
    return {
      marks: within,
      activeId: within.some((mark) => mark.rowId === activeId) ? activeId : null,
      states,
      onPick,
    };
  };
  return (
    <div className="dc-text" ref={box}>
      {blocks.map((block) => {
        if (block.kind === 'paragraph')
          return (
            <p key={block.start} data-level={block.level}>
              <Marked span={block} text={text} {...own(block)} />
            </p>
          );
        if (block.kind === 'heading')
          return (
            <p key={block.start} className="dc-heading" data-level={block.level}>
              <Marked span={block} text={text} {...own(block)} />
            </p>
          );
        return (
          <table key={block.start}>
            <tbody>
              {gridRows(block).map((cells, row) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows of a document never move
                <tr key={row}>
                  {cells.map((cell) =>
                    'gap' in cell ? (
                      <td key={cell.gap} />
                    ) : (
                      <td key={cell.column} rowSpan={cell.rows} colSpan={cell.columns}>
                        <Marked span={cell} text={text} {...own(cell)} />
                      </td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        );
      })}
    </div>
  );
}

const Marked = memo(
  function Marked({ span, text, marks, activeId, states, onPick }: Place & { span: Span }) {
    return piecesOf(span, marks, activeId).map((piece) => {
      const words = text.slice(piece.start, piece.end);
      const rowId = piece.rowIds.find((id) => id === activeId) ?? piece.rowIds[0];
      if (rowId === undefined)
        return (
          <span key={piece.start} data-at={piece.start}>
            {words}
          </span>
        );
      const isActive = rowId === activeId;
      return (
        // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: the rows beside it are reached by keys
        <span
          key={piece.start}
          data-at={piece.start}
          className="dc-mark"
          data-state={states.get(rowId)}
          data-active={isActive || undefined}
          data-field={piece.field ?? undefined}
          onClick={() => onPick(rowId)}
        >
          {words}
        </span>
      );
    });
  },
  (a, b) =>
    a.activeId === b.activeId &&
    a.text === b.text &&
    a.states === b.states &&
    a.span.start === b.span.start &&
    a.span.end === b.span.end,
);

/** The selected text as offsets of the document, when it lies within the box. */
function selectedSpan(box: HTMLElement): Span | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const [from, to] = [
    offsetOf(box, range.startContainer, range.startOffset),
    offsetOf(box, range.endContainer, range.endOffset),
  ];
  return from !== null && to !== null && to > from ? { start: from, end: to } : null;
}

function offsetOf(box: HTMLElement, node: Node, offset: number): number | null {
  if (node.nodeType !== Node.TEXT_NODE) return null;
  const piece = node.parentElement?.closest('[data-at]');
  return piece && box.contains(piece) ? Number(piece.getAttribute('data-at')) + offset : null;
}
