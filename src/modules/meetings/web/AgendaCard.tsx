import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { Button, InputNumber } from 'antd';
import { useState } from 'react';
import { useText, useWords } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { moment } from '#core/web/ui/format.ts';
import type { AgendaItem, MeetingView } from '../shapes.ts';
import { AddItemDrawer } from './AddItemDrawer.tsx';
import { FigureView, NowView } from './FigureView.tsx';
import * as text from './text.ts';
import { useAct } from './use-meeting.ts';

/** The agenda: put together, dragged into order, fixed; afterwards each item with its frozen figures. */
export function AgendaCard({ meeting }: { meeting: MeetingView }) {
  const t = useText(text);
  const { run, isPending } = useAct();
  const [isAdd, setAdd] = useState(false);
  const [leftOut, setLeftOut] = useState(0);
  /** The order just dragged, until the server has it. */
  const [order, setOrder] = useState<string[] | null>(null);
  const canChange = meeting.allowed.includes('agenda');
  const items = order ? order.flatMap((id) => meeting.agenda.find((item) => item.id === id) ?? []) : meeting.agenda;
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const assemble = () =>
    run(async (api) => {
      const done = await api.assemble({ id: meeting.id, version: meeting.version });
      setLeftOut(Object.values(done.leftOut).reduce((sum, n) => sum + n, 0));
    }).catch(() => {});
  const put = async (ids: string[]) => {
    setOrder(ids);
    await run((api) => api.order({ id: meeting.id, version: meeting.version, itemIds: ids })).catch(() => {});
    setOrder(null);
  };
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (!over || active.id === over.id) return;
    const ids = items.map((item) => item.id);
    void put(arrayMove(ids, ids.indexOf(String(active.id)), ids.indexOf(String(over.id))));
  };
  const total = items.reduce((sum, item) => sum + item.minutes, 0);
  return (
    <section className="card">
      <h2>
        {t.agenda} {items.length > 0 && <small>{t.agendaNote(items.length, total)}</small>}
        {meeting.agendaFixedAt && <small>{t.asOf(moment(meeting.agendaFixedAt))}</small>}
        {leftOut > 0 && <small>{t.leftOut(leftOut)}</small>}
        {canChange && (
          <span className="to">
            <Button size="small" loading={isPending} onClick={() => void assemble()}>
              {items.length > 0 ? t.assembleAgain : t.assemble}
            </Button>{' '}
            <Button size="small" onClick={() => setAdd(true)}>
              {t.addItem}
            </Button>
          </span>
        )}
      </h2>
      {items.length === 0 && <Empty title={t.agendaEmpty} hint={canChange && t.agendaEmptyHint} />}
      <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={onDragEnd}>
        <SortableContext items={items.map((item) => item.id)} strategy={verticalListSortingStrategy}>
          <ol className="mtg-agenda">
            {items.map((item, i) => (
              <Row key={item.id} item={item} no={i + 1} meeting={meeting} canChange={canChange} />
            ))}
          </ol>
        </SortableContext>
      </DndContext>
      {isAdd && <AddItemDrawer meeting={meeting} onClose={() => setAdd(false)} />}
    </section>
  );
}

function Row({
  item,
  no,
  meeting,
  canChange,
}: {
  item: AgendaItem;
  no: number;
  meeting: MeetingView;
  canChange: boolean;
}) {
  const t = useText(text);
  const words = useWords();
  const { run } = useAct();
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({
    id: item.id,
    disabled: !canChange,
  });
  const named = { id: meeting.id, version: meeting.version, itemId: item.id };
  return (
    <li
      ref={setNodeRef}
      data-dragging={isDragging}
      style={{ transform: transform ? `translateY(${transform.y}px)` : undefined, transition }}
    >
      {canChange ? (
        <button
          type="button"
          className="mtg-grip"
          {...attributes}
          {...listeners}
          aria-label={`${item.title} ${t.drag}`}
        >
          ⠿
        </button>
      ) : (
        <span />
      )}
      <span className="mtg-no num">{no}</span>
      <div className="mtg-item">
        <p>
          <span className="mtg-source" data-source={item.source}>
            {t.sources[item.source]}
          </span>
          <b>{item.title}</b>
        </p>
        {item.why.length > 0 && <p className="soft">{item.why.map((why) => words(why)).join('；')}</p>}
        {item.figures && <FigureView figures={item.figures} projectId={item.projectId} />}
        {item.figures && item.now && <NowView now={item.now} kind={item.figures.kind} />}
      </div>
      <div className="mtg-meta">
        <span className="soft">{item.presenterUnit?.name}</span>
        {canChange ? (
          <InputNumber
            key={item.minutes}
            size="small"
            aria-label={`${item.title} ${t.minutesLabel}`}
            defaultValue={item.minutes}
            min={1}
            max={240}
            suffix={t.minutesLabel}
            onBlur={(e) => {
              const minutes = Number.parseInt(e.target.value, 10);
              if (minutes >= 1 && minutes !== item.minutes)
                void run((api) => api.editItem({ ...named, minutes })).catch(() => {});
            }}
          />
        ) : (
          <span className="num">{t.minutesUnit(item.minutes)}</span>
        )}
        {canChange && (
          <Button
            size="small"
            type="text"
            aria-label={`${item.title} ${t.takeOut}`}
            onClick={() => void run((api) => api.removeItem(named)).catch(() => {})}
          >
            ✕
          </Button>
        )}
      </div>
    </li>
  );
}
