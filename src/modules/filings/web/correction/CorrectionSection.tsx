import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { count } from '#core/web/ui/format.ts';
import { filings } from '../../contract.ts';
import { CorrectionTable } from './CorrectionTable.tsx';
import * as text from './text.ts';

/** The corrections of a project on its page; a project that was never corrected has no such section. */
export function CorrectionSection({ project }: { project: { id: string } }) {
  const t = useText(text);
  const call = useClient(filings);
  const found = useQuery({
    queryKey: ['filings', 'corrections', project.id],
    queryFn: ({ signal }) => call.corrections({ projectId: project.id }, { signal }),
  });
  const rows = found.data?.corrections ?? [];
  if (rows.length === 0) return null;
  return (
    <section id="corrections">
      <h2 className="h2">
        {t.section} <small>{t.count(count(rows.length))}</small>
        <Link className="to" to="/filings/corrections">
          {t.toAll}
        </Link>
      </h2>
      <CorrectionTable rows={rows} ofOne />
    </section>
  );
}
