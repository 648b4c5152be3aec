import { Checkbox, Select } from 'antd';
import { useState } from 'react';
import { moneyUnits } from '#core/shared/money.ts';
import { useText, useWords } from '#core/web/text.ts';
import type { Import } from '../../import-contract.ts';
import { coordinateSystems } from '../../stages.ts';
import { type Settings, withAnswer, withUnit } from './settings.ts';
import * as text from './text.ts';

const asOptions = (values: readonly (string | number)[]) => values.map((value) => ({ value, label: String(value) }));

/** What the file leaves open. A unit is never guessed: it is asked here, and nothing can be accepted before. */
export function QuestionList({
  found,
  settings,
  setSettings,
  today,
}: {
  found: Import;
  settings: Settings;
  setSettings: (settings: Settings) => void;
  today: string;
}) {
  const t = useText(text);
  const words = useWords();
  const [isForAll, setForAll] = useState(true);
  const blocking = found.questions.filter((q) => q.isBlocking);
  if (blocking.length === 0) return null;
  const units = blocking.filter((q) => q.kind === 'unit');
  const thisYear = Number(today.slice(0, 4));
  return (
    <section className="import-questions" aria-label={t.questions}>
      <h2>{t.questions}</h2>
      <ul>
        {blocking.map((question) => (
          <li key={`${question.kind} ${question.column}`}>
            <span>{words(question.words)}</span>
            {question.kind === 'unit' && (
              <Select
                size="small"
                status={unitOf(settings, question.column) ? '' : 'warning'}
                aria-label={words(question.words)}
                placeholder={t.questionUnit}
                value={unitOf(settings, question.column)}
                options={moneyUnits.map((value) => ({ value, label: value }))}
                onChange={(unit) => {
                  const columns = isForAll ? units.map((q) => q.column) : [question.column];
                  setSettings(
                    columns.reduce((all, column) => (column === null ? all : withUnit(all, column, unit)), settings),
                  );
                }}
              />
            )}
            {question.kind === 'year' && (
              <Select
                size="small"
                aria-label={words(question.words)}
                placeholder={t.questionYear}
                value={settings.answers.year}
                options={asOptions([thisYear + 1, thisYear, thisYear - 1, thisYear - 2])}
                onChange={(year) => setSettings(withAnswer(settings, { year: Number(year) }))}
              />
            )}
            {question.kind === 'crs' && (
              <Select
                size="small"
                aria-label={words(question.words)}
                placeholder={t.questionCrs}
                value={settings.answers.crs}
                options={coordinateSystems.map((value) => ({ value, label: value }))}
                onChange={(crs) => setSettings(withAnswer(settings, { crs }))}
              />
            )}
            {question.kind === 'name' && <span className="soft">{t.questionName}</span>}
          </li>
        ))}
      </ul>
      {units.length > 1 && (
        <Checkbox checked={isForAll} onChange={(event) => setForAll(event.target.checked)}>
          {t.allSameUnit}
        </Checkbox>
      )}
    </section>
  );
}

const unitOf = (settings: Settings, column: number | null) => settings.answers.units?.[String(column)] ?? null;
