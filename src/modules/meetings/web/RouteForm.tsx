import { Button, Input, InputNumber, Segmented, TimePicker } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { SearchPick } from '#core/web/ui/SearchPick.tsx';
import { projects } from '#modules/projects/contract.ts';
import type { Observation } from '../shapes.ts';
import { momentOf, timeOf } from './show.ts';
import * as text from './text.ts';
import { useAct } from './use-meeting.ts';

/** Stops in their order with times, and the points with weights that add up to a hundred. */
export function RouteForm({ route, heldOn, onClose }: { route: Observation; heldOn: string; onClose: () => void }) {
  const t = useText(text);
  const api = useClient(projects);
  const { run, isPending } = useAct();
  const [stops, setStops] = useState(
    route.stops.map((s) => ({
      projectId: s.projectId,
      name: s.projectName,
      time: timeOf(s.plannedAt),
      note: s.note ?? '',
    })),
  );
  const [criteria, setCriteria] = useState(route.criteria.map((c) => ({ ...c })));
  const [scale, setScale] = useState(route.scale);
  const sum = criteria.reduce((all, c) => all + c.weight, 0);
  const put = (i: number, with_: Partial<(typeof stops)[number]>) =>
    setStops(stops.map((stop, k) => (k === i ? { ...stop, ...with_ } : stop)));
  const swap = (i: number, k: number) => {
    const next = [...stops];
    [next[i], next[k]] = [next[k]!, next[i]!];
    setStops(next);
  };
  return (
    <FormDrawer
      title={t.setRoute}
      size={640}
      error={null}
      fields={[]}
      isReady={stops.length > 0 && sum === 100 && criteria.every((c) => c.name.trim() !== '')}
      isPending={isPending}
      onSave={() =>
        void run((call) =>
          call.setRoute({
            id: route.meetingId,
            version: route.version,
            scale,
            criteria: criteria.map((c) => ({ ...c, name: c.name.trim() })),
            stops: stops.map((s) => ({
              projectId: s.projectId,
              plannedAt: momentOf(heldOn, s.time),
              note: s.note.trim() || null,
            })),
          }),
        ).then(onClose, () => {})
      }
      onClose={onClose}
    >
      <FormField label={t.addStop}>
        {(id) => (
          <SearchPick
            key={stops.length}
            id={id}
            value={null}
            placeholder={t.addStop}
            queryKey={['projects', 'pick']}
            find={async (words, signal) => (await api.list({ q: words, limit: 20 }, { signal })).rows}
            onChange={(projectId, name) =>
              projectId &&
              !stops.some((s) => s.projectId === projectId) &&
              setStops([...stops, { projectId, name: name ?? '', time: stops.at(-1)?.time ?? '09:00', note: '' }])
            }
          />
        )}
      </FormField>
      <ol className="mtg-stops">
        {stops.map((stop, i) => (
          <li key={stop.projectId}>
            <span className="num">{i + 1}</span>
            <b>{stop.name}</b>
            <TimePicker
              size="small"
              format="HH:mm"
              minuteStep={5}
              allowClear={false}
              aria-label={`${stop.name} ${t.stopTime}`}
              value={dayjs(stop.time, 'HH:mm')}
              onChange={(at) => at && put(i, { time: at.format('HH:mm') })}
            />
            <Input
              size="small"
              aria-label={`${stop.name} ${t.note}`}
              placeholder={t.note}
              value={stop.note}
              onChange={(e) => put(i, { note: e.target.value })}
            />
            <span>
              <Button
                size="small"
                type="text"
                disabled={i === 0}
                aria-label={`${stop.name} ${t.moveUp}`}
                onClick={() => swap(i, i - 1)}
              >
                ↑
              </Button>
              <Button
                size="small"
                type="text"
                disabled={i === stops.length - 1}
                aria-label={`${stop.name} ${t.moveDown}`}
                onClick={() => swap(i, i + 1)}
              >
                ↓
              </Button>
              <Button
                size="small"
                type="text"
                aria-label={`${stop.name} ${t.remove}`}
                onClick={() => setStops(stops.filter((_, k) => k !== i))}
              >
                ✕
              </Button>
            </span>
          </li>
        ))}
      </ol>
      <h3 className="h2">{t.scheme}</h3>
      <Segmented
        value={scale}
        options={(['hundred', 'stars'] as const).map((value) => ({ value, label: t.scales[value] }))}
        onChange={setScale}
      />
      <ul className="mtg-criteria">
        {criteria.map((c, i) => (
          <li key={c.code}>
            <Input
              aria-label={`${t.criterion} ${i + 1}`}
              value={c.name}
              maxLength={20}
              onChange={(e) =>
                setCriteria(criteria.map((one, k) => (k === i ? { ...one, name: e.target.value } : one)))
              }
            />
            <InputNumber
              aria-label={`${c.name} ${t.weight}`}
              value={c.weight}
              min={1}
              max={100}
              onChange={(weight) =>
                setCriteria(criteria.map((one, k) => (k === i ? { ...one, weight: weight ?? 1 } : one)))
              }
            />
            <Button
              type="text"
              aria-label={`${c.name} ${t.remove}`}
              onClick={() => setCriteria(criteria.filter((_, k) => k !== i))}
            >
              ✕
            </Button>
          </li>
        ))}
      </ul>
      {sum !== 100 && <p className="warn">{t.weightSum(sum)}</p>}
      <Button
        onClick={() => {
          const free = Array.from({ length: 20 }, (_, i) => `own${i + 1}`).find(
            (code) => !criteria.some((c) => c.code === code),
          );
          setCriteria([...criteria, { code: free!, name: '', weight: Math.max(1, 100 - sum) }]);
        }}
      >
        {t.addCriterion}
      </Button>
    </FormDrawer>
  );
}
