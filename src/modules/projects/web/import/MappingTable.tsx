import { Radio, Select } from 'antd';
import { moneyUnits } from '#core/shared/money.ts';
import { useText, useWords } from '#core/web/text.ts';
import type { Import, LedgerColumn } from '../../import-contract.ts';
import { fieldInfo, type LedgerField, ledgerFields } from '../../ledger/field.ts';
import { type Settings, withAnswer, withField, withUnit, withYear } from './settings.ts';
import * as text from './text.ts';

const none = '';

/** Every column of the ledger and what it is taken for, to be corrected: heading, samples, field, year, unit of money. */
export function MappingTable({
  found,
  settings,
  setSettings,
}: {
  found: Import;
  settings: Settings;
  setSettings: (settings: Settings) => void;
}) {
  const t = useText(text);
  return (
    <div className="import-mapping">
      <table className="plain">
        <thead>
          <tr>
            <th>{t.column}</th>
            <th>{t.heading}</th>
            <th>{t.samples}</th>
            <th>{t.field}</th>
            <th>{t.year}</th>
            <th>{t.unit}</th>
          </tr>
        </thead>
        <tbody>
          {found.columns.map((column) => (
            <MappingRow key={column.column} column={column} settings={settings} setSettings={setSettings} />
          ))}
        </tbody>
      </table>
      <div className="import-options">
        <span>{t.options}</span>
        <Radio.Group
          size="small"
          value={settings.answers.unreadable ?? 'refuse'}
          options={[
            { value: 'refuse', label: t.refuseRow },
            { value: 'skip', label: t.skipCell },
          ]}
          onChange={({ target }) => setSettings(withAnswer(settings, { unreadable: target.value }))}
        />
        <span>{t.newUnitsChoice}</span>
        <Radio.Group
          size="small"
          value={settings.answers.newUnits ?? 'create'}
          options={[
            { value: 'create', label: t.createUnits },
            { value: 'text', label: t.keepText },
          ]}
          onChange={({ target }) => setSettings(withAnswer(settings, { newUnits: target.value }))}
        />
      </div>
    </div>
  );
}

function MappingRow({
  column,
  settings,
  setSettings,
}: {
  column: LedgerColumn;
  settings: Settings;
  setSettings: (settings: Settings) => void;
}) {
  const t = useText(text);
  const words = useWords();
  const own = settings.columns.find((c) => c.column === column.column);
  const field = own?.field ?? null;
  const info = field === null ? undefined : fieldInfo(field);
  const answered = settings.answers.units?.[String(column.column)];
  const unit = answered ?? column.unit;
  const heading = column.path.join(' › ');
  const isUnsure = field !== null && field === column.field && column.score < 80;
  const isMissing = info?.type === 'money' && unit === null;
  return (
    <tr className={info?.isIgnored || field === null ? 'idle' : undefined}>
      <td className="num">{column.letters}</td>
      <td>{heading}</td>
      <td className="samples">{column.samples.join(' ｜ ')}</td>
      <td>
        <Select<LedgerField | ''>
          size="small"
          aria-label={`${heading} · ${t.field}`}
          showSearch={{ optionFilterProp: 'label' }}
          value={field ?? none}
          status={isUnsure ? 'warning' : ''}
          options={[
            { value: none, label: t.noField },
            ...ledgerFields.map((value) => ({ value, label: words(fieldInfo(value).words) })),
          ]}
          onChange={(value) => setSettings(withField(settings, column.column, value === none ? null : value))}
        />
        {isUnsure && <small className="warn"> {t.unsure}</small>}
        {info?.isIgnored && field !== 'serial' && <small className="muted"> {t.ignored}</small>}
      </td>
      <td>
        {info?.isAnnual && (
          <input
            className="import-year"
            type="number"
            min={2000}
            max={2100}
            aria-label={`${heading} · ${t.year}`}
            value={own?.year ?? ''}
            onChange={({ target }) => setSettings(withYear(settings, column.column, Number(target.value)))}
          />
        )}
      </td>
      <td>
        {info?.type === 'money' && (
          <>
            <Select
              size="small"
              aria-label={`${heading} · ${t.unit}`}
              value={unit}
              status={isMissing ? 'error' : ''}
              placeholder={t.questionUnit}
              options={moneyUnits.map((value) => ({ value, label: value }))}
              onChange={(value) => setSettings(withUnit(settings, column.column, value))}
            />
            {(answered || column.unitSource) && (
              <small className="muted"> {t.unitSources[answered ? 'answer' : column.unitSource!]}</small>
            )}
          </>
        )}
      </td>
    </tr>
  );
}
