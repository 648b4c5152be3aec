import { Input, Select, Space } from 'antd';
import { useState } from 'react';
import { formatMoney, type MoneyUnit, moneyUnits, parseMoney } from '#core/shared/money.ts';
import { useLanguage, useText } from '#core/web/text.ts';
import { yiWithUnit } from '#core/web/ui/format.ts';
import * as text from './text.ts';

/** What is typed, and the unit that counts where the text names none. The unit always stands on the screen. */
export interface MoneyEntry {
  typed: string;
  unit: MoneyUnit;
}
export const emptyMoney: MoneyEntry = { typed: '', unit: '万元' };
export const moneyOf = (yuan: number | null): MoneyEntry =>
  yuan === null ? emptyMoney : { typed: formatMoney(yuan, '万元', 4).replace(/\.?0+$/, ''), unit: '万元' };

/** Whole yuan, or why there are none: `empty` when nothing is typed. */
export function readMoney(entry: MoneyEntry): {
  yuan: number | null;
  fault: 'empty' | 'bad' | 'fraction' | 'negative' | null;
} {
  if (entry.typed.trim() === '') return { yuan: null, fault: 'empty' };
  const read = parseMoney(entry.typed, entry.unit);
  if (read.problem !== null) return { yuan: null, fault: read.problem === 'fractionOfYuan' ? 'fraction' : 'bad' };
  return read.yuan < 0 ? { yuan: null, fault: 'negative' } : { yuan: read.yuan, fault: null };
}

/** An amount with its unit beside it; a unit in the text wins. Below it stands what was understood. */
export function MoneyInput({
  id,
  value,
  onChange,
  fault,
}: {
  id: string;
  value: MoneyEntry;
  onChange: (value: MoneyEntry) => void;
  /** From the server, or that it is missing. */
  fault?: string | undefined;
}) {
  const t = useText(text);
  const language = useLanguage();
  const [isLeft, setLeft] = useState(false);
  const read = readMoney(value);
  const said = read.fault !== null && read.fault !== 'empty' && isLeft ? t.money[read.fault] : fault;
  return (
    <>
      <Space.Compact block>
        <Input
          id={id}
          value={value.typed}
          inputMode="decimal"
          autoComplete="off"
          status={said ? 'error' : ''}
          onBlur={() => setLeft(true)}
          onChange={(event) => onChange({ ...value, typed: event.target.value })}
        />
        <Select
          aria-label={t.money.unit}
          value={value.unit}
          popupMatchSelectWidth={false}
          options={moneyUnits.map((unit) => ({ value: unit, label: unit }))}
          onChange={(unit) => onChange({ ...value, unit })}
        />
      </Space.Compact>
      {said ? (
        <span className="field-error" role="alert">
          {said}
        </span>
      ) : (
        read.yuan !== null && (
          <span className="field-hint">
            {t.money.read(yiWithUnit(read.yuan, language), read.yuan.toLocaleString('en-US'))}
          </span>
        )
      )}
    </>
  );
}
