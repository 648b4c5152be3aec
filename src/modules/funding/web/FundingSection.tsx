import { useState } from 'react';
import { useSession } from '#core/web/session.tsx';
import { useLanguage, useText } from '#core/web/text.ts';
import { yiUnit } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ContractTable } from './ContractTable.tsx';
import { EntriesDrawer, type EntriesOf } from './EntriesDrawer.tsx';
import { EntryDrawer } from './EntryDrawer.tsx';
import { FindingList } from './FindingList.tsx';
import { MoneyChart } from './MoneyChart.tsx';
import { useProjectFunding } from './queries.ts';
import { RateFigures } from './RateFigures.tsx';
import { ReviseDrawer } from './ReviseDrawer.tsx';
import { SourceTable } from './SourceTable.tsx';
import * as text from './text.ts';
import { UseTable } from './UseTable.tsx';
import './funding.css';

/** The money of a project on its page: what it costs, both arrival rates, sources, payments against reported investment, contracts. */
export function FundingSection({ project, year }: { project: { id: string; childCount: number }; year: number }) {
  const t = useText(text);
  const language = useLanguage();
  const { today } = useSession();
  const found = useProjectFunding(project.id, year);
  const [isEntering, setEntering] = useState(false);
  const [isRevising, setRevising] = useState(false);
  const [entries, setEntries] = useState<EntriesOf | null>(null);
  const money = found.data;
  return (
    <section id="funding" className="funding">
      <h2 className="h2">
        {t.title} <small>{t.sectionNote(year, yiUnit(language))}</small>
        {money && (
          <span className="to funding-acts">
            {money.allowed.includes('revise') && (
              <button type="button" className="link" onClick={() => setRevising(true)}>
                {t.revise}
              </button>
            )}
            {money.allowed.includes('enter') && (
              <button type="button" className="link" onClick={() => setEntering(true)}>
                {t.enter}
              </button>
            )}
          </span>
        )}
      </h2>
      {found.error && !money && <ProblemView compact error={found.error} onRetry={() => void found.refetch()} />}
      {money && (
        <>
          <RateFigures money={money} onRevisions={() => setRevising(true)} />
          <FindingList money={money} />
          {money.rows.length > 0 ? (
            <SourceTable money={money} onOpen={setEntries} />
          ) : (
            <p className="muted">{t.noneHint}</p>
          )}
          <MoneyChart money={money} today={today} />
          {money.bonds.length > 0 && <UseTable bonds={money.bonds} />}
          <ContractTable money={money} />
          {isEntering && <EntryDrawer money={money} today={today} onClose={() => setEntering(false)} />}
          {isRevising && <ReviseDrawer money={money} today={today} onClose={() => setRevising(false)} />}
          {entries && <EntriesDrawer money={money} of={entries} today={today} onClose={() => setEntries(null)} />}
        </>
      )}
    </section>
  );
}
