import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useText, useWords } from '#core/web/text.ts';
import {
  classWords,
  type DoubtRule,
  type IncidentClass,
  incidentClasses,
  type Level,
  levels,
  levelWords,
  type Sign,
  signs,
  signWords,
} from '../incident-rules.ts';
import * as text from './incident-text.ts';

/** What an incident of unknown level counts as: the first rule that fits. With `onChange` rules are added, moved and ended. */
export function DoubtRules({
  doubts,
  onChange,
}: {
  doubts: readonly DoubtRule[];
  onChange?: (next: DoubtRule[]) => void;
}) {
  const t = useText(text);
  const words = useWords();
  const said = (doubt: DoubtRule) =>
    t.doubt(
      doubt.class === null ? t.everyClass : words(classWords[doubt.class]),
      doubt.signs.map((sign) => words(signWords[sign])).join(t.sep),
      words(levelWords[doubt.as]),
    );
  const moved = (i: number) => {
    const next = [...doubts];
    [next[i - 1], next[i]] = [next[i]!, next[i - 1]!];
    return next;
  };
  return (
    <section className="card">
      <h2>
        {t.doubts} <small>{t.doubtsNote}</small>
      </h2>
      {doubts.length === 0 && <p className="muted">{t.noDoubts}</p>}
      <ol className="incident-doubts">
        {doubts.map((doubt, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule is known by its place alone
          <li key={i}>
            <span>
              {said(doubt)} <small className="muted">{doubt.basis}</small>
            </span>
            {onChange && (
              <span>
                <Button
                  size="small"
                  type="text"
                  disabled={i === 0}
                  aria-label={`${said(doubt)} ${t.moveUp}`}
                  onClick={() => onChange(moved(i))}
                >
                  ↑
                </Button>
                <Button
                  size="small"
                  type="text"
                  aria-label={`${said(doubt)} ${t.endRule}`}
                  onClick={() => onChange(doubts.filter((_, k) => k !== i))}
                >
                  {t.endRule}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ol>
      {onChange && doubts.length < 20 && <NewDoubt onAdd={(rule) => onChange([rule, ...doubts])} />}
    </section>
  );
}

/** A new rule goes first: a later one would never be asked where an earlier one fits all. */
function NewDoubt({ onAdd }: { onAdd: (rule: DoubtRule) => void }) {
  const t = useText(text);
  const words = useWords();
  const [kind, setKind] = useState<IncidentClass | ''>('');
  const [chosen, setChosen] = useState<Sign[]>([]);
  const [as, setAs] = useState<Level>('major');
  const [basis, setBasis] = useState('');
  return (
    <div className="incident-add">
      <Select
        aria-label={t.rHead.class}
        value={kind}
        options={[
          { value: '' as const, label: t.everyClass },
          ...incidentClasses.map((value) => ({ value, label: words(classWords[value]) })),
        ]}
        onChange={setKind}
      />
      <Select
        mode="multiple"
        aria-label={t.doubtSigns}
        placeholder={t.doubtSigns}
        value={chosen}
        options={signs.map((value) => ({ value, label: words(signWords[value]) }))}
        onChange={setChosen}
      />
      <Select
        aria-label={t.doubtAs}
        value={as}
        options={levels.map((value) => ({ value, label: t.asLevel(words(levelWords[value])) }))}
        onChange={setAs}
      />
      <Input
        aria-label={t.rHead.basis}
        placeholder={t.rHead.basis}
        maxLength={300}
        value={basis}
        onChange={(e) => setBasis(e.target.value)}
      />
      <Button
        disabled={basis.trim().length < 4}
        onClick={() => {
          onAdd({ class: kind || null, signs: chosen, as, basis: basis.trim() });
          setBasis('');
          setChosen([]);
        }}
      >
        {t.addDoubt}
      </Button>
    </div>
  );
}
