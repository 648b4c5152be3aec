import { useQuery } from '@tanstack/react-query';
import { Button, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { meetings } from '../contract.ts';
import type { MeetingView } from '../shapes.ts';
import { keys } from './keys.ts';
import * as text from './text.ts';
import { UnitPick } from './UnitPick.tsx';
import { useAct } from './use-meeting.ts';

/** Adds an item of one's own, or one of those that the rules propose and that did not fit. */
export function AddItemDrawer({ meeting, onClose }: { meeting: MeetingView; onClose: () => void }) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(meetings);
  const { run, isPending } = useAct();
  const { id } = meeting;
  const [title, setTitle] = useState('');
  const [minutes, setMinutes] = useState(5);
  const [unit, setUnit] = useState<string | null>(null);
  const found = useQuery({
    queryKey: keys.candidates(id),
    queryFn: ({ signal }) => api.candidates({ id }, { signal }),
  });
  const { version } = meeting;
  return (
    <FormDrawer
      title={t.addItem}
      size={640}
      error={null}
      fields={[]}
      isReady={title.trim().length >= 2}
      isPending={isPending}
      saveWords={t.add}
      onSave={() =>
        void run((call) => call.addItem({ id, version, title: title.trim(), minutes, presenterUnitId: unit })).then(
          onClose,
          () => {},
        )
      }
      onClose={onClose}
      below={
        <>
          <h3 className="h2">{t.candidates}</h3>
          {found.error && <ProblemView compact error={found.error} />}
          {found.data?.length === 0 && <p className="muted">{t.noCandidates}</p>}
          <ul className="mtg-candidates">
            {found.data?.map((one) => (
              <li key={`${one.source} ${one.matterId ?? one.projectId}`}>
                <div>
                  <span className="mtg-source" data-source={one.source}>
                    {t.sources[one.source]}
                  </span>
                  <b>{one.title}</b>
                  <p className="soft">{one.why.map((why) => words(why)).join('；')}</p>
                </div>
                <Button
                  size="small"
                  disabled={isPending}
                  onClick={() => {
                    const { source, projectId, matterId } = one;
                    void run((call) => call.addItem({ id, version, source, projectId, matterId })).catch(() => {});
                  }}
                >
                  {t.add}
                </Button>
              </li>
            ))}
          </ul>
        </>
      }
    >
      <FormField label={t.addOwn}>
        {(field) => (
          <Input
            id={field}
            value={title}
            maxLength={200}
            placeholder={t.ownItem}
            onChange={(e) => setTitle(e.target.value)}
          />
        )}
      </FormField>
      <div className="form-pair">
        <FormField label={t.presenter}>{(field) => <UnitPick id={field} value={unit} onChange={setUnit} />}</FormField>
        <FormField label={t.minutesLabel}>
          {(field) => <InputNumber id={field} value={minutes} min={1} max={240} onChange={(n) => setMinutes(n ?? 5)} />}
        </FormField>
      </div>
    </FormDrawer>
  );
}
