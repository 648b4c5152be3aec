import { Select } from 'antd';
import { addMonths, startOfMonth } from '#core/shared/day.ts';
import { useSession } from '#core/web/session.tsx';
import { useLanguage } from '#core/web/text.ts';
import { month } from '#core/web/ui/format.ts';

const reach = 24;

/** The month before this one, for which a list is due now. */
export const lastMonth = (today: string): string => addMonths(startOfMonth(today), -1).slice(0, 7);

/** One of the last two years' months. A field of its own, because browsers write months in their own language. */
export function MonthSelect({
  id,
  value,
  onChange,
}: {
  id: string;
  value: string;
  onChange: (period: string) => void;
}) {
  const language = useLanguage();
  const { today } = useSession();
  const first = startOfMonth(today);
  const months = Array.from({ length: reach }, (_, index) => addMonths(first, -index).slice(0, 7));
  return (
    <Select
      id={id}
      value={value}
      options={months.map((period) => ({ value: period, label: month(period, language) }))}
      onChange={onChange}
    />
  );
}
