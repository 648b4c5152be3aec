import { Button } from 'antd';
import { useState } from 'react';
import { useText, useWords } from '#core/web/text.ts';
import { fieldSentence, ProblemView } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import type { FindingShown, ProjectFunding } from '../shapes.ts';
import { useCommand } from './queries.ts';
import * as text from './text.ts';

/** What does not fit, in sentences: queries with their explanation or the place to write one, then plain remarks. */
export function FindingList({ money }: { money: ProjectFunding }) {
  const t = useText(text);
  const words = useWords();
  const [open, setOpen] = useState<string | null>(null);
  if (money.findings.length === 0) return null;
  return (
    <ul className="funding-findings">
      {money.findings.map((finding) => {
        const key = `${finding.code} ${finding.subject}`;
        const isOpen = finding.severity === 'explain' && finding.explanation === null;
        return (
          <li key={key} className={isOpen ? 'open' : undefined}>
            {isOpen && <em>{t.finding.open}</em>} {words(finding.words)}
            {finding.explanation && (
              <span className="muted">
                {' '}
                {t.finding.explained(finding.explanation.actorName, finding.explanation.text)}
              </span>
            )}
            {isOpen && money.allowed.includes('enter') && open !== key && (
              <button type="button" className="link" onClick={() => setOpen(key)}>
                {t.finding.explain}
              </button>
            )}
            {open === key && <Explain money={money} finding={finding} onClose={() => setOpen(null)} />}
          </li>
        );
      })}
    </ul>
  );
}

function Explain({ money, finding, onClose }: { money: ProjectFunding; finding: FindingShown; onClose: () => void }) {
  const t = useText(text);
  const [said, setSaid] = useState('');
  const explain = useCommand(
    (api, sent: string) =>
      api.explain({
        id: money.projectId,
        year: money.year,
        code: finding.code,
        subject: finding.subject,
        text: sent,
      }),
    onClose,
  );
  const fault = fieldSentence(explain.error, 'text');
  return (
    <div className="funding-explain">
      <TextBox
        aria-label={t.finding.explain}
        placeholder={t.finding.placeholder}
        maxLength={500}
        value={said}
        onChange={(event) => setSaid(event.target.value)}
      />
      {fault && (
        <span className="field-error" role="alert">
          {fault}
        </span>
      )}
      {explain.error && !fault && <ProblemView compact error={explain.error} />}
      <div>
        <Button size="small" onClick={onClose}>
          {t.cancel}
        </Button>{' '}
        <Button size="small" type="primary" loading={explain.isPending} onClick={() => explain.mutate(said.trim())}>
          {t.save}
        </Button>
      </div>
    </div>
  );
}
