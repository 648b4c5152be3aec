import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Drawer, Input, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { drawerMask } from '#core/web/ui/FormDrawer.tsx';
import { yiWithUnit } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { lifecycle } from '../contract.ts';
import { entryFault, type ReserveRules } from '../reserve.ts';
import type { CandidateRow } from '../shapes.ts';
import { useCommand } from './queries.ts';
import * as text from './text.ts';

/** Projects that have not begun and are not in the pool, each with the condition it meets or misses. */
export function EnterDrawer({ rules, onClose }: { rules: ReserveRules; onClose: () => void }) {
  const t = useText(text);
  const e = t.enter;
  const api = useClient(lifecycle);
  const [search, setSearch] = useState('');
  const [isOnly, setOnly] = useState(true);
  const [kinds, setKinds] = useState<Readonly<Record<string, string>>>({});
  const found = useQuery({
    queryKey: ['lifecycle', 'candidates'],
    queryFn: ({ signal }) => api.candidates({}, { signal }),
  });
  const enter = useCommand((client, input: Parameters<typeof client.enter>[0]) => client.enter(input));
  const kindOf = (row: CandidateRow) => kinds[row.projectId] ?? row.proposed ?? rules.kinds[0]!.code;
  const ruleOf = (row: CandidateRow) => rules.kinds.find((kind) => kind.code === kindOf(row)) ?? rules.kinds[0]!;
  const shown = (found.data ?? []).filter(
    (row) => row.name.includes(search.trim()) && (!isOnly || entryFault(ruleOf(row), row.totalYuan) === null),
  );
  return (
    <Drawer open title={e.title} size={640} onClose={onClose} styles={{ mask: drawerMask }}>
      <div className="form-body">
        <p className="soft">{found.data && e.note(found.data.length)}</p>
        <Input.Search
          value={search}
          aria-label={e.search}
          placeholder={e.search}
          allowClear
          onChange={({ target }) => setSearch(target.value)}
        />
        <Checkbox checked={isOnly} onChange={({ target }) => setOnly(target.checked)}>
          {e.only}
        </Checkbox>
        {found.error && <ProblemView compact error={found.error} onRetry={() => void found.refetch()} />}
        {enter.error && <ProblemView compact error={enter.error} />}
        {found.data && shown.length === 0 && <p className="muted">{e.none}</p>}
        <ul className="life-checks">
          {shown.slice(0, 100).map((row) => (
            <Candidate
              key={row.projectId}
              row={row}
              rules={rules}
              kind={kindOf(row)}
              isPending={enter.isPending && enter.variables?.id === row.projectId}
              onKind={(kind) => setKinds((now) => ({ ...now, [row.projectId]: kind }))}
              onEnter={(kind, on) => enter.mutate({ id: row.projectId, kind, on })}
            />
          ))}
        </ul>
      </div>
    </Drawer>
  );
}

function Candidate({
  row,
  rules,
  kind,
  isPending,
  onKind,
  onEnter,
}: {
  row: CandidateRow;
  rules: ReserveRules;
  kind: string;
  isPending: boolean;
  onKind: (kind: string) => void;
  onEnter: (kind: string, on: string) => void;
}) {
  const e = useText(text).enter;
  const words = useWords();
  const { today } = useSession();
  const rule = rules.kinds.find((one) => one.code === kind) ?? rules.kinds[0]!;
  const fault = entryFault(rule, row.totalYuan);
  return (
    <li>
      <span>
        {row.name}
        <span className={fault ? 'late' : 'soft'}>
          {' '}
          {fault ? words(fault.words) : `${yiWithUnit(row.totalYuan)} · ${e.floor(yiWithUnit(rule.floorYuan))}`}
        </span>
      </span>
      <Select
        size="small"
        value={kind}
        aria-label={`${row.name} ${e.kind}`}
        popupMatchSelectWidth={false}
        options={rules.kinds.map((one) => ({ value: one.code, label: words(one.name) }))}
        onChange={onKind}
      />
      <Button
        size="small"
        disabled={fault !== null || !row.canEnter}
        loading={isPending}
        onClick={() => onEnter(kind, today)}
      >
        {e.enter}
      </Button>
    </li>
  );
}
