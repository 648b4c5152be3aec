import { observeElementRect, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useText } from '#core/web/text.ts';
import type { TreeUnit } from '../shapes.ts';
import * as text from './text.ts';
import { ancestorsOf, childrenOf, keyOn, rowsOf, type TreeKey, type TreeRow } from './tree-rows.ts';

const rowHeight = 30;
/** Below this every unit of a fresh tree is open: a headquarters with its counties fits a screen or two. */
const openAllBelow = 80;

/** The tree as one tab stop: arrows walk, right and left open and shut, Enter opens the unit. Only lines in view exist. */
export function UnitTree({
  units,
  selected,
  onSelect,
}: {
  units: readonly TreeUnit[];
  selected: string | undefined;
  onSelect: (id: string) => void;
}) {
  const t = useText(text);
  const box = useRef<HTMLDivElement>(null);
  const children = useMemo(() => childrenOf(units), [units]);
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const roots = useMemo(() => new Set((children.get(null) ?? []).map((unit) => unit.id)), [children]);
  const isOpen = (id: string) => toggled.get(id) ?? (units.length < openAllBelow || roots.has(id));
  const rows = rowsOf(children, isOpen);
  const [active, setActive] = useState<string | undefined>(selected);
  const at = Math.max(
    0,
    rows.findIndex((row) => row.unit.id === active),
  );

  // A unit reached by a link, a search or a saved address is shown, whatever was shut above it.
  useEffect(() => {
    if (!selected) return;
    setActive(selected);
    setToggled((now) => new Map([...now, ...ancestorsOf(units, selected).map((id) => [id, true] as const)]));
  }, [selected, units]);

  const lines = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    // Before the box has a size (a hidden panel, a test) some lines are drawn all the same.
    observeElementRect: (instance, done) =>
      observeElementRect(instance, (rect) => done(rect.height > 0 ? rect : { width: 280, height: 900 })),
    getItemKey: (index) => rows[index]!.unit.id,
  });

  const toggle = (id: string) => setToggled((now) => new Map(now).set(id, !isOpen(id)));
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[at];
    if ((event.key === 'Enter' || event.key === ' ') && row) onSelect(row.unit.id);
    else if (['ArrowDown', 'ArrowUp', 'ArrowRight', 'ArrowLeft', 'Home', 'End'].includes(event.key)) {
      const step = keyOn(rows, at, event.key as TreeKey);
      if (step && 'go' in step) {
        setActive(rows[step.go]!.unit.id);
        lines.scrollToIndex(step.go);
      } else if (step) toggle(step.toggle);
    } else return;
    event.preventDefault();
  };

  return (
    <div
      className="unit-tree"
      ref={box}
      role="tree"
      aria-label={t.tree.label}
      tabIndex={0}
      aria-activedescendant={rows[at] ? lineId(rows[at]) : undefined}
      onKeyDown={onKeyDown}
    >
      <div className="unit-tree-lines" role="presentation" style={{ height: lines.getTotalSize() }}>
        {lines.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]!;
          return (
            <Line
              key={row.unit.id}
              row={row}
              top={start}
              isSelected={row.unit.id === selected}
              isActive={index === at}
              onToggle={() => toggle(row.unit.id)}
              onSelect={() => {
                setActive(row.unit.id);
                onSelect(row.unit.id);
              }}
            />
          );
        })}
      </div>
    </div>
  );
}

const lineId = (row: TreeRow): string => `unit-${row.unit.id}`;

function Line({
  row,
  top,
  isSelected,
  isActive,
  onToggle,
  onSelect,
}: {
  row: TreeRow;
  top: number;
  isSelected: boolean;
  isActive: boolean;
  onToggle: () => void;
  onSelect: () => void;
}) {
  const t = useText(text);
  const { unit, level, childCount, isOpen } = row;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it is the one tab stop and takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the tree points at its active line by aria-activedescendant
    <div
      id={lineId(row)}
      className="unit-tree-line"
      role="treeitem"
      aria-level={level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-selected={isSelected}
      {...(childCount > 0 && { 'aria-expanded': isOpen })}
      data-active={isActive || undefined}
      data-state={unit.state}
      data-closed={unit.canOpen ? undefined : true}
      style={{ transform: `translateY(${top}px)`, paddingInlineStart: `${(level - 1) * 1 + 0.25}rem` }}
      title={unit.canOpen ? unit.name : `${unit.name}：${t.tree.notYours}`}
      onClick={onSelect}
    >
      <span
        className="unit-tree-toggle"
        aria-hidden="true"
        onClick={(event) => {
          if (childCount === 0) return;
          event.stopPropagation();
          onToggle();
        }}
      >
        {childCount === 0 ? '' : isOpen ? '▾' : '▸'}
      </span>
      <span className="unit-tree-name">{unit.name}</span>
      {unit.state !== 'valid' && <span className="tag">{t.state[unit.state]}</span>}
      {childCount > 0 && <span className="n">{childCount}</span>}
    </div>
  );
}
