import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useCan } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { type Filing, filings } from '../../contract.ts';
import { CorrectionTable } from './CorrectionTable.tsx';
import { RequestForm } from './RequestForm.tsx';
import * as text from './text.ts';

/** On the page of a filing that counts: its corrections, and the way to ask for one. */
export function RequestButton({ filing }: { filing: Filing }) {
  const t = useText(text);
  const can = useCan();
  const call = useClient(filings);
  const [isOpen, setOpen] = useState(false);
  const { projectId, period } = filing;
  const counts = filing.kind === 'monthly' && (filing.state === 'accepted' || filing.state === 'frozen');
  const found = useQuery({
    queryKey: ['filings', 'corrections', projectId, period],
    queryFn: ({ signal }) => call.corrections({ projectId, period }, { signal }),
    enabled: counts,
  });
  if (!counts || !found.data) return null;
  const mayAsk = can('filings.requestCorrection') && found.data.correctable.some((one) => one.filingId === filing.id);
  return (
    <div className="fcx-panel">
      {found.data.corrections.length > 0 && <CorrectionTable rows={found.data.corrections} ofOne />}
      {mayAsk && <Button onClick={() => setOpen(true)}>{t.request}</Button>}
      {isOpen && <RequestForm filing={filing} onClose={() => setOpen(false)} />}
    </div>
  );
}
