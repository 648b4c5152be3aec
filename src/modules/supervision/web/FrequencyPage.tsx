import { useQuery } from '@tanstack/react-query';
import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { count } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { supervision } from '../contract.ts';
import { sheetColours } from '../rule-sets.ts';
import { Colour } from './Colour.tsx';
import { SupervisionTabs } from './SupervisionTabs.tsx';
import './supervision.css';
import * as text from './text.ts';

/** How often each unit was urged in a month, and by whom. */
export function FrequencyPage() {
  const t = useText(text);
  const { today } = useSession();
  const api = useClient(supervision);
  const [month, setMonth] = useState(today.slice(0, 7));
  const found = useQuery({
    queryKey: ['supervision', 'frequency', month],
    queryFn: ({ signal }) => api.frequency({ month }, { signal }),
    placeholderData: (before) => before,
  });
  const rows = found.data?.rows ?? [];
  const colours = sheetColours.filter((colour) => rows.some((row) => row.sheets[colour] > 0));
  return (
    <>
      <PageHead title={t.title} note={t.frequencyNote} />
      <SupervisionTabs />
      <div className="page-body sv-body">
        <div className="sv-filter">
          <DatePicker
            picker="month"
            aria-label={t.month}
            allowClear={false}
            value={dayjs(`${month}-01`)}
            maxDate={dayjs(today)}
            onChange={(day) => day && setMonth(day.format('YYYY-MM'))}
          />
        </div>
        {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
        {found.data && rows.length === 0 && <Empty title={t.noFrequency} />}
        {rows.length > 0 && (
          <section className="card">
            <ScrollX label={t.tabs.frequency}>
              <table className="plain">
                <thead>
                  <tr>
                    <th>{t.unit}</th>
                    <th className="num">{t.total}</th>
                    <th className="num">{t.reminders}</th>
                    {colours.map((colour) => (
                      <th key={colour} className="num">
                        <Colour value={colour} />
                      </th>
                    ))}
                    <th className="num">{t.repeated}</th>
                    <th>{t.by}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.unit?.id ?? ''}>
                      <td>{row.unit?.name ?? t.noUnit}</td>
                      <td className="num">
                        <b>{count(row.total)}</b>
                      </td>
                      <td className="num">{count(row.reminders)}</td>
                      {colours.map((colour) => (
                        <td key={colour} className="num">
                          {count(row.sheets[colour])}
                        </td>
                      ))}
                      <td className="num">{count(row.repeated)}</td>
                      <td>{row.by.map(({ name, n }) => t.byOne(name, count(n))).join('，')}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollX>
          </section>
        )}
      </div>
    </>
  );
}
