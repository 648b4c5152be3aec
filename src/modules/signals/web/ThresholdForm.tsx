import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { signals } from '../contract.ts';
import { type Thresholds, thresholdWords } from '../thresholds.ts';
import * as text from './text.ts';

const keys = Object.keys(thresholdWords) as (keyof Thresholds)[];

/** Changing a threshold is a new version with its reason; the earlier ones stay to be read. */
export function ThresholdForm({
  now,
  onClose,
}: {
  now: { version: number; thresholds: Thresholds };
  onClose: () => void;
}) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(signals);
  const cache = useQueryClient();
  const [thresholds, setThresholds] = useState(now.thresholds);
  const [reason, setReason] = useState('');
  const versions = useQuery({
    queryKey: ['signals', 'thresholds'],
    queryFn: ({ signal }) => api.thresholdVersions({}, { signal }),
  });
  const save = useMutation({
    mutationFn: () => api.setThresholds({ basedOn: now.version, thresholds, reason }),
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries({ queryKey: ['signals'] });
    },
  });
  const isChanged = keys.some((key) => thresholds[key] !== now.thresholds[key]);
  return (
    <Drawer
      open
      title={t.thresholds}
      size="34rem"
      onClose={onClose}
      extra={
        <Button
          type="primary"
          disabled={!isChanged || reason.trim().length < 2}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          {t.save}
        </Button>
      }
    >
      <p className="muted">{t.thresholdsNote}</p>
      <div className="threshold-form">
        {keys.map((key) => (
          <div key={key}>
            <span>{words(thresholdWords[key])}</span>
            <InputNumber<number>
              aria-label={words(thresholdWords[key])}
              value={thresholds[key]}
              min={0}
              onChange={(value) => value !== null && setThresholds({ ...thresholds, [key]: value })}
            />
            <span>{words(thresholdWords[key].unit)}</span>
          </div>
        ))}
      </div>
      <Input
        aria-label={t.reason}
        placeholder={t.reason}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {save.error && <ProblemView compact error={save.error} />}
      <h3>{t.versions}</h3>
      <ol className="threshold-versions">
        {versions.data?.map((v) => (
          <li key={v.version}>
            {t.thresholdsOf(v.version)}
            {v.actorName && (
              <small className="muted">
                {' '}
                {v.actorName} {moment(v.at)} {v.reason}
              </small>
            )}
          </li>
        ))}
      </ol>
    </Drawer>
  );
}
