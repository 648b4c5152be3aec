import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { schedules } from '../contract.ts';
import type { Progress } from '../shapes.ts';
import * as text from './text.ts';

/** What happened to one task: begun, finished, how far. Saved at once; it is no part of a draft. */
export function ProgressFields({
  projectId,
  uid,
  progress,
  today,
}: {
  projectId: string;
  uid: number;
  progress: Progress | undefined;
  today: string;
}) {
  const t = useText(text);
  const api = useClient(schedules);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [start, setStart] = useState(progress?.actualStart ?? '');
  const [finish, setFinish] = useState(progress?.actualFinish ?? '');
  const [percent, setPercent] = useState(progress?.percent ?? 0);
  const save = useMutation({
    mutationFn: (one: Progress) => api.setProgress({ id: projectId, progress: [one] }),
    onSuccess: (schedule) => {
      cache.setQueryData(['schedules', projectId], schedule);
      void message.success(t.saved);
    },
  });
  return (
    <div className="task-fields">
      <h3>{t.actual}</h3>
      <Field label={t.actualStart}>
        {(id) => (
          <Input id={id} type="date" value={start} max={today} onChange={(event) => setStart(event.target.value)} />
        )}
      </Field>
      <Field label={t.actualFinish}>
        {(id) => (
          <Input
            id={id}
            type="date"
            value={finish}
            max={today}
            onChange={(event) => {
              setFinish(event.target.value);
              // Finished and a hundred percent are one thing said twice: the page says the second.
              if (event.target.value !== '') setPercent(100);
            }}
          />
        )}
      </Field>
      <Field label={t.percent}>
        {(id) => (
          <InputNumber
            id={id}
            value={percent}
            min={0}
            max={100}
            precision={0}
            onChange={(value) => setPercent(value ?? 0)}
          />
        )}
      </Field>
      <div className="task-acts">
        <Button
          size="small"
          type="primary"
          loading={save.isPending}
          onClick={() => save.mutate({ uid, actualStart: start || null, actualFinish: finish || null, percent })}
        >
          {t.saveProgress}
        </Button>
        {finish === '' && (
          <Button
            size="small"
            onClick={() => {
              if (start === '') setStart(today);
              setFinish(today);
              setPercent(100);
            }}
          >
            {t.finishNow}
          </Button>
        )}
      </div>
      {save.error && <ProblemView error={save.error} compact />}
    </div>
  );
}
