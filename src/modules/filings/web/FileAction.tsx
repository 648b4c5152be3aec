import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useNavigate } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { filings } from '../contract.ts';
import { monthOf } from '../period.ts';
import { keys } from './keys.ts';
import * as text from './text.ts';

/** Beside the project's title: file this month, when the caller owes it now. */
export function FileAction({ project }: { project: { id: string } }) {
  const t = useText(text);
  const call = useClient(filings);
  const navigate = useNavigate();
  const period = useSession().today.slice(0, 7);
  // The months that were opened come with the page anyway; asking for one that was not would be refused.
  const months = useQuery({
    queryKey: keys.history(project.id),
    queryFn: ({ signal }) => call.history({ projectId: project.id }, { signal }),
  });
  const found = useQuery({
    enabled: months.data?.some((month) => month.period === period) ?? false,
    queryKey: keys.of(project.id, period),
    queryFn: ({ signal }) => call.find({ projectId: project.id, period }, { signal }),
    retry: false,
  });
  if (!found.data?.allowed.includes('submit')) return null;
  return (
    <Button onClick={() => void navigate(`/filings/${project.id}/${period}`)}>{t.panel.file(monthOf(period))}</Button>
  );
}
