import { useMutation } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { groupings, indicators } from '../contract.ts';
import type { Definition } from '../definition.ts';
import { trialOf } from './draft.ts';
import { FigureText } from './FigureText.tsx';
import { GroupTable } from './GroupTable.tsx';
import * as text from './text.ts';

type Grouping = (typeof groupings)[number];

/** The draft worked out on the data of the day, whole and by group; nothing is saved. */
export function Trial({ definition, isGood }: { definition: Definition; isGood: boolean }) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(indicators);
  const [by, setBy] = useState<Grouping>('county');
  const trial = useMutation({
    mutationFn: async (asked: { definition: Definition; by: Grouping }) => ({
      ...asked,
      answer: await api.test({ definition: trialOf(asked.definition), by: asked.by }),
    }),
  });
  const found = trial.data;
  const isStale =
    found !== undefined &&
    (found.definition.formula !== definition.formula || found.definition.unit !== definition.unit);
  return (
    <section className="indicator-trial" aria-label={t.form.try}>
      <div className="head">
        <Button disabled={!isGood} loading={trial.isPending} onClick={() => trial.mutate({ definition, by })}>
          {t.form.try}
        </Button>
        <Segmented
          aria-label={t.byGroup}
          value={by}
          options={groupings.map((value) => ({ value, label: t.by[value] }))}
          onChange={(value) => {
            setBy(value);
            if (found && isGood) trial.mutate({ definition, by: value });
          }}
        />
        <span className="soft">{isStale ? t.form.stale : t.form.tryNote}</span>
      </div>
      {trial.error && <ProblemView compact error={trial.error} />}
      {found?.answer.fault && <p className="field-error">{words(found.answer.fault.words)}</p>}
      {found && !found.answer.fault && 'whole' in found.answer && (
        <div className={isStale ? 'stale' : undefined}>
          <p className="big">
            <FigureText figure={found.answer.whole} of={definition} />
          </p>
          <GroupTable whole={found.answer.whole} groups={found.answer.groups} by={found.by} of={definition} />
        </div>
      )}
    </section>
  );
}
