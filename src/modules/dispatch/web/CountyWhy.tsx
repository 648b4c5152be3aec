import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { yearOf } from '#core/shared/day.ts';
import { useClient } from '#core/web/client.ts';
import { useCan } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { dispatch } from '../contract.ts';
import { ChecksTable } from './ChecksTable.tsx';
import type { CountyLampOf } from './CountyLamp.tsx';
import { TurnsGreen } from './TurnsGreen.tsx';
import * as text from './text.ts';

/** Why a county has its lamp: each rule with its figures, what turns it green, what follows, and its planned growth. */
export function CountyWhy({ county, today }: { county: CountyLampOf; today: string }) {
  const t = useText(text);
  const words = useWords();
  const can = useCan();
  const [isSetting, setSetting] = useState(false);
  const hasGrowth = county.checks.some((check) => check.kind === 'growth');
  const planned = county.plannedGrowth;
  return (
    <div className="why-panel">
      <div className="why-columns">
        <ChecksTable checks={county.checks} levels={county.levels} level={county.level?.code ?? 'warn'} />
        <div>
          <TurnsGreen needs={county.turnsGreen} checks={county.checks} today={today} />
          {county.consequences.length > 0 && (
            <div className="foot">
              {t.county.consequences}
              {county.consequences.map(words).join(t.why.separator)}
            </div>
          )}
          {hasGrowth && (
            <div className="foot">
              {planned ? t.county.planned(planned.percent, planned.source) : t.county.noPlanned}{' '}
              {can('dispatch.rules') && !isSetting && (
                <Button size="small" onClick={() => setSetting(true)}>
                  {t.county.setPlanned}
                </Button>
              )}
            </div>
          )}
          {isSetting && <PlannedGrowth county={county} onClose={() => setSetting(false)} />}
        </div>
      </div>
    </div>
  );
}

function PlannedGrowth({ county, onClose }: { county: CountyLampOf; onClose: () => void }) {
  const t = useText(text).county;
  const api = useClient(dispatch);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [percent, setPercent] = useState(county.plannedGrowth?.percent ?? '');
  const [source, setSource] = useState('');
  const save = useMutation({
    mutationFn: () => api.setPlannedGrowth({ unitId: county.unitId, year: yearOf(county.day), percent, source }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['dispatch'] });
      message.success(t.saved);
      onClose();
    },
  });
  const isReady = /^-?\d{1,3}(\.\d{1,3})?$/.test(percent) && source.trim().length >= 2;
  return (
    <div className="light-form">
      <div className="row">
        <Field label={t.percent}>
          {(id) => (
            <Input id={id} inputMode="decimal" value={percent} onChange={(e) => setPercent(e.target.value.trim())} />
          )}
        </Field>
        <Field label={t.source}>
          {(id) => <Input id={id} value={source} maxLength={300} onChange={(e) => setSource(e.target.value)} />}
        </Field>
        <Button type="primary" size="small" disabled={!isReady} loading={save.isPending} onClick={() => save.mutate()}>
          {t.save}
        </Button>
        <Button size="small" onClick={onClose}>
          {t.cancel}
        </Button>
      </div>
      {save.error && <ProblemView error={save.error} compact />}
    </div>
  );
}
